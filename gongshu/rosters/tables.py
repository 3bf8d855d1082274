"""Lists of rosters and of rows that were not brought in."""

from __future__ import annotations

from gongshu.core.ui.cells import Column
from gongshu.core.ui.shapes import PillValue, Tone
from gongshu.core.ui.tables import Filter, Table
from gongshu.rosters.enums import Outcome
from gongshu.rosters.machine import ROSTER
from gongshu.rosters.models import Roster, RosterRow

TONES: dict[str, Tone] = {
    "uploaded": "todo",
    "checking": "progress",
    "checked": "near",
    "entering": "progress",
    "done": "done",
    "refused": "overdue",
    "dropped": "stopped",
}


def state_pill(roster: Roster) -> PillValue:
    """Return where a roster is on its way as a pill."""
    return PillValue(roster.state_label, TONES[roster.state])


def _entered(roster: Roster) -> int | None:
    if roster.state != "done":
        return None
    return int(roster.results.get(Outcome.ENTERED, 0)) + int(roster.results.get(Outcome.APPLIED, 0))


def masked_number(row: RosterRow) -> str:
    """Return the identity number of a row with its middle hidden."""
    return row.id_number.masked() if row.id_number is not None else ""


ROSTERS = Table(
    columns=(
        Column("file_name", "名册", link=True),
        Column("organisation", "导入到", value="organisation.short_name"),
        Column("uploaded_by", "经办人", value="uploaded_by.person.name"),
        Column("uploaded_at", "上传时间", kind="time", sort="uploaded_at"),
        Column("rows", "行数", value=lambda roster: roster.rows or None, kind="number", sort="rows"),
        Column("entered", "新增", value=_entered, kind="number"),
        Column("state", "状态", value=state_pill, kind="pill"),
    ),
    filters=(Filter("state", "状态", ROSTER.choices()),),
    order=("-pk",),
    unit="份",
    export=False,
)
REFUSED = Table(
    columns=(
        Column("number", "行号", kind="number"),
        Column("name", "姓名"),
        Column("id_number", "身份证号码", value=masked_number, kind="code"),
        Column("field", "栏目", value="get_field_display", kind="code"),
        Column("reason", "原因"),
    ),
    order=("number",),
    unit="行",
    page_size=20,
    export=False,
)
