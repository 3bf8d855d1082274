"""What a key may be given, which events are told of, and how telling them stands."""

from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """Permissions of this line of work."""

    KEYS = "api.keys"


class Scope(models.TextChoices):
    """What a key is for, resource by resource; writing brings reading with it."""

    ORGANISATIONS_READ = "organisations.read", "组织：读"
    ORGANISATIONS_WRITE = "organisations.write", "组织：更名"
    MEMBERS_READ = "members.read", "会员：读（号码隐去中间部分）"
    MEMBERS_WRITE = "members.write", "会员：登记、更正、办理"
    MEMBERS_REVEAL = "members.reveal", "会员：写明原因查看完整号码"
    TASKS_READ = "tasks.read", "部署和任务：读"
    TASKS_WRITE = "tasks.write", "任务：签收、报送"
    VENUES_READ = "venues.read", "阵地：读"
    VENUES_WRITE = "venues.write", "阵地：登记、修改、开放、关闭"


class Event(models.TextChoices):
    """What other systems can be told of."""

    MEMBER_JOINED = "member.joined", "会员入会"
    MEMBER_LEFT = "member.left", "会员退会、除名、终止"
    MEMBER_TRANSFERRED = "member.transferred", "会籍转入"
    MEMBERS_IMPORTED = "member.imported", "名册导入完成（一次告知，不逐人推送）"
    ORGANISATION_FOUNDED = "organisation.founded", "工会成立"
    ORGANISATION_ENDED = "organisation.ended", "工会撤销、合并"
    ORGANISATION_MOVED = "organisation.moved", "工会调整隶属关系"
    TASK_DISPATCHED = "task.dispatched", "任务下发"
    ASSIGNMENT_REPORTED = "assignment.reported", "任务报送"
    VENUE_OPENED = "venue.opened", "阵地开放"
    VENUE_CLOSED = "venue.closed", "阵地关闭"


PING = "ping"  # a test an officer sends by hand; nobody subscribes to it


class HookState(models.TextChoices):
    """Whether events are sent to an address."""

    ON = "on", "推送中"
    PAUSED = "paused", "已暂停"
    FAILED = "failed", "多次失败，已停止"


class Outcome(models.TextChoices):
    """How the telling of one event stands."""

    WAITING = "waiting", "待送达"
    DONE = "done", "已送达"
    DEAD = "dead", "未送达"
