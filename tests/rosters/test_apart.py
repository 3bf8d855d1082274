"""Rosters read by a process of their own, blocks made ready by a thread: what ends, what fails, what changes."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone

from gongshu.core.files.sheets import apart, xlsx
from gongshu.core.jobs import actions
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.people import resealing
from gongshu.core.people.protected import ring
from gongshu.members.models import Membership
from gongshu.rosters import jobs
from gongshu.rosters.actions import preparing, receiving, staging
from gongshu.rosters.models import Block
from tests.members.samples import COUNTY
from tests.processes import children_of
from tests.rosters.samples import checked, matched, received_apart, row
from tests.worlds import World

pytestmark = pytest.mark.django_db
MANY = 480


@pytest.fixture(autouse=True)
def _few_at_once(settings) -> None:
    settings.ROSTER_ROWS_A_STEP = 100


def reading() -> list[object]:
    """Return the threads and processes that read at the moment."""
    threads = [thread.name for thread in threading.enumerate() if thread.name in ("sheet-reader", "roster-ahead_0")]
    return [*threads, *children_of(os.getpid())]


def test_a_roster_read_apart_is_checked_as_any_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = reading()
    wrong = ["错", "123", "", "", ""]
    roster = matched(received_apart(world, [*map(row, range(1, MANY + 1)), wrong], monkeypatch), world.actor(COUNTY))
    Worker().drain()
    roster.refresh_from_db()
    assert (roster.state, roster.counts, roster.read_to) == ("checked", {"new": MANY, "refused": 1}, MANY + 2)
    assert reading() == before


def test_a_check_that_is_cancelled_ends_the_process(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before, during = reading(), []
    matched(received_apart(world, map(row, range(1, MANY + 1)), monkeypatch), world.actor(COUNTY))
    real = staging.lay_aside

    def once(*args) -> None:
        real(*args)
        during.append(reading())
        actions.cancel(Job.objects.get(name="rosters.check"), at=timezone.now())

    monkeypatch.setattr(apart, "READ_AHEAD", 1)
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-P", "-S", "-c", FEW))
    monkeypatch.setattr(staging, "lay_aside", once)
    Worker().drain()
    assert Job.objects.get(name="rosters.check").state == "cancelled"
    assert [len(some) for some in during] == [len(before) + 2]
    assert reading() == before


def test_a_process_that_dies_costs_a_try_and_no_row(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    roster = matched(received_apart(world, map(row, range(1, MANY + 1)), monkeypatch), world.actor(COUNTY))
    healthy = apart.COMMAND
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-P", "-S", "-c", DYING))
    Worker().drain()
    job = Job.objects.get(name="rosters.check")
    roster.refresh_from_db()
    assert (job.state, job.problem) == ("queued", "处理时出错（Ended），未完成的部分没有写入")
    assert roster.read_to == 301
    monkeypatch.setattr(apart, "COMMAND", healthy)
    Job.objects.update(run_after=timezone.now())
    Worker().drain()
    roster.refresh_from_db()
    assert (roster.state, roster.counts, roster.rows) == ("checked", {"new": MANY}, MANY)


FEW = "from gongshu.core.files.sheets import child; child.ROWS_AT_ONCE = 10; child.main()"
DYING = """
import os
from gongshu.core.files.sheets import child
send, left = child.send, list(range(35))
def send_some(pipe, kind, content):
    if kind == child.ROWS:
        left.pop() if left else os.kill(os.getpid(), 9)
    send(pipe, kind, content)
child.send, child.ROWS_AT_ONCE = send_some, 10
child.main()
"""


def test_a_workbook_that_breaks_off_refuses_the_roster_in_words(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    roster = matched(received_apart(world, map(row, range(1, MANY + 1)), monkeypatch), world.actor(COUNTY))
    monkeypatch.setattr("gongshu.core.files.sheets.package.look_over", lambda *args: Torn)
    monkeypatch.setattr("gongshu.core.files.sheets.package.in_the_way", lambda *args: [])
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-P", "-S", "-c", BREAKING))
    Worker().drain()
    roster.refresh_from_db()
    assert (roster.state, roster.note) == ("refused", f"第{MANY}行：{xlsx.BROKEN}")


class Torn:
    """What a look over a workbook found that is torn in a place nobody looked at."""

    is_dense, inflated, last_row = False, 0, MANY


BREAKING = f"""
import json, sys
from gongshu.core.files.sheets import child, xlsx
child.receive(sys.stdin.buffer)
child.send(sys.stdout.buffer, child.REFUSED, json.dumps([[xlsx.BROKEN, {MANY}]]).encode())
"""


def test_a_block_made_ready_before_the_keys_changed_is_made_ready_anew(world: World) -> None:
    roster = checked(world, map(row, range(1, 301)))
    first, second, third = Block.objects.filter(roster=roster).order_by("last")
    with ThreadPoolExecutor(1) as pool:
        ahead = preparing.Ahead(pool)
        assert versions(ahead.rows_of(first)) == {1}
        resealing.add_active_keys("aes-256-gcm")
        assert ring().active == 2
        assert versions(ahead.rows_of(second)) == {2}
        assert [one.row.number for one in ahead.rows_of(third)] == [*range(202, 302)]


def versions(rows) -> set[int]:
    """Return the keys that the numbers of rows are sealed and indexed with."""
    people = [one.newcomer.entrant for one in rows]
    return {each[0] for person in people for each in (person.id_number, person.id_index)}


def test_many_blocks_come_in_one_after_another(world: World) -> None:
    before = reading()
    roster = checked(world, map(row, range(1, 351)))
    by = world.actor(COUNTY)
    receiving.confirm(roster, correct=True, move=False, by=by, at=timezone.now(), background=jobs.enqueue_enter)
    Worker().drain()
    roster.refresh_from_db()
    assert (roster.results, Membership.objects.count()) == ({"entered": 350}, 350)
    assert reading() == before
