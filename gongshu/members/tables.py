"""Lists of members and applications."""

from __future__ import annotations

from gongshu.core.ui.cells import Column
from gongshu.core.ui.shapes import BulkAction, PillValue, Tone
from gongshu.core.ui.tables import Table
from gongshu.members.models import Membership
from gongshu.members.queries.roll import PAGE

TONES: dict[str, Tone] = {
    "applied": "todo",
    "reviewing": "progress",
    "active": "done",
    "leaving": "near",
    "arriving": "near",
    "kept": "late",
    "parked": "late",
}


def state_pill(membership: Membership) -> PillValue:
    """Return the state as a pill."""
    return PillValue(membership.state_label, TONES.get(membership.state, "stopped"))


NAME = Column("name", "姓名", link=True)
UNION = Column("organisation", "所在工会", value="organisation.short_name")
GENDER = Column("gender", "性别", value="get_gender_display")
FORM = Column("form", "就业形态", value="get_form_display")
EMPLOYER = Column("employer", "用人单位")

ROLL = Table(
    columns=(
        NAME,
        GENDER,
        FORM,
        UNION,
        Column("state", "会籍", value=state_pill, kind="pill"),
        Column("is_real_name", "实名", value=lambda row: "是" if row.is_real_name else "否"),
        Column("joined_on", "入会日期", kind="date"),
    ),
    page_size=PAGE,
    export=False,
)
APPLICATIONS = Table(
    columns=(
        NAME,
        GENDER,
        FORM,
        Column("organisation", "申请加入", value="organisation.short_name"),
        EMPLOYER,
        Column("state", "状态", value=state_pill, kind="pill"),
        Column("source", "来源", value="get_source_display"),
        Column("due_on", "审批期限", kind="due"),
    ),
    page_size=PAGE,
    export=False,
    actions=(BulkAction("approve", "批准入会", primary=True),),
)
