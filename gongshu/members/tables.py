"""Lists of members and applications."""

from __future__ import annotations

from gongshu.core.ui.cells import Column
from gongshu.core.ui.shapes import BulkAction, PillValue, Tone
from gongshu.core.ui.tables import Filter, Table
from gongshu.members.enums import Ground
from gongshu.members.machine import PAIR
from gongshu.members.models import Membership, Pair
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

ARRIVALS = Table(
    columns=(
        NAME,
        FORM,
        UNION,
        Column("destination", "转往工会", value="destination.short_name"),
        Column("due_on", "办理期限", kind="due"),
    ),
    export=False,
)

PAIR_TONES: dict[str, Tone] = {"found": "todo", "apart": "stopped", "merged": "done", "gone": "stopped"}


def pair_pill(pair: Pair) -> PillValue:
    """Return how two registrations were judged as a pill."""
    return PillValue(pair.state_label, PAIR_TONES[pair.state])


PAIRS = Table(
    columns=(
        Column("name", "姓名", value=str, link=True, sort="first__name"),
        Column("grounds", "相符之处", value=lambda pair: "、".join(pair.ground_labels)),
        Column("is_exact", "把握", value=lambda pair: "号码相同" if pair.is_exact else "疑似", sort="is_exact"),
        Column("organisation", "判定的工会", value="organisation.short_name", sort="organisation__path"),
        Column("state", "状态", value=pair_pill, kind="pill"),
        Column("note", "说明"),
        Column("state_since", "更新时间", kind="time", sort="state_since"),
    ),
    filters=(
        Filter("state", "状态", PAIR.choices()),
        Filter("ground", "相符之处", Ground.choices, narrow=lambda rows, code: rows.filter(grounds__contains=code)),
    ),
    search=("first__name", "second__name"),
    search_hint="姓名",
    order=("rank", "-is_exact", "pk"),
    unit="对",
    export=False,
)
