"""The list of venues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import within
from gongshu.core.ui.cells import Column
from gongshu.core.ui.shapes import PillValue, Tone
from gongshu.core.ui.tables import Filter, Table
from gongshu.venues import queries
from gongshu.venues.machine import VENUE
from gongshu.venues.models import Venue
from gongshu.venues.rules.kinds import kind_choices

TONES: dict[str, Tone] = {"preparing": "todo", "open": "done", "suspended": "near", "closed": "stopped"}


def state_pill(venue: Venue) -> PillValue:
    """Return the state as a pill."""
    return PillValue(venue.state_label, TONES[venue.state])


COLUMNS = (
    Column("name", "名称", sort="name", link=True),
    Column("kind", "类型", value="kind_of.label", sort="kind"),
    Column("organisation", "所属工会", value="organisation.short_name", sort="organisation__path"),
    Column("state", "状态", value=state_pill, kind="pill", sort="state"),
    Column("address", "地址"),
    Column("hours", "开放时间", value="hours_words"),
    Column("opened_on", "开放日期", kind="date", sort="opened_on"),
    Column("inspected_on", "最近检查", kind="date", sort="inspected_on"),
)


def venue_table(branches: Sequence[Organisation], *, on: date) -> Table:
    """Return the table; `branches` are the organisations one may narrow to."""
    by_pk = {str(org.pk): org for org in branches}
    choices = [(pk, org.short_name) for pk, org in by_pk.items()]

    def at(rows: Any, code: str) -> Any:
        return rows.filter(within(by_pk[code]))

    def flagged(rows: Any, code: str) -> Any:
        return rows.filter(queries.idle(on) if code == "idle" else queries.needing_repair())

    return Table(
        columns=COLUMNS,
        filters=(
            Filter("kind", "类型", kind_choices()),
            Filter("state", "状态", VENUE.choices()),
            Filter("flag", "提示", (("repair", "待整改"), ("idle", "长期未检查")), narrow=flagged),
            *([Filter("under", "下级", choices, narrow=at)] if choices else []),
        ),
        search=("name", "address", "organisation__name"),
        search_hint="名称、地址或所属工会",
        order=("organisation__path", "kind", "name"),
        unit="个",
        caption="",
    )
