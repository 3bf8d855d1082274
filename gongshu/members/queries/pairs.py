"""Registrations that may be of one person: found by equal keys in three statements, never by comparing all pairs."""

from __future__ import annotations

import os.path
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Case, IntegerField, QuerySet, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, can, visible
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import everywhere
from gongshu.core.people.models import Person
from gongshu.core.people.protected import is_same
from gongshu.core.statutes.lookup import clause
from gongshu.core.statutes.model import Clause
from gongshu.members.enums import LIVE_STATES, Ground, Permission
from gongshu.members.models import Membership, Merge, Pair

Key = tuple[int, int]
MOST = 200_000  # pairs of one ground in a search: more than that is a fault of the data, not work for people

_PERSON, _MEMBER = Person._meta.db_table, Membership._meta.db_table
_LIVE = f"IN {LIVE_STATES}"
_ENROLLED = f"SELECT 1 FROM {_MEMBER} m WHERE m.person_id"  # noqa: S608 - our own tables
_BOTH_ENROLLED = f"EXISTS ({_ENROLLED} = a.id) AND EXISTS ({_ENROLLED} = b.id)"
# each joins on equal keys, so that the database meets only rows that share one
SEARCHES: Mapping[Ground, str] = {
    Ground.PHONE: (
        f"SELECT a.id, b.id FROM {_PERSON} a JOIN {_PERSON} b "  # noqa: S608
        f"ON b.phone_index = a.phone_index AND b.name = a.name AND b.id > a.id WHERE {_BOTH_ENROLLED}"
    ),
    Ground.BIRTH: (  # with two checked numbers they are two people, unless something else is alike
        f"SELECT a.id, b.id FROM {_PERSON} a JOIN {_PERSON} b "  # noqa: S608
        "ON b.born_on = a.born_on AND b.name = a.name AND (b.id_index IS NOT NULL OR b.id > a.id) "
        f"WHERE a.id_index IS NULL AND a.id <> b.id AND {_BOTH_ENROLLED}"
    ),
    Ground.EMPLOYER: (
        f"SELECT a.id, b.id FROM {_MEMBER} x JOIN {_MEMBER} y "  # noqa: S608
        "ON y.name = x.name AND y.employer = x.employer AND y.person_id > x.person_id "
        f"JOIN {_PERSON} a ON a.id = x.person_id JOIN {_PERSON} b ON b.id = y.person_id "
        f"WHERE x.employer <> '' AND x.state {_LIVE} AND y.state {_LIVE} "
        "AND (a.born_on IS NULL OR b.born_on IS NULL OR a.born_on = b.born_on) "
        "AND (a.id_index IS NULL OR b.id_index IS NULL OR a.born_on = b.born_on) "
        "AND (a.gender = b.gender OR a.gender = 'u' OR b.gender = 'u')"
    ),
}


def candidates() -> dict[Key, set[str]]:
    """Return the pairs of persons (smaller key first) with something alike, each with its grounds: three statements."""
    found: dict[Key, set[str]] = {}
    with connection.cursor() as cursor:
        for ground, sql in SEARCHES.items():
            cursor.execute(f"{sql} LIMIT {MOST}")
            for one, other in cursor.fetchall():
                found.setdefault((min(one, other), max(one, other)), set()).add(ground.value)
    return found


def is_whole(found: Mapping[Key, set[str]]) -> bool:
    """Tell whether no ground was cut off at `MOST`, so that a pair not found is no longer alike."""
    counts = Counter(ground for grounds in found.values() for ground in grounds)
    return all(number < MOST for number in counts.values())


def homes(keys: Iterable[Key]) -> dict[Key, Organisation]:
    """Return for each pair the nearest organisation that reaches the present unions of both; two queries.

    A pair without memberships, or without any organisation above both, is left out.
    """
    pairs = list(keys)
    paths = _paths({person for key in pairs for person in key})
    above = {key: _common(paths.get(key[0], ""), paths.get(key[1], "")) for key in pairs}
    orgs = {org.path: org for org in everywhere().filter(path__in={path for path in above.values() if path})}
    return {key: orgs[path] for key, path in above.items() if path in orgs}


def _paths(persons: Iterable[int]) -> dict[int, str]:
    """Return the path of the union of each person's standing membership, else of the newest one."""
    rows = Membership.objects.filter(person__in=list(persons)).values_list(
        "person_id", "state", "pk", "organisation__path"
    )
    ordered = sorted(rows, key=lambda row: (row[1] in LIVE_STATES, row[2]))
    return {person: path for person, _, _, path in ordered}


def _common(one: str, other: str) -> str:
    shared = len(os.path.commonprefix([one, other]))  # noqa: RUF071 - digits, not folders
    return one[: shared - shared % Organisation.steplen]


def pairs_for(actor: Actor) -> QuerySet[Pair]:
    """Return the pairs whose unions both lie within the actor's reach."""
    return visible(actor, Permission.MERGE, Pair.objects.select_related("first", "second", "organisation"))


def waiting_first(rows: QuerySet[Pair]) -> QuerySet[Pair]:
    """Give pairs a `rank` that puts those to be judged before the others."""
    return rows.annotate(rank=Case(When(state="found", then=0), default=1, output_field=IntegerField()))


def pair_for(actor: Actor, pk: int) -> Pair:
    """Return one pair within reach, also after one of the two has moved meanwhile; raises Http404."""
    pair: Pair = get_object_or_404(pairs_for(actor), pk=pk)
    key = (pair.first_id, pair.second_id)
    home = homes([key]).get(key)
    if home is not None and not can(actor, Permission.MERGE, at=home):
        raise Http404
    return pair


@dataclass(frozen=True)
class Side:
    """One registration of a pair as the page shows it: numbers masked, the present membership first."""

    person: Person
    memberships: Sequence[Membership]

    @property
    def current(self) -> Membership | None:
        """Return the standing membership, else the newest one."""
        return self.memberships[0] if self.memberships else None

    @property
    def id_number(self) -> str:
        """Return the identity number, masked."""
        return self.person.id_number.masked() if self.person.id_number else ""

    @property
    def phone(self) -> str:
        """Return the phone number, masked."""
        return self.person.phone.masked() if self.person.phone else ""


def sides(pair: Pair) -> tuple[Side, Side]:
    """Return the two registrations with their memberships; one query."""
    rows = Membership.objects.filter(person__in=(pair.first_id, pair.second_id)).select_related("organisation")
    ordered = sorted(rows, key=lambda row: (row.state in LIVE_STATES, row.pk), reverse=True)
    first, second = (Side(p, [row for row in ordered if row.person_id == p.pk]) for p in (pair.first, pair.second))
    return first, second


@dataclass(frozen=True)
class Alike:
    """A thing compared on the page: what, how it is with each, and whether it is alike (None: not known of both)."""

    label: str
    values: tuple[str, str]
    is_alike: bool | None


def comparison(one: Side, other: Side) -> list[Alike]:
    """Return what is known of the two side by side; numbers stay masked, whether they are equal is told."""
    both = (one, other)
    return [
        _plain("姓名", one.person.name, other.person.name),
        Alike("身份证号码", (one.id_number, other.id_number), _same(one, other, "id_number")),
        Alike("手机号码", (one.phone, other.phone), _same(one, other, "phone")),
        _plain("出生日期", *(str(side.person.born_on or "") for side in both)),
        _plain("性别", *(side.person.get_gender_display() if side.person.gender != "u" else "" for side in both)),
        _plain("用人单位", *(side.current.employer if side.current else "" for side in both)),
        Alike("所在工会", _of_both(both, lambda row: row.organisation.name), None),
        Alike("会籍", _of_both(both, lambda row: row.state_label), None),
    ]


def _of_both(both: tuple[Side, Side], told: Callable[[Membership], str]) -> tuple[str, str]:
    one, other = (told(side.current) if side.current else "" for side in both)
    return one, other


def _plain(label: str, one: str, other: str) -> Alike:
    return Alike(label, (one, other), one == other if one and other else None)


def _same(one: Side, other: Side, name: str) -> bool | None:
    a, b = getattr(one.person, name), getattr(other.person, name)
    return is_same(a, b) if a and b else None


def standing_merge(pair: Pair) -> Merge | None:
    """Return the merge of a pair that has not been undone."""
    return Merge.objects.filter(pair=pair, undone_at__isnull=True).select_related("kept", "dropped").first()


def undo_rule(on: date, organisation: Organisation) -> Clause:
    """Return for how many `days` a merge can be undone."""
    return clause("defaults", "merge-undo", on=on, region=organisation.division_code)
