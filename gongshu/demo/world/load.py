"""Putting a world into the database: COPY on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Model
from django.urls import reverse

from gongshu.core.access.actor import system_actor
from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Person
from gongshu.core.people.protected import ring
from gongshu.core.trail import actions as trail
from gongshu.demo.world.rows import MEMBER_COLUMNS, PERSON_COLUMNS, People, open_title
from gongshu.demo.world.shape import NAMES, Union, unions
from gongshu.members.actions import tallies
from gongshu.members.enums import Permission
from gongshu.members.models import Membership

SEED = 20261120
CHUNK = 50_000
ORG_COLUMNS = (
    "id", "path", "depth", "numchild", "name", "short_name", "level", "kind", "division_code", "industry", "is_demo",
)  # fmt: skip
Told = Callable[[int], None]


def nobody(done: int) -> None:
    """Tell nobody how many members are done."""


@dataclass(frozen=True)
class Built:
    """What was built, and in how many seconds: the rows themselves, and the counters afterwards."""

    orgs: int
    members: int
    seconds: float
    counting_seconds: float

    @property
    def rows_a_second(self) -> float:
        """Return the rows of organisations, persons and memberships written in a second."""
        return (self.orgs + 2 * self.members) / self.seconds


def check_empty() -> None:
    """Raise Refused where real organisations, members other than the demonstration's, or a world are held."""
    real = Organisation.objects.filter(is_demo=False).exists() or Membership.objects.exclude(source="demo").exists()
    if real or Organisation.objects.filter(name=NAMES[0]).exists():
        raise Refused.because("数据库里已有真实的工会或会员，不能再造演示数据；请另用一个空的数据库")


def build(orgs: int, members: int, *, at: datetime, told: Told = nobody) -> Built:
    """Build a world beside what demonstration there is; raises Refused on a database in real use."""
    check_empty()
    started = time.perf_counter()
    chance = Random(SEED)  # noqa: S311 - made-up people, not secrets
    roots = Organisation.objects.filter(depth=1).count()
    found = list(unions(orgs, members, first_pk=next_pk(Organisation), root=roots + 1, chance=chance))
    with transaction.atomic():
        put(Organisation, ORG_COLUMNS, (_org_row(union) for union in found))
    _people(found, at, chance, told)
    filled = time.perf_counter()
    _settle(found[0], at, f"{len(found)} 个组织、{members} 名会员")
    return Built(len(found), members, filled - started, time.perf_counter() - filled)


def _people(found: Sequence[Union], at: datetime, chance: Random, told: Told) -> None:
    people = People(ring(), max(next_pk(Person), next_pk(Membership)), at, chance)
    rows = (row for union in found if union.size for row in people.of(union))
    done = 0
    for chunk in _chunks(rows):
        with transaction.atomic():
            put(Person, PERSON_COLUMNS, (person for person, _ in chunk))
            put(Membership, MEMBER_COLUMNS, (membership for _, membership in chunk))
            OpenItem.objects.bulk_create(items_of([membership for _, membership in chunk], at), batch_size=1000)
        done += len(chunk)
        told(done)


def count_keys_on(*models: type[Model]) -> None:
    """Let the database give keys after those that were written with their rows, and look at the tables anew."""
    with connection.cursor() as cursor:
        for model in models:
            if connection.vendor == "postgresql":
                table = model._meta.db_table
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table}")  # noqa: S608
        cursor.execute("ANALYZE")


def _settle(root: Union, at: datetime, told: str) -> None:
    count_keys_on(Organisation, Person, Membership)
    tallies.rebuild()
    tallies.refresh_summaries(at=at)
    org = Organisation.objects.get(pk=root.pk)
    trail.record("build", org, by=system_actor("演示数据"), at=at, summary=f"造演示数据：{told}")


def next_pk(model: type[Model]) -> int:
    """Return the key after the last one."""
    last: int | None = model._default_manager.aggregate(last=Max("pk"))["last"]
    return (last or 0) + 1


def _org_row(union: Union) -> tuple[Any, ...]:
    return (
        union.pk, union.path, union.depth, union.below, union.name, union.name, union.level, union.kind, "",
        union.industry, True,
    )  # fmt: skip


def items_of(rows: Sequence[tuple[Any, ...]], at: datetime) -> list[OpenItem]:
    """Return the open items of those membership rows that wait for approval."""
    place = {name: n for n, name in enumerate(MEMBER_COLUMNS)}
    return [
        OpenItem(
            kind=Membership._meta.label_lower,
            object_id=row[place["id"]],
            organisation_id=row[place["organisation_id"]],
            permission=Permission.APPROVE,
            title=open_title(row[place["name"]], row[place["form"]]),
            url=reverse("members:member", args=[row[place["id"]]]),
            state="applied",
            due_on=row[place["due_on"]],
            opened_at=at,
        )
        for row in rows
        if row[place["state"]] == "applied"
    ]


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    chunk = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def put(model: type[Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows in the caller's transaction, the quickest way the database has."""
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["?"] * len(columns))
            plain = ([_plain(value) for value in row] for row in rows)
            cursor.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", plain)  # noqa: S608


def _plain(value: Any) -> Any:
    """Return a value as SQLite stores it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.isoformat() if isinstance(value, date) else value
