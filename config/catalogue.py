"""Every line of work's permissions, machines, metrics, jobs and menus, as plain tuples read top to bottom."""

from __future__ import annotations

from enum import StrEnum

from gongshu.api import enums as api
from gongshu.api import jobs as api_jobs
from gongshu.core.access import enums as access
from gongshu.core.access.menu import Menu, MenuItem
from gongshu.core.exports import jobs as export_jobs
from gongshu.core.flow.machine import Machine
from gongshu.core.jobs import housekeeping
from gongshu.core.jobs.handles import Handle, Schedule
from gongshu.core.messages import enums as messages
from gongshu.core.messages import jobs as message_jobs
from gongshu.core.metrics.metric import Metric
from gongshu.core.metrics.refreshed import Refreshed
from gongshu.delivery import enums as delivery
from gongshu.delivery import jobs as delivery_jobs
from gongshu.delivery import machine as delivery_machines
from gongshu.delivery.queries.moves import move_effects
from gongshu.desk import enums as desk
from gongshu.intake import enums as intake
from gongshu.intake import machine as intake_machines
from gongshu.intake.queries.links import meeting_links
from gongshu.meetings import enums as meetings
from gongshu.meetings.queries.links import Finder
from gongshu.members import enums as members
from gongshu.members import jobs as member_jobs
from gongshu.members import machine as member_machines
from gongshu.members import metrics as member_metrics
from gongshu.members.actions.tallies import SUMMARIES
from gongshu.officers import enums as officers
from gongshu.officers import jobs as officer_jobs
from gongshu.officers import machine as officer_machines
from gongshu.officers import metrics as officer_metrics
from gongshu.organising import enums as organising
from gongshu.organising import jobs as organising_jobs
from gongshu.organising import machine as organising_machines
from gongshu.organising import metrics as organising_metrics
from gongshu.organising.actions.sharing import SHARES
from gongshu.organising.queries.moving import Finder as MoveFinder
from gongshu.rosters import jobs as roster_jobs
from gongshu.rosters import machine as roster_machines
from gongshu.venues import enums as venues
from gongshu.venues import machine as venue_machines
from gongshu.venues import metrics as venue_metrics

PERMISSIONS: tuple[type[StrEnum], ...] = (
    access.Permission,
    messages.Permission,
    members.Permission,
    meetings.Permission,
    organising.Permission,
    officers.Permission,
    venues.Permission,
    delivery.Permission,
    intake.Permission,
    desk.Permission,
    api.Permission,
)
MACHINES: tuple[Machine, ...] = (
    member_machines.MEMBERSHIP,
    member_machines.PAIR,
    roster_machines.ROSTER,
    organising_machines.FOUNDING,
    organising_machines.ENDING,
    organising_machines.RELOCATION,
    organising_machines.GUIDANCE,
    organising_machines.TERM,
    organising_machines.VACANCY,
    organising_machines.LEAD,
    officer_machines.COURSE,
    officer_machines.DUTY,
    delivery_machines.PLAN,
    delivery_machines.ASSIGNMENT,
    delivery_machines.NOTICE,
    venue_machines.VENUE,
    venue_machines.REMEDY,
    intake_machines.DOCUMENT,
)
METRICS: tuple[Metric, ...] = (
    *member_metrics.METRICS,
    *organising_metrics.METRICS,
    *officer_metrics.METRICS,
    *venue_metrics.METRICS,
)
REFRESHED: tuple[Refreshed, ...] = (SUMMARIES, SHARES)
JOBS: tuple[Handle, ...] = (
    *housekeeping.JOBS,
    *message_jobs.JOBS,
    *export_jobs.JOBS,
    *member_jobs.JOBS,
    *roster_jobs.JOBS,
    *organising_jobs.JOBS,
    *officer_jobs.JOBS,
    *delivery_jobs.JOBS,
    *api_jobs.JOBS,
)
SCHEDULES: tuple[Schedule, ...] = (
    *housekeeping.SCHEDULES,
    *message_jobs.SCHEDULES,
    *export_jobs.SCHEDULES,
    *member_jobs.SCHEDULES,
    *roster_jobs.SCHEDULES,
    *organising_jobs.SCHEDULES,
    *officer_jobs.SCHEDULES,
    *delivery_jobs.SCHEDULES,
    *api_jobs.SCHEDULES,
)
MEETING_LINKS: tuple[Finder, ...] = (meeting_links,)
MOVE_EFFECTS: tuple[MoveFinder, ...] = (move_effects,)
MENUS: tuple[Menu, ...] = (
    Menu(
        "",
        (
            MenuItem("工作台", "desk:home", icon="inbox"),
            MenuItem("消息", "messages:inbox", icon="bell"),
            MenuItem("大屏", "desk:wall", desk.Permission.WALL, "wall"),
        ),
    ),
    Menu(
        "收文与会议",
        (
            MenuItem("收文", "intake:list", intake.Permission.SEE, "file"),
            MenuItem("会议记录", "meetings:list", meetings.Permission.SEE, "meeting"),
        ),
    ),
    Menu(
        "部署落实",
        (
            MenuItem("部署", "delivery:plans", delivery.Permission.SEE, "plan"),
            MenuItem("本单位任务", "delivery:mine", delivery.Permission.SEE, "flag"),
            MenuItem("作战图", "delivery:warmap", delivery.Permission.SEE, "chart"),
            MenuItem("督办", "delivery:notices", delivery.Permission.SEE, "told"),
            MenuItem("工作报告", "delivery:reports", delivery.Permission.SEE, "file"),
        ),
    ),
    Menu(
        "会员",
        (
            MenuItem("会员名册", "members:listing", members.Permission.SEE, "people"),
            MenuItem("入会审批", "members:applications", members.Permission.APPROVE, "check"),
            MenuItem("名册导入", "rosters:listing", members.Permission.EDIT, "upload"),
            MenuItem("会员人数", "members:headcount", members.Permission.COUNT, "chart"),
            MenuItem("入会海报", "members:poster", members.Permission.SEE, "print"),
            MenuItem("验会员卡", "members:check", members.Permission.CHECK_CARD, "seal"),
            MenuItem("重复登记", "members:pairs", members.Permission.MERGE, "people"),
        ),
    ),
    Menu(
        "组织建设",
        (
            MenuItem("建会", "organising:foundings", organising.Permission.SEE, "plus"),
            MenuItem("建会覆盖", "organising:coverage", organising.Permission.SEE, "chart"),
            MenuItem("建会线索", "organising:leads", organising.Permission.SEE, "flag"),
            MenuItem("撤销与合并", "organising:endings", organising.Permission.SEE, "close"),
            MenuItem("划转", "organising:relocations", organising.Permission.SEE, "leave"),
            MenuItem("指导关系", "organising:guidances", organising.Permission.SEE, "link"),
            MenuItem("换届", "organising:terms", organising.Permission.SEE, "calendar"),
            MenuItem("委员会", "organising:bodies", organising.Permission.SEE, "people"),
            MenuItem("强基", "organising:health", organising.Permission.SEE, "heart"),
            MenuItem("历史沿革", "organising:history", organising.Permission.SEE, "clock"),
        ),
        "building",
    ),
    Menu(
        "干部",
        (
            MenuItem("工会干部", "officers:people", officers.Permission.SEE, "people"),
            MenuItem("干部培训", "officers:courses", officers.Permission.SEE, "medal"),
            MenuItem("党建和廉政台账", "officers:duties", officers.Permission.LEDGER, "seal"),
            MenuItem("干部队伍情况", "officers:figures", officers.Permission.SEE, "chart"),
        ),
    ),
    Menu("服务职工", (MenuItem("阵地", "venues:listing", venues.Permission.SEE, "place"),)),
    Menu(
        "组织与人员",
        (
            MenuItem("组织", "desk:orgs", access.Permission.SEE_TREE, "building"),
            MenuItem("人员与任职", "desk:people", access.Permission.APPOINT, "people"),
            MenuItem("短信发件箱", "messages:outbox", messages.Permission.OUTBOX, "phone"),
            MenuItem("接口密钥", "api:keys", api.Permission.KEYS, "lock"),
            MenuItem("事件推送", "api:hooks", api.Permission.KEYS, "send"),
        ),
    ),
    Menu(
        "依据与留痕",
        (
            MenuItem("法规依据", "desk:statutes", icon="scale"),
            MenuItem("留痕", "desk:trail", access.Permission.SEE_TRAIL, "seal"),
        ),
    ),
)
