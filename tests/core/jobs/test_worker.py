"""One job after another, in this process."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from gongshu.core.jobs import actions
from gongshu.core.jobs.enums import JobState
from gongshu.core.jobs.handles import Schedule
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.run import Cancelled, LeaseLost, Run
from gongshu.core.jobs.worker import Worker
from gongshu.core.people.models import Person
from tests.core.jobs import catalogue

pytestmark = pytest.mark.django_db
LEASES = {"test.fill": timedelta(seconds=2)}


@pytest.fixture(autouse=True)
def _test_catalogue(settings):
    settings.CATALOGUE = "tests.core.jobs.catalogue"


def claimed_run() -> Run:
    job = actions.claim(LEASES, at=timezone.now())
    assert job is not None
    return Run(job, timedelta(seconds=2), lambda: False)


def test_a_job_is_done_once_with_its_result():
    job = actions.enqueue(catalogue.fill, count=3)

    assert Worker().drain() == 1

    job.refresh_from_db()
    assert (job.state, job.result, job.tries, job.percent) == (JobState.DONE, {"written": 3}, 1, 100)
    assert sorted(Person.objects.values_list("name", flat=True)) == ["人0", "人1", "人2"]
    assert Worker().drain() == 0


def test_the_same_key_is_the_same_job_while_it_waits_and_after_it_is_done():
    first = actions.enqueue(catalogue.fill, key="fill:1", count=1)
    again = actions.enqueue(catalogue.fill, key="fill:1", count=1)
    Worker().drain()
    after = actions.enqueue(catalogue.fill, key="fill:1", count=1)

    assert (again.pk, after.pk, Job.objects.count()) == (first.pk, first.pk, 1)


def test_the_same_key_is_a_new_job_after_the_first_was_cancelled():
    first = actions.enqueue(catalogue.fill, key="fill:1", count=1)
    actions.cancel(first, at=timezone.now())
    again = actions.enqueue(catalogue.fill, key="fill:1", count=1)

    assert first.state == JobState.CANCELLED
    assert again.pk != first.pk


def test_a_job_enqueued_in_a_transaction_that_fails_does_not_exist():
    with transaction.atomic():
        actions.enqueue(catalogue.fill, count=1)
        transaction.set_rollback(True)

    assert Job.objects.count() == 0


def test_wrong_arguments_are_found_when_enqueueing():
    with pytest.raises(TypeError):
        actions.enqueue(catalogue.fill, rows=1)


def test_a_job_is_not_taken_before_its_time():
    actions.enqueue(catalogue.fill, run_after=timezone.now() + timedelta(hours=1), count=1)

    assert Worker().drain() == 0


def test_an_error_leaves_nothing_and_is_tried_again_until_tries_run_out():
    job = actions.enqueue(catalogue.stumble)
    worker = Worker()

    worker.work_once()
    job.refresh_from_db()
    assert (job.state, job.tries, job.problem) == (JobState.QUEUED, 1, "处理时出错（ValueError），未完成的部分没有写入")
    assert job.run_after > timezone.now()

    Job.objects.update(run_after=timezone.now())
    worker.work_once()
    job.refresh_from_db()
    assert (job.state, job.tries) == (JobState.FAILED, 2)
    assert Person.objects.count() == 0


def test_a_refusal_is_final_and_keeps_its_sentence():
    job = actions.enqueue(catalogue.refuse)
    Worker().drain()

    job.refresh_from_db()
    assert (job.state, job.tries, job.problem) == (JobState.FAILED, 1, "下级工会不存在，请重新选择")


def test_a_cancelled_job_stops_before_its_next_step():
    job = actions.enqueue(catalogue.fill, count=5)
    run = claimed_run()
    with run.step():
        run.cursor = 1
    actions.cancel(job, at=timezone.now())

    with pytest.raises(Cancelled), run.step():
        Person.objects.create(name="不应存在")

    assert Person.objects.count() == 0
    job.refresh_from_db()
    assert (job.state, job.cancel_requested, job.cursor) == (JobState.RUNNING, True, 1)


def test_a_worker_whose_lease_was_taken_over_commits_nothing():
    actions.enqueue(catalogue.fill, count=5)
    zombie = claimed_run()
    heir = actions.claim(LEASES, at=timezone.now() + timedelta(seconds=3))

    with pytest.raises(LeaseLost), zombie.step():
        Person.objects.create(name="僵尸")

    assert heir is not None
    assert (heir.pk, heir.tries, heir.lease_token) == (zombie.job.pk, 2, 2)
    assert Person.objects.count() == 0
    assert not actions.finish(zombie.job, {"written": 0}, at=timezone.now())


def test_a_lease_lost_in_the_middle_of_a_step_undoes_the_step():
    actions.enqueue(catalogue.fill, count=5)
    zombie = claimed_run()

    with pytest.raises(LeaseLost), zombie.step():  # noqa: PT012 - what raises is the end of the step
        Person.objects.create(name="僵尸")
        Job.objects.update(lease_token=7)

    assert Person.objects.count() == 0


def test_a_living_lease_is_not_taken():
    actions.enqueue(catalogue.fill, count=5)
    claimed_run()

    assert actions.claim(LEASES, at=timezone.now() + timedelta(seconds=1)) is None


def test_a_job_whose_workers_keep_dying_is_given_up():
    job = actions.enqueue(catalogue.fill, count=5)
    at = timezone.now()
    for _ in range(3):
        assert actions.claim(LEASES, at=at) is not None
        at += timedelta(seconds=3)

    assert actions.claim(LEASES, at=at) is None
    job.refresh_from_db()
    assert (job.state, job.tries) == (JobState.FAILED, 3)


def test_a_schedule_enqueues_one_job_a_period():
    hourly = (Schedule(catalogue.fill, every=timedelta(hours=1), args={"count": 1}),)
    morning = datetime(2026, 11, 20, 1, 10, tzinfo=UTC)

    made = [len(actions.enqueue_due(hourly, at=morning + timedelta(minutes=n))) for n in (0, 20, 49, 50, 70)]

    assert made == [1, 0, 0, 1, 0]


def test_a_daily_schedule_begins_its_period_at_the_local_hour():
    nightly = Schedule(catalogue.fill, every=timedelta(days=1), offset=timedelta(hours=3))
    before = actions.period_key(nightly, datetime(2026, 11, 19, 18, 59, tzinfo=UTC))  # 02:59 in Shanghai
    after = actions.period_key(nightly, datetime(2026, 11, 19, 19, 0, tzinfo=UTC))  # 03:00
    noon = actions.period_key(nightly, datetime(2026, 11, 20, 4, 0, tzinfo=UTC))

    assert before != after
    assert after == noon


def test_claiming_costs_the_same_however_long_the_queue(django_assert_num_queries):
    for number in range(30):
        actions.enqueue(catalogue.fill, count=1, word=f"{number}-")

    with django_assert_num_queries(7):  # silent ones, any ready, savepoint, pick, take, reread, savepoint
        actions.claim(LEASES, at=timezone.now())


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"cancel_requested": True}, JobState.CANCELLED),
        ({"lease_token": 7}, JobState.RUNNING),  # another worker's by now: not ours to settle
        ({"state": JobState.CANCELLED, "lease_token": 7}, JobState.CANCELLED),
    ],
)
def test_what_befalls_a_running_job_ends_it_without_a_trace(changes, state):
    job = actions.enqueue(catalogue.meddle, changes=changes)

    assert Worker().work_once()

    job.refresh_from_db()
    assert (job.state, job.tries, job.problem) == (state, 1, "")
    assert Person.objects.count() == 0


def test_a_worker_asked_to_stop_gives_the_job_back_and_the_try_does_not_count():
    job = actions.enqueue(catalogue.fill, count=2)
    worker = Worker()
    worker.stop()
    worker.work_once()

    job.refresh_from_db()
    assert (job.state, job.tries, Person.objects.count()) == (JobState.QUEUED, 0, 0)
    assert worker.drain() == 0


def test_progress_is_written_twice_a_second_at_most(django_assert_num_queries):
    actions.enqueue(catalogue.fill, count=5)
    run = claimed_run()
    with django_assert_num_queries(0):
        run.progress(1, 5)
    run._written -= 1
    with django_assert_num_queries(2):
        run.progress(2, 5, "松桃苗族自治县")

    assert Job.objects.values_list("done", "total", "note").get() == (2, 5, "松桃苗族自治县")


def test_progress_of_a_cancelled_job_ends_it():
    job = actions.enqueue(catalogue.fill, count=5)
    run = claimed_run()
    actions.cancel(job, at=timezone.now())
    run._written -= 1

    with pytest.raises(Cancelled):
        run.progress(1, 5)


def test_a_cancelled_job_whose_worker_died_is_cancelled_and_not_run_again():
    job = actions.enqueue(catalogue.fill, count=5)
    claimed_run()
    actions.cancel(job, at=timezone.now())

    assert actions.claim(LEASES, at=timezone.now() + timedelta(seconds=3)) is None
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_jobs_the_catalogue_does_not_list_are_left_to_others():
    Job.objects.create(name="elsewhere.job")

    assert Worker().drain() == 0
    assert Job.objects.get().state == JobState.QUEUED


@pytest.mark.django_db(transaction=True)
def test_two_who_enqueue_the_same_key_at_once_get_the_same_job():
    begun = threading.Event()
    found: list[int] = []

    def second() -> None:
        begun.set()
        found.append(actions.enqueue(catalogue.fill, key="fill:1", count=1).pk)
        connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        first = actions.enqueue(catalogue.fill, key="fill:1", count=1)
        thread.start()
        begun.wait()
        time.sleep(0.3)  # the second one is waiting for this transaction by now
    thread.join()

    assert found == [first.pk]
    assert Job.objects.count() == 1
