"""How many members an organisation has with all below it: from the counters, never by counting members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import connection
from django.db.models import Sum
from django.db.models.functions import Substr

from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.enums import Gender
from gongshu.members.enums import NEW_FORMS, Form
from gongshu.members.models import Counters, Summary, Tally

SUMMED_LEVELS = (Level.NATION, Level.PROVINCE, Level.CITY, Level.COUNTY)
COLUMNS: tuple[str, ...] = tuple(field.name for field in Counters._meta.local_fields)


def added(lead: str, forms: Sequence[str] = Form.values) -> str:
    """Return SQL that adds up one row's counters of forms of employment (`lead` n: members, r: real-named ones)."""
    return " + ".join(f"{lead}_{form}_{gender}" for form in forms for gender in Gender.values)


# written out: putting fifty sums together anew for each page takes longer than summing
SUM_OF_RANGE = (
    f"SELECT {', '.join(f'SUM({name})' for name in COLUMNS)} "  # noqa: S608 - our own columns
    f"FROM {Tally._meta.db_table} JOIN {Organisation._meta.db_table} ON id = organisation_id "
    "WHERE path >= %s AND path < %s"
)
KEPT = f"SELECT organisation_id, as_at, {', '.join(COLUMNS)} FROM {Summary._meta.db_table}"  # noqa: S608 - as above
AS_AT = Summary._meta.get_field("as_at").get_col(Summary._meta.db_table)


@dataclass(frozen=True)
class HeadCount:
    """The counters of an organisation with all below it; `as_at` is None when they are of this moment."""

    counters: dict[str, int]
    as_at: datetime | None = None

    def cell(self, form: str, gender: str, lead: str = "n") -> int:
        """Return the members of a form of employment and gender (`lead` r: with an identity number)."""
        return self.counters[f"{lead}_{form}_{gender}"]

    def of_form(self, form: str, lead: str = "n") -> int:
        """Return the members of a form of employment."""
        return sum(self.cell(form, gender, lead) for gender in Gender.values)

    def of_gender(self, gender: str, lead: str = "n") -> int:
        """Return the members of a gender."""
        return sum(self.cell(form, gender, lead) for form in Form.values)

    @property
    def members(self) -> int:
        """Return all members."""
        return sum(self.of_form(form) for form in Form.values)

    @property
    def real_name(self) -> int:
        """Return the members with an identity number."""
        return sum(self.of_form(form, "r") for form in Form.values)

    @property
    def in_new_forms(self) -> int:
        """Return the members in new forms of employment."""
        return sum(self.of_form(form) for form in NEW_FORMS)


def headcount(org: Organisation, *, live: bool = False) -> HeadCount:
    """Return the head count of an organisation: one read of the small table at high levels, else one sum."""
    found = _kept([] if live else [org]).get(org.pk)
    if found is not None:
        return found
    with connection.cursor() as cursor:
        cursor.execute(SUM_OF_RANGE, [org.path, org.path_end])
        row = cursor.fetchone()
    return HeadCount({name: number or 0 for name, number in zip(COLUMNS, row, strict=True)})


def headcounts(orgs: Sequence[Organisation], *, live: bool = False) -> dict[int, HeadCount]:
    """Return the head counts of organisations at one depth of the tree, by key, in two queries at most.

    High ones come from the small table, the others are summed now, with `live` all of them.
    """
    known = _kept([] if live else orgs)
    return known | _summed_now([org for org in orgs if org.pk not in known])


def _kept(orgs: Iterable[Organisation]) -> dict[int, HeadCount]:
    """Return what the small table keeps of organisations; the statement is written out, as above."""
    keys = [org.pk for org in orgs if org.level in SUMMED_LEVELS]
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"{KEPT} WHERE organisation_id IN ({', '.join(['%s'] * len(keys))})", keys)
        return {
            key: HeadCount(dict(zip(COLUMNS, numbers, strict=True)), _instant(as_at))
            for key, as_at, *numbers in cursor.fetchall()
        }


def _instant(value: Any) -> datetime:
    """Return an instant from what a statement written out gives."""
    for convert in AS_AT.get_db_converters(connection):
        value = convert(value, AS_AT, connection)
    return cast("datetime", value)


def _summed_now(orgs: Sequence[Organisation]) -> dict[int, HeadCount]:
    if not orgs:
        return {}
    nothing = dict.fromkeys(COLUMNS, 0)
    named = {org.path: org.pk for org in orgs}
    length, last = len(orgs[0].path), max(orgs, key=lambda org: str(org.path))
    rows = Tally.objects.filter(organisation__path__gte=min(named), organisation__path__lt=last.path_end)
    groups = rows.annotate(branch=Substr("organisation__path", 1, length)).order_by().values("branch")
    sums = groups.annotate(**{f"sum_{name}": Sum(name) for name in COLUMNS})
    found = {
        named[row[0]]: HeadCount(dict(zip(COLUMNS, row[1:], strict=True)))
        for row in sums.values_list("branch", *(f"sum_{name}" for name in COLUMNS))
        if row[0] in named
    }
    return {org.pk: found.get(org.pk, HeadCount(nothing)) for org in orgs}
