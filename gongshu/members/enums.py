"""What may be done to memberships, forms of employment, and which states count as what."""

from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """Permissions of this line of work."""

    COUNT = "members.count"
    SEE = "members.see"
    EDIT = "members.edit"
    APPROVE = "members.approve"
    REVEAL = "members.reveal"
    EXPORT = "members.export"
    CHECK_CARD = "members.check"
    MERGE = "members.merge"


class Form(models.TextChoices):
    """In what form of employment a member works (工会法 art. 3 para. 2; new-employment, groups)."""

    STAFF = "staff", "单位职工"
    DISPATCHED = "dispatched", "劳务派遣人员"
    TRUCK = "truck", "货车司机"
    RIDE = "ride", "网约车司机"
    COURIER = "courier", "快递员"
    RIDER = "rider", "外卖配送员"
    OTHER_NEW = "other_new", "其他新就业形态劳动者"
    FLEXIBLE = "flexible", "其他灵活就业人员"


NEW_FORMS = (Form.TRUCK, Form.RIDE, Form.COURIER, Form.RIDER, Form.OTHER_NEW)


class Source(models.TextChoices):
    """How an application came in."""

    OFFICER = "officer", "工会代为登记"
    PHONE = "phone", "扫码申请"
    ROSTER = "roster", "名册导入"
    DEMO = "demo", "演示数据"


PENDING_STATES = ("applied", "reviewing")
ACTIVE_STATES = ("active", "leaving", "arriving")  # a member until the other union has taken them over
LIVE_STATES = (*PENDING_STATES, *ACTIVE_STATES, "kept", "parked")
ENDED_STATES = ("refused", "withdrawn", "left", "lapsed", "expelled", "ended", "absorbed")


class Ground(models.TextChoices):
    """Why two registrations may be of one person."""

    ID = "id", "身份证号码相同"
    PHONE = "phone", "姓名和手机号码相同"
    BIRTH = "birth", "姓名和出生日期相同"
    EMPLOYER = "employer", "姓名和用人单位相同"


EXACT = (Ground.ID, Ground.PHONE)
