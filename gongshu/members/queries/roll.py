"""The roll of members, a page at a time, at the same cost however many there are and however deep the page.

Without a name it goes union by union in tree order: the counters say which unions have such members at all, so that
only those are read. With the beginning of a name it goes by name along one index.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import Any

from django.db.models import F, Q, QuerySet

from gongshu.core.base.collation import after_prefix
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.enums import Gender
from gongshu.core.people.queries import by_number
from gongshu.members.enums import ACTIVE_STATES, PENDING_STATES, Form
from gongshu.members.models import Membership, Tally
from gongshu.members.queries.scope import Scope

PAGE = 50
FEW_UNIONS = 2000  # so many unions are named in the query; more are met along the name index
FURTHER = 8
NUMBER_LENGTHS = (11, 18)
STANDINGS: tuple[tuple[str, str], ...] = (
    ("active", "在籍"),
    ("moving", "转会中"),
    ("kept", "保留会籍"),
    ("parked", "暂存会籍"),
    ("pending", "待审申请"),
    ("ended", "已终止"),
)
STATES: dict[str, Sequence[str]] = {
    "active": ACTIVE_STATES,
    "moving": ("leaving", "arriving"),
    "kept": ("kept",),
    "parked": ("parked",),
    "pending": PENDING_STATES,
}


@dataclass(frozen=True)
class Wanted:
    """What is looked for: a standing, perhaps a form of employment, the beginning of a name, or a whole number."""

    standing: str = "active"
    form: str = ""
    text: str = ""
    sort: str = "name"  # within a union: name, or due_on for applications

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything but the usual is looked for."""
        return self.standing != "active" or bool(self.form or self.text)

    @property
    def is_number(self) -> bool:
        """Tell whether the text is an identity or mobile number."""
        return len(self.text) in NUMBER_LENGTHS and self.text[:-1].isdecimal()

    @property
    def rows(self) -> Q:
        """Return the condition on memberships, name apart."""
        is_ended = self.standing == "ended"
        found = Q(ended_on__isnull=False) if is_ended else Q(state__in=STATES[self.standing])
        return found & Q(form=self.form) if self.form else found

    def counter(self) -> Any:
        """Return the expression for how many such members a union has: exact, or too many when it cannot be exact."""
        if self.standing != "active":
            return F(self.standing)
        forms = [self.form] if self.form else Form.values
        return reduce(add, (F(f"n_{form}_{gender}") for form in forms for gender in Gender.values))


@dataclass(frozen=True)
class Cursor:
    """The last row of a page: its union's path, its sort value, its key."""

    path: str
    value: str
    pk: int

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """Return the cursor an address names, None when it names none."""
        try:
            path, value, pk = json.loads(urlsafe_b64decode(text.encode()))
        except (ValueError, BadBase64, TypeError):
            return None
        is_whole = isinstance(path, str) and isinstance(value, str) and isinstance(pk, int) and abs(pk) < 2**63
        return cls(path, value, pk) if is_whole and (not path or path.isdecimal()) else None

    def __str__(self) -> str:
        return urlsafe_b64encode(json.dumps([self.path, self.value, self.pk]).encode()).decode()


@dataclass(frozen=True)
class Page:
    """The members of a page, and where the next one begins; None on the last page."""

    rows: Sequence[Membership]
    following: Cursor | None = None


def page(scope: Scope, wanted: Wanted, after: Cursor | None, size: int = PAGE) -> Page:
    """Return the page after a cursor, with unions; persons come along only where asked (`with_persons`)."""
    if wanted.is_number:
        return Page(_by_number(scope, wanted.text)[:size])
    if wanted.text:
        rows = _by_name(scope, wanted, after, size + 1)
        return _cut(rows, size, lambda row: Cursor("", row.name, row.pk))
    if wanted.standing == "ended":
        rows = _ended(scope, wanted, after, size + 1)
        return _cut(rows, size, lambda row: Cursor("", str(row.ended_on), row.pk))
    rows = _by_union(scope, wanted, after, size + 1)
    return _cut(rows, size, lambda row: Cursor(row.organisation.path, _text(getattr(row, wanted.sort)), row.pk))


def _cut(rows: Sequence[Membership], size: int, cursor: Any) -> Page:
    return Page(rows[:size], cursor(rows[size - 1]) if len(rows) > size else None)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _by_number(scope: Scope, number: str) -> list[Membership]:
    persons = list(by_number(number).values_list("pk", flat=True)[:PAGE])
    rows = Membership.objects.filter(scope.within(), person__in=persons).select_related("organisation")
    return list(rows.order_by("-pk"))


def _few(scope: Scope) -> list[int] | None:
    """Return the keys of the unions in scope when they are few, else None."""
    rows = Organisation.objects.filter(scope.within("")).order_by("path")
    if rows[FEW_UNIONS : FEW_UNIONS + 1].exists():
        return None
    return list(rows.values_list("pk", flat=True))


def _in_scope(scope: Scope) -> Q:
    few = _few(scope)
    if few is not None:
        return Q(organisation__in=few)
    return Q() if _is_everything(scope) else scope.within()


def _is_everything(scope: Scope) -> bool:
    outside = Q(path__lt=scope.org.path) | Q(path__gte=scope.until)
    return len(scope.org.path) == Organisation.steplen and not Organisation.objects.filter(outside).exists()


def _by_name(scope: Scope, wanted: Wanted, after: Cursor | None, limit: int) -> list[Membership]:
    start = after.value if after else wanted.text
    rows = Membership.objects.filter(_in_scope(scope), wanted.rows, name__gte=start, name__lt=after_prefix(wanted.text))
    if after:
        rows = rows.filter(Q(name__gt=after.value) | Q(name=after.value, pk__gt=after.pk))
    return list(rows.select_related("organisation").order_by("name", "pk")[:limit])


def _ended(scope: Scope, wanted: Wanted, after: Cursor | None, limit: int) -> list[Membership]:
    """Return the newest of those that ended; their keys are found in the index alone, far past those of others."""
    rows = Membership.objects.filter(_in_scope(scope), wanted.rows)
    if after:
        on = date.fromisoformat(after.value)
        rows = rows.filter(Q(ended_on__lt=on) | Q(ended_on=on, pk__lt=after.pk), ended_on__lte=on)
    pks = list(rows.order_by("-ended_on", "-pk").values_list("pk", flat=True)[:limit])
    found = Membership.objects.filter(pk__in=pks).select_related("organisation")
    return list(found.order_by("-ended_on", "-pk"))


def _by_union(scope: Scope, wanted: Wanted, after: Cursor | None, limit: int) -> list[Membership]:
    """Return members union by union: the rest of the cursor's union, many small ones at once, one that fills up."""
    found: list[Membership] = []
    path = scope.org.path
    if after:
        found = _of_one(wanted, Q(organisation__path=after.path) & _beyond(wanted, after), limit)
        path = f"{after.path}0"
    looked_at = limit
    while len(found) < limit:
        unions = _unions(scope, wanted, path, min(max(looked_at, limit - len(found)), FEW_UNIONS))
        looked_at *= FURTHER  # the counters promised more than there was: look further each time
        if not unions:
            break
        small, last = [pk for pk, _ in unions[:-1]], unions[-1]
        if small:
            found += _of_many(wanted, small, limit - len(found))
        if len(found) < limit:
            found += _of_one(wanted, Q(organisation=last[0]), limit - len(found))
        path = f"{last[1]}0"
    return found


def _unions(scope: Scope, wanted: Wanted, since: str, enough: int) -> list[tuple[int, str]]:
    """Return key and path of the next unions that have such members, until there are enough of them together."""
    rows = Tally.objects.filter(scope.within(since=since)).annotate(number=wanted.counter()).filter(number__gt=0)
    taken, total = [], 0
    columns = rows.order_by("organisation__path").values_list("pk", "organisation__path", "number")
    for pk, path, number in columns[:enough]:
        taken.append((pk, path))
        total += number
        if total >= enough:
            break
    return taken


def _beyond(wanted: Wanted, after: Cursor) -> Q:
    field = wanted.sort
    return Q(**{f"{field}__gte": after.value}) & (
        Q(**{f"{field}__gt": after.value}) | Q(**{field: after.value, "pk__gt": after.pk})
    )


def _of_one(wanted: Wanted, where: Q, limit: int) -> list[Membership]:
    rows = Membership.objects.filter(where, wanted.rows).select_related("organisation")
    return list(rows.order_by(wanted.sort, "pk")[:limit])


def _of_many(wanted: Wanted, unions: Sequence[int], limit: int) -> list[Membership]:
    rows = Membership.objects.filter(wanted.rows, organisation__in=unions).select_related("organisation")
    return list(rows.order_by("organisation__path", wanted.sort, "pk")[:limit])


def keys(scope: Scope, wanted: Wanted, most: int) -> list[int]:
    """Return the keys of all that are wanted, one more than `most` when there are more."""
    if wanted.is_number:
        return [row.pk for row in _by_number(scope, wanted.text)]
    return list(_all(scope, wanted).order_by("pk").values_list("pk", flat=True)[: most + 1])


def count(scope: Scope, wanted: Wanted) -> int:
    """Return how many are wanted: counted one by one, for a job."""
    return len(_by_number(scope, wanted.text)) if wanted.is_number else _all(scope, wanted).count()


def _all(scope: Scope, wanted: Wanted) -> QuerySet[Membership]:
    rows: QuerySet[Membership] = Membership.objects.filter(_in_scope(scope), wanted.rows)
    return rows.filter(name__gte=wanted.text, name__lt=after_prefix(wanted.text)) if wanted.text else rows
