"""Putting a world into the database."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Model
from django.urls import reverse
from django.utils import timezone

from gongshu.core.access.actor import system_actor
from gongshu.core.base.bulk import Rows, put
from gongshu.core.base.keyring import KeyRing, read_ring
from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.metrics.refreshed import listed_sums
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Person
from gongshu.core.people.protected import ring, ring_path
from gongshu.core.trail import actions as trail
from gongshu.demo.world.bulk import copy_text, without_indexes
from gongshu.demo.world.rows import MEMBER_COLUMNS, PENDING, PERSON_COLUMNS, STATE, People, open_title
from gongshu.demo.world.shape import NAMES, Union, unions
from gongshu.demo.world.workers import in_order
from gongshu.members.actions import tallies
from gongshu.members.actions.joining import approval_due
from gongshu.members.enums import Permission
from gongshu.members.models import Membership

SEED = 20261120
CHUNK = 50_000
ORG_COLUMNS = (
    "id", "path", "depth", "numchild", "name", "short_name", "level", "kind", "division_code", "industry", "is_demo",
)  # fmt: skip
WORTH_A_PROCESS = 500_000  # members; starting other processes takes a second or two
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
    found = list(unions(orgs, members, first_pk=key_after(Organisation), root=roots + 1, chance=chance))
    with transaction.atomic():
        put(Organisation, ORG_COLUMNS, (_org_row(union) for union in found))
    _people(found, at, told)
    filled = time.perf_counter()
    _settle(found[0], at, f"{len(found)} 个组织、{members} 名会员")
    return Built(len(found), members, filled - started, time.perf_counter() - filled)


@dataclass(frozen=True)
class Share:
    """Some unions whose members are made together, and the keys of the first person of the world and of this share."""

    unions: Sequence[Union]
    first_pk: int
    next_pk: int

    @property
    def size(self) -> int:
        """Return how many members they have."""
        return sum(union.size for union in self.unions)


@dataclass(frozen=True)
class Made:
    """The rows of a share, persons and memberships as COPY takes them or as tuples, and applications among them."""

    size: int
    persons: Rows
    memberships: Rows
    pending: Sequence[tuple[Any, ...]]


def shares(found: Sequence[Union], first_pk: int) -> Iterator[Share]:
    """Yield shares of about `CHUNK` members; a union is never divided."""
    some, size, next_pk = list[Union](), 0, first_pk
    for union in found:
        if union.size:
            some.append(union)
            size += union.size
        if size >= CHUNK:
            yield Share(some, first_pk, next_pk)
            next_pk += size
            some, size = [], 0
    if some:
        yield Share(some, first_pk, next_pk)


def made(share: Share, keys: KeyRing, at: datetime, due: date, is_copied: bool) -> Made:
    """Make the people of a share, by its own seed; with `is_copied` as COPY takes them."""
    chance = Random(SEED + share.next_pk)  # noqa: S311 - made-up people, not secrets
    people = People(keys, share.first_pk, at, due, chance, share.next_pk)
    rows = [row for union in share.unions for row in people.of(union)]
    persons, memberships = [person for person, _ in rows], [membership for _, membership in rows]
    pending = [row for row in memberships if row[STATE] == PENDING]
    if is_copied:
        return Made(len(rows), copy_text(persons), copy_text(memberships), pending)
    return Made(len(rows), persons, memberships, pending)


def _people(found: Sequence[Union], at: datetime, told: Told) -> None:
    first = max(key_after(Person), key_after(Membership))
    ring()  # makes the file where there is none; what is read anew can be sent to another process
    keys, is_copied = read_ring(ring_path()), connection.vendor == "postgresql"
    due = approval_due(timezone.localdate(at), Organisation.objects.get(pk=found[0].pk))
    calls = ((share, keys, at, due, is_copied) for share in shares(found, first))
    is_large = sum(union.size for union in found) > WORTH_A_PROCESS
    done = 0
    with without_indexes(Person, Membership) if is_copied else nullcontext():
        for each in in_order(made, calls, (os.cpu_count() or 1) if is_large else 0):
            with transaction.atomic():
                put(Person, PERSON_COLUMNS, each.persons)
                put(Membership, MEMBER_COLUMNS, each.memberships)
                OpenItem.objects.bulk_create(items_of(each.pending, at), batch_size=1000)
            done += each.size
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
    for each in listed_sums():
        each.refresh(at=at)
    org = Organisation.objects.get(pk=root.pk)
    trail.record("build", org, by=system_actor("演示数据"), at=at, summary=f"造演示数据：{told}")


def key_after(model: type[Model]) -> int:
    """Return the key after the last one of a model."""
    last: int | None = model._default_manager.aggregate(last=Max("pk"))["last"]
    return (last or 0) + 1


def _org_row(union: Union) -> tuple[Any, ...]:
    return (
        union.pk, union.path, union.depth, union.below, union.name, union.name, union.level, union.kind, "",
        union.industry, True,
    )  # fmt: skip


def items_of(rows: Sequence[tuple[Any, ...]], at: datetime) -> list[OpenItem]:
    """Return the open items of membership rows: of those that wait for approval, the others have none."""
    place = {name: n for n, name in enumerate(MEMBER_COLUMNS)}
    return [
        OpenItem(
            kind=Membership._meta.label_lower,
            object_id=row[place["id"]],
            organisation_id=row[place["organisation_id"]],
            permission=Permission.APPROVE,
            title=open_title(row[place["name"]], row[place["form"]]),
            url=reverse("members:member", args=[row[place["id"]]]),
            state=PENDING,
            due_on=row[place["due_on"]],
            opened_at=at,
        )
        for row in rows
        if row[STATE] == PENDING
    ]
