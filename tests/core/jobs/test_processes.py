"""Workers as processes of their own: killed, ended, many at once."""

from __future__ import annotations

import os
import signal
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from gongshu.core.jobs import actions
from gongshu.core.jobs.enums import JobState
from gongshu.core.jobs.management.commands import serve as serving
from gongshu.core.jobs.models import Job
from gongshu.core.people.models import Person
from tests.core.jobs import catalogue
from tests.processes import wait_until

pytestmark = pytest.mark.slow


def names() -> list[str]:
    return sorted(Person.objects.values_list("name", flat=True))


def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(gongshu):
    job = actions.enqueue(catalogue.fill, count=40, pause=0.05)
    victim = gongshu("worker")
    wait_until(lambda: Person.objects.count() >= 5)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    written = Person.objects.count()

    heir = gongshu("worker")
    wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.DONE)
    heir.terminate()

    assert heir.wait(20) == 0
    job.refresh_from_db()
    assert 5 <= written < 40
    assert names() == sorted(f"人{number}" for number in range(40))
    assert (job.tries, job.result) == (2, {"written": 40})


def test_a_worker_asked_to_end_gives_the_job_back_with_its_cursor(gongshu):
    job = actions.enqueue(catalogue.fill, count=400, pause=0.05)
    worker = gongshu("worker")
    wait_until(lambda: Person.objects.count() >= 3)
    worker.terminate()

    assert worker.wait(60) == 0
    job.refresh_from_db()
    assert (job.state, job.tries, job.cursor) == (JobState.QUEUED, 0, Person.objects.count())


def test_a_running_job_is_cancelled_from_outside(gongshu):
    job = actions.enqueue(catalogue.fill, count=400, pause=0.05)
    worker = gongshu("worker", "--once")
    wait_until(lambda: Person.objects.count() >= 3)
    actions.cancel(job, at=timezone.now())

    assert worker.wait(60) == 0
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.CANCELLED, Person.objects.count())


def test_two_workers_share_a_queue_and_no_job_is_done_twice(gongshu):
    for number in range(60):
        actions.enqueue(catalogue.share, count=2, word=f"{number}-")
    workers = [gongshu("worker", "--drain") for _ in range(2)]

    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert names() == sorted(f"{number}-{n}" for number in range(60) for n in range(2))
    assert set(Job.objects.values_list("state", "tries")) == {(JobState.DONE, 1)}


def test_a_silent_job_keeps_its_lease_while_its_worker_lives(gongshu):
    job = actions.enqueue(catalogue.silent, seconds=5)
    workers = [gongshu("worker") for _ in range(2)]
    wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.DONE)
    for worker in workers:
        worker.terminate()

    assert [worker.wait(60) for worker in workers] == [0, 0]
    job.refresh_from_db()
    assert (job.tries, names()) == (1, ["一次"])


@pytest.mark.skipif(connection.vendor == "sqlite", reason="an embedded database does not go away")
def test_a_worker_whose_connection_is_cut_goes_on(gongshu):
    before = actions.enqueue(catalogue.fill, count=1)
    gongshu("worker")
    wait_until(lambda: Job.objects.get(pk=before.pk).state == JobState.DONE)
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 1
    after = actions.enqueue(catalogue.fill, count=1, word="后")

    wait_until(lambda: Job.objects.get(pk=after.pk).state == JobState.DONE)
    assert names() == ["人0", "后0"]


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_worker(pid: int) -> bool:
    return b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/static/nothing-here", timeout=5)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc to find the worker")
def test_serve_answers_restarts_a_dead_worker_and_ends_with_its_children(gongshu, unused_port):
    serve = gongshu("serve", "--port", str(unused_port))
    wait_until(lambda: answers(unused_port), seconds=60)
    before = [pid for pid in children(serve.pid) if is_worker(pid)]
    wait_until(lambda: Path(f"/proc/{before[0]}").exists())
    job = actions.enqueue(catalogue.fill, count=1)
    wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.DONE)

    signal_all(before, signal.SIGKILL)
    wait_until(lambda: [pid for pid in children(serve.pid) if is_worker(pid)] not in ([], before))
    again = actions.enqueue(catalogue.fill, count=1, word="再")
    wait_until(lambda: Job.objects.get(pk=again.pk).state == JobState.DONE)

    family = children(serve.pid)
    serve.terminate()
    assert serve.wait(30) == 0
    assert [pid for pid in family if Path(f"/proc/{pid}").exists()] == []
    assert not answers(unused_port)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc to find the children")
def test_nothing_of_a_server_that_was_killed_goes_on(gongshu, unused_port):
    serve = gongshu("serve", "--port", str(unused_port))
    wait_until(lambda: answers(unused_port), seconds=60)
    family = children(serve.pid)
    family += [pid for child in family for pid in children(child)]
    job = actions.enqueue(catalogue.fill, count=400, pause=0.05)
    wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.RUNNING)
    serve.kill()
    serve.wait()

    assert len(family) >= 3
    wait_until(lambda: not [pid for pid in family if Path(f"/proc/{pid}").exists()], seconds=30)
    job.refresh_from_db()
    assert (job.state, job.cursor, answers(unused_port)) == (JobState.QUEUED, Person.objects.count(), False)


def test_serve_says_what_to_do_first_where_the_database_is_empty(monkeypatch):
    monkeypatch.setattr(serving, "is_up_to_date", lambda: False)
    with pytest.raises(CommandError, match="gongshu migrate"):
        call_command("serve")


def signal_all(pids: list[int], number: int) -> None:
    for pid in pids:
        os.kill(pid, number)


@pytest.mark.parametrize(("cores", "threads"), [(1, "3"), (2, "5"), (64, "8")])
def test_the_server_is_not_given_more_threads_than_it_takes_without_a_warning(cores, threads, monkeypatch):
    monkeypatch.setattr(serving, "cpu_count", lambda: cores)
    command = serving.web_command("127.0.0.1", 8000, 0)
    assert command[command.index("--blocking-threads") + 1] == threads
