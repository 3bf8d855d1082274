"""Workers killed without warning in the middle of a roster: nothing is lost, nothing is doubled."""

from __future__ import annotations

import subprocess
import time
from datetime import timedelta
from functools import partial
from random import Random

import pytest
from django.utils import timezone

from gongshu.core.jobs.models import Job
from gongshu.core.people.models import Person
from gongshu.members.actions import tallies
from gongshu.members.models import Membership
from gongshu.rosters import jobs
from gongshu.rosters.actions import receiving, staging
from gongshu.rosters.models import Roster
from tests.members.samples import COUNTY, member
from tests.processes import children_of, is_running, wait_until
from tests.rosters.conftest import Work
from tests.rosters.samples import BASE_NAME, OTHER_NAME, matched, received, received_apart, row
from tests.worlds import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NAMELESS, CHANGED, KILLS = 60, 40, 3


def rows() -> list[list[str]]:
    """Return people with and without numbers, some of them twice, some wrong, some members already."""
    found = [row(n, union=(BASE_NAME, OTHER_NAME)[n % 2]) for n in range(1, 400)]
    found += [[f"无{n}", "", f"138{n:08d}", "", BASE_NAME] for n in range(NAMELESS)]
    found += [row(n, phone="13900001111") for n in range(400, 400 + CHANGED)]
    return [*found, row(1), row(2), ["错", "123", "", "", BASE_NAME]]


def kill(worker: subprocess.Popen[bytes]) -> None:
    """Kill a worker as a power cut would, and let its lease run out; nothing it has started stays."""
    started = children_of(worker.pid)
    worker.kill()
    worker.wait()
    wait_until(lambda: not any(map(is_running, started)))
    Job.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))


def killed_on_the_way(work: Work, name: str, chance: Random) -> int:
    """Have workers do a job, each killed at some moment on the way but the last; return how many tries it took."""
    for _ in range(KILLS):
        worker = work()
        job = Job.objects.get(name=name)
        goal = job.done + chance.randint(30, 150)
        wait_until(partial(_has_come, name, goal))
        time.sleep(chance.random() / 20)
        kill(worker)
    last = work()
    wait_until(lambda: Job.objects.get(name=name).is_finished)
    last.terminate()
    last.wait()
    job = Job.objects.get(name=name)
    assert job.state == "done", job.problem
    return job.tries


def _has_come(name: str, goal: int) -> bool:
    job = Job.objects.get(name=name)
    return job.done >= goal or job.is_finished


@pytest.mark.parametrize("seed", [1, 2])
def test_a_roster_killed_again_and_again_comes_in_once(
    world: World, work: Work, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(seed)
    for n in range(400, 400 + CHANGED):
        member(world, f"张{n}", order=n)
    by = world.actor(COUNTY)
    whole = received(world, rows(), by=by) if seed == 1 else received_apart(world, rows(), monkeypatch)
    roster = matched(whole, by)
    tries = killed_on_the_way(work, "rosters.check", chance)
    roster.refresh_from_db()
    assert roster.counts == {"new": 399 + NAMELESS, "changed": CHANGED, "refused": 3}
    assert staging.count(roster) == roster.counts
    assert roster.rows == len(rows())
    receiving.confirm(roster, correct=True, move=False, by=by, at=timezone.now(), background=jobs.enqueue_enter)
    tries += killed_on_the_way(work, "rosters.enter", chance)
    roster.refresh_from_db()
    assert roster.results == {"entered": 399 + NAMELESS, "corrected": CHANGED, "refused": 3}
    assert Membership.objects.count() == 399 + NAMELESS + CHANGED
    assert Person.objects.filter(memberships__isnull=False).distinct().count() == 399 + NAMELESS + CHANGED
    assert tallies.differing() == []
    assert tries > 2
    assert Roster.objects.get().state == "done"
