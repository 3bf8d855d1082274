"""The list of meetings."""

from __future__ import annotations

from collections.abc import Sequence

from gongshu.core.ui.cells import Column
from gongshu.core.ui.tables import Filter, Table
from gongshu.meetings.enums import MeetingKind


def meetings_table(years: Sequence[int]) -> Table:
    """Return the list of meetings, to be narrowed by kind and by the years that occur."""
    return Table(
        columns=(
            Column("name", "会议", sort="name", link=True),
            Column("kind", "类型", value="get_kind_display", sort="kind"),
            Column("session", "届次"),
            Column("organisation", "组织", value="organisation.name", sort="organisation__path"),
            Column("date", "日期", value="date_text", sort="year"),
            Column("place", "地点"),
        ),
        filters=(
            Filter("kind", "类型", MeetingKind.choices),
            Filter("year", "年份", [(str(year), f"{year}年") for year in years]),
        ),
        search=("name", "organisation__name"),
        search_hint="会议名称或组织",
        order=("-year", "-month", "-day"),
        unit="次会议",
    )
