"""Approving ten thousand applications in one action, each with its own entry in the trail."""

from __future__ import annotations

import time
from random import Random

from django.utils import timezone

from benchmarks._world import verdict
from gongshu.core.access.actor import system_actor
from gongshu.core.flow.actions import item_for
from gongshu.core.flow.models import OpenItem
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Person
from gongshu.core.trail.models import Entry
from gongshu.members.actions import joining, tallies
from gongshu.members.models import Membership

NUMBER, SECONDS = 10_000, 10.0


def applications(number: int) -> list[int]:
    """Put in applications at unions here and there and return their keys."""
    at, chance = timezone.now(), Random(1)
    unions = list(Organisation.objects.filter(depth__gte=6).order_by("pk")[:2_000])
    persons = Person.objects.bulk_create([Person(name=f"测{n}") for n in range(number)], batch_size=2_000)
    rows = []
    for person in persons:
        row = Membership(person=person, organisation=chance.choice(unions), name=person.name, form="staff")
        row.state, row.state_since, row.applied_at, row.due_on = "applied", at, at, timezone.localdate(at)
        rows.append(row)
    Membership.objects.bulk_create(rows, batch_size=2_000)
    OpenItem.objects.bulk_create([item for row in rows if (item := item_for(row, at=at))], batch_size=2_000)
    tallies.add((row.organisation_id, {"pending": 1}) for row in rows)
    return [row.pk for row in rows]


def run() -> bool:
    """Approve them all at once."""
    keys = applications(NUMBER)
    before = Entry.objects.filter(verb="approve").count()
    started = time.perf_counter()
    outcome = joining.decide_many(keys, "approve", by=system_actor("测量"), at=timezone.now())
    seconds = time.perf_counter() - started
    entries = Entry.objects.filter(verb="approve").count() - before
    assert (outcome.done, entries) == (NUMBER, NUMBER)
    assert tallies.differing() == []
    return verdict(
        f"一次批准 {NUMBER:,} 件、{entries:,} 条留痕，{seconds:.2f} 秒（不超过 {SECONDS:.0f} 秒）", seconds <= SECONDS
    )
