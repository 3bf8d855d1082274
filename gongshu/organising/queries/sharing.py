"""Figures of an organisation divided by industrial union, and of parts of the tree by their ranges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Max, Q, Sum
from django.utils import timezone

from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.ranges import keyed
from gongshu.members.enums import NEW_FORMS
from gongshu.members.models import Tally
from gongshu.members.queries.counting import added
from gongshu.organising.models import LineShare
from gongshu.organising.queries.guiding import owner_at, owners
from gongshu.organising.rules.sharing import NOBODY, Figures, Node, Parts, divided, total_of

HELD_LEVELS = (Level.NATION, Level.PROVINCE)  # below, few enough organisations stand to be read for each page
AT_ONCE = 5_000
OWN = (added("n"), added("r"), added("n", NEW_FORMS))
STANDS = "CASE WHEN ended_on IS NULL THEN 1 ELSE 0 END"
FIGURES = ("unions", "members", "real_name", "in_new_forms")
TALLIED = f"{Organisation._meta.db_table} o LEFT JOIN {Tally._meta.db_table} ON organisation_id = o.id"


@dataclass(frozen=True)
class Part:
    """A part of an organisation: the union it belongs to (None: to none), how it is tied, its figures."""

    org: Organisation | None
    figures: Figures
    tie: str = ""


@dataclass(frozen=True)
class Parted:
    """An organisation in parts, the largest first: some of them, how many more, and all together as at a time."""

    parts: list[Part]
    more: int
    total: Figures
    as_at: datetime | None = None


def held() -> Q:
    """Return which organisations' shares are kept; an industrial union itself is not divided."""
    return Q(level__in=HELD_LEVELS) & ~Q(kind=Kind.INDUSTRIAL)


def nodes(org: Organisation | None = None) -> Iterator[Node]:
    """Yield an organisation with all below it, or all there are, in the order of their paths; one statement."""
    own = ", ".join(f"COALESCE({each}, 0)" for each in OWN)
    where, place = ("WHERE path >= %s AND path < %s", [org.path, org.path_end]) if org else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT o.id, path, {STANDS}, {own} FROM {TALLIED} {where} ORDER BY path", place)  # noqa: S608
        while some := cursor.fetchmany(AT_ONCE):
            yield from some


def shared_out(org: Organisation, on: date) -> Parts:
    """Return an organisation with all below it divided by the industrial union each part belongs to, or nobody.

    By the ties of a day and the members of this moment; each organisation is read once, so nobody counts twice.
    """
    above = owner_at(org, on)
    return divided(nodes(org), owners(org, on), holders={org.pk}, above=above)[org.pk]


def parted(org: Organisation, on: date, *, most: int, live: bool = False) -> Parted:
    """Return an organisation divided by industrial union: today from the kept shares where there are any."""
    kept = None if live or on != timezone.localdate() else _kept(org, most)
    return kept or in_order(shared_out(org, on), most)


def _kept(org: Organisation, most: int) -> Parted | None:
    """Return the kept shares of an organisation, None where none are kept; three queries however many there are."""
    rows = LineShare.objects.filter(organisation=org)
    sums = rows.aggregate(as_at=Max("as_at"), **{name: Sum(name) for name in FIGURES})
    as_at = sums.pop("as_at")
    if as_at is None:
        return None
    guided = rows.filter(guide__isnull=False).select_related("guide")
    shown = [*guided.order_by("-members", "-unions", "guide")[:most], *rows.filter(guide__isnull=True)]
    parts = [Part(row.guide, Figures(*(getattr(row, name) for name in FIGURES))) for row in shown]
    return Parted(parts, max(0, rows.count() - len(parts)), Figures(**sums), as_at)


def in_order(parts: Parts, most: int, ties: Mapping[int, str] | None = None) -> Parted:
    """Return parts by their unions' keys, the largest first, what belongs to no industrial union last; one query."""
    ordered = sorted(parts.items(), key=lambda part: (-part[1].members, -part[1].unions, part[0]))
    shown = [(key, figures) for key, figures in ordered if key != NOBODY][:most]
    shown += [(key, figures) for key, figures in ordered if key == NOBODY]
    orgs = Organisation.objects.in_bulk([key for key, _ in shown])
    rows = [Part(orgs.get(key), figures, (ties or {}).get(key, "")) for key, figures in shown]
    return Parted(rows, len(parts) - len(rows), total_of(parts.values()))


def figures_of(orgs: Mapping[int, int]) -> Parts:
    """Return the figures of organisations by the keys that say what each counts for; one query."""
    table, parameters = keyed(orgs)
    own = ", ".join(f"COALESCE(SUM({each}), 0)" for each in OWN)
    sql = (
        f"SELECT k, SUM({STANDS}), {own} FROM {table} "  # noqa: S608 - our own names
        f"JOIN {Organisation._meta.db_table} o ON o.id = keyed.id "
        f"LEFT JOIN {Tally._meta.db_table} ON organisation_id = o.id GROUP BY k"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {key: Figures(*figures) for key, *figures in cursor.fetchall()}
