"""The inbox, a page at a time, at the same cost however many items wait."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Max, Q, QuerySet

from gongshu.core.access.actor import Actor
from gongshu.core.flow.models import OpenItem
from gongshu.core.flow.queries import inbox
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail.models import Entry
from gongshu.delivery.models import Assignment

PAGE = 50
KINDS_READ = 500  # so many items of a desk are looked at to tell which kinds wait there
ASSIGNMENTS = "delivery.assignment"
DATED, UNDATED = "dated", "undated"
PARTS = (DATED, UNDATED)
COLOURS = (("overdue", "逾期"), ("near", "临近到期"), ("far", "未到期"), (UNDATED, "无期限"))


@dataclass(frozen=True)
class Cursor:
    """The last item of a page: its due date (None when undated) and key."""

    due_on: date | None
    pk: int

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """Return the cursor an address names, None when it names none."""
        day, _, pk = text.rpartition(".")
        if not pk.isdecimal() or len(pk) > 18:
            return None
        try:
            return cls(date.fromisoformat(day) if day else None, int(pk))
        except ValueError:
            return None

    def __str__(self) -> str:
        day = self.due_on.isoformat() if self.due_on else ""
        return f"{day}.{self.pk}"


@dataclass(frozen=True)
class Page:
    """One page of items and where the next begins; `following` is None on the last page."""

    items: Sequence[OpenItem]
    following: Cursor | None


def colour(code: str, *, on: date, near_days: int) -> Q:
    """Return the condition for a colour on the day `on`."""
    soon = on + timedelta(days=near_days)
    return {
        "overdue": Q(due_on__lt=on),
        "near": Q(due_on__gte=on, due_on__lte=soon),
        "far": Q(due_on__gt=soon),
        UNDATED: Q(due_on__isnull=True),
    }[code]


def parts_of(code: str) -> Collection[str]:
    """Return where the items of a colour can be; of no colour: everywhere."""
    if not code:
        return PARTS
    return (UNDATED,) if code == UNDATED else (DATED,)


def page(rows: QuerySet[OpenItem], after: Cursor | None, *, parts: Collection[str] = PARTS) -> Page:
    """Return the items after a cursor: dated ones by date, then the undated; at most two short index reads.

    `parts` says where there can be any at all, so that a read which must find nothing is not begun.
    """
    found: list[OpenItem] = []
    if DATED in parts and (after is None or after.due_on is not None):
        found = list(_dated(rows, after)[: PAGE + 1])
    if UNDATED in parts and len(found) <= PAGE:
        start = after if after and after.due_on is None else None
        found += list(_undated(rows, start)[: PAGE + 1 - len(found)])
    items, more = found[:PAGE], len(found) > PAGE
    return Page(items, Cursor(items[-1].due_on, items[-1].pk) if more else None)


def _dated(rows: QuerySet[OpenItem], after: Cursor | None) -> QuerySet[OpenItem]:
    rows = rows.filter(due_on__isnull=False).order_by("due_on", "id")
    if after is None:
        return rows
    beyond = Q(due_on__gt=after.due_on) | Q(due_on=after.due_on, id__gt=after.pk)
    return rows.filter(beyond, due_on__gte=after.due_on)


def _undated(rows: QuerySet[OpenItem], after: Cursor | None) -> QuerySet[OpenItem]:
    rows = rows.filter(due_on__isnull=True).order_by("due_on", "id")  # as the index is; by key alone it would be sorted
    return rows.filter(id__gt=after.pk) if after else rows


def waiting(actor: Actor, *, kind: str, narrow: Q) -> QuerySet[OpenItem]:
    """Return what waits at the actor's desk, narrowed to a kind (empty: all)."""
    rows = inbox(actor).filter(narrow)
    return rows.filter(kind=kind) if kind else rows


def kinds_waiting(actor: Actor) -> set[str]:
    """Return the kinds among some items of the actor's desk; of a desk within `KINDS_READ` these are all there are."""
    try:
        words, values = inbox(actor).order_by().values_list("kind")[:KINDS_READ].query.sql_with_params()
    except EmptyResultSet:  # of an actor without a post, or with none that acts on anything
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT kind FROM ({words}) AS looked_at", values)  # noqa: S608 - a query of our own
        return {kind for (kind,) in cursor.fetchall()}


def senders(items: Sequence[OpenItem]) -> dict[tuple[str, int], Entry]:
    """Return the latest trail entry about each item's thing, by (kind, key): who moved it here."""
    by_kind: dict[str, list[int]] = {}
    for item in items:
        by_kind.setdefault(item.kind, []).append(item.object_id)
    things = Q(pk__in=[])
    for kind, keys in by_kind.items():
        things |= Q(kind=kind, object_id__in=keys)
    latest = Entry.objects.filter(things).values("kind", "object_id").annotate(last=Max("pk")).values("last")
    rows = Entry.objects.filter(pk__in=latest).only("kind", "object_id", "who", "at")
    return {(row.kind, row.object_id): row for row in rows}


def issuers(items: Sequence[OpenItem]) -> dict[int, Organisation]:
    """Return who gave each assignment among the items, by its key; one query, none where there is no assignment.

    A dispatch to many leaves one trail entry on the dispatch, so the assignment itself has none to tell of.
    """
    keys = [item.object_id for item in items if item.kind == ASSIGNMENTS]
    rows = Assignment.objects.filter(pk__in=keys).select_related("issuer").only("issuer") if keys else ()
    return {row.pk: row.issuer for row in rows}
