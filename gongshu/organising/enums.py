"""What may be done in organising, forms of a base union, grounds for ending one, kinds of committee and posts."""

from enum import StrEnum

from django.db import models

from gongshu.core.orgs.enums import Kind, Level


class Permission(StrEnum):
    """Permissions of this line of work."""

    SEE = "organising.see"
    EDIT = "organising.edit"
    APPROVE = "organising.approve"


class Shape(models.TextChoices):
    """In what form a union is set up (工会法 art. 11)."""

    COMMITTEE = "committee", "基层工会委员会"
    JOINT = "joint", "联合基层工会委员会"
    ORGANISER = "organiser", "组织员"
    AREA = "area", "区域性工会联合会"
    TRADE = "trade", "行业性工会联合会"
    INDUSTRIAL = "industrial", "产业工会"


FEDERATIONS = (Shape.AREA, Shape.TRADE, Shape.INDUSTRIAL)
# an industrial union stands at the level of the local federation it is founded under
STANDS_AS: dict[str, tuple[Kind, Level | None]] = {
    Shape.COMMITTEE: (Kind.BASE, Level.BASE),
    Shape.JOINT: (Kind.JOINT, Level.BASE),
    Shape.ORGANISER: (Kind.BASE, Level.BASE),
    Shape.AREA: (Kind.AREA, Level.VILLAGE),
    Shape.TRADE: (Kind.TRADE, Level.VILLAGE),
    Shape.INDUSTRIAL: (Kind.INDUSTRIAL, None),
}


class Asker(models.TextChoices):
    """Who asks for a union."""

    WORKERS = "workers", "用人单位职工"
    UPPER = "upper", "上级工会指导组建"


class Post(models.TextChoices):
    """Posts of a committee."""

    CHAIR = "chair", "主席"
    VICE = "vice", "副主席"
    STANDING = "standing", "常务委员"
    MEMBER = "member", "委员"
    WOMEN = "women", "女职工委员"
    AUDIT = "audit", "经费审查委员"
    HEAD = "head", "主任"
    ORGANISER = "organiser", "组织员"


class Tie(models.TextChoices):
    """How somebody proposed is tied to the employer, as far as the law asks."""

    NONE = "none", "无"
    RELATIVE = "relative", "企业主要负责人的近亲属"
    MANAGER = "manager", "法定代表人、行政正副职或者人力资源部门负责人"


class Way(models.TextChoices):
    """What is to become of a union."""

    DISSOLVE = "dissolve", "撤销"
    MERGE = "merge", "合并"


class Ground(models.TextChoices):
    """Why a union is to end (工会法 art. 13)."""

    EMPLOYER_ENDED = "ended", "用人单位终止或者被撤销"
    EMPLOYERS_MERGED = "merged", "用人单位合并"
    REORGANISED = "reorganised", "行政区划或者工会组织体系调整"
    OTHER = "other", "其他"


GROUNDS_OF: dict[str, tuple[Ground, ...]] = {
    Way.DISSOLVE: (Ground.EMPLOYER_ENDED,),
    Way.MERGE: (Ground.EMPLOYERS_MERGED, Ground.REORGANISED),
}


# under which kinds of union each kind may stand on the leading line; a higher level is asked for besides
UPPERS_OF: dict[str, tuple[Kind, ...]] = {
    Kind.LOCAL: (Kind.LOCAL,),
    Kind.INDUSTRIAL: (Kind.LOCAL, Kind.INDUSTRIAL),
    Kind.TRADE: (Kind.LOCAL, Kind.INDUSTRIAL, Kind.TRADE, Kind.AREA),
    Kind.AREA: (Kind.LOCAL, Kind.AREA),
    Kind.BASE: tuple(Kind),
    Kind.JOINT: tuple(Kind),
}


class Body(models.TextChoices):
    """Which committee of a union (工会法 arts. 11, 16, 45)."""

    UNION = "union", "工会委员会"
    WOMEN = "women", "女职工委员会"
    AUDIT = "audit", "经费审查委员会"


HEADS: dict[str, Post] = {Body.UNION: Post.CHAIR, Body.WOMEN: Post.HEAD, Body.AUDIT: Post.HEAD}
SITTING = ("sitting", "due")


class Leaving(models.TextChoices):
    """Why somebody leaves a post."""

    TRANSFER = "transfer", "工作调动"
    RETIRED = "retired", "退休"
    RESIGNED = "resigned", "辞职"
    RECALLED = "recalled", "罢免"
    GONE = "gone", "离开本单位"
    DIED = "died", "去世"


class LeadSource(models.TextChoices):
    """Where a lead for founding a union comes from."""

    LIST = "list", "未建会单位名单"
    HOME = "home", "兜底入会职工达到人数"


class Match(models.TextChoices):
    """How it is known that an employer has a union."""

    FOUNDED = "founded", "批准建会"
    NAME = "name", "按名称对上"
    APART = "apart", "同名不是同一家"


OPEN_LEADS = ("to_visit", "nurturing")
LEAD_LEVELS = (Level.COUNTY, Level.TOWN, Level.VILLAGE)
