"""The kernels' own jobs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from config.catalogue import SCHEDULES
from gongshu.core.jobs import actions, housekeeping
from gongshu.core.jobs.enums import JobState
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.trail import actions as trail
from gongshu.core.trail.models import Entry

pytestmark = pytest.mark.django_db


def test_the_schedules_of_the_catalogue_run_by_themselves():
    taken = Worker().drain()

    done = Job.objects.filter(state=JobState.DONE).values_list("name", flat=True).order_by("name")
    scheduled = sorted(schedule.handle.name for schedule in SCHEDULES)
    assert (taken, list(done)) == (len(scheduled), scheduled)
    assert {"files.tidy", "jobs.forget", "trail.seal"} <= set(scheduled)
    assert Worker().drain() == 0


def test_the_trail_is_sealed(world):
    trail.record("test", world.org("铜仁市总"), by=world.actor("铜仁市总"), at=timezone.now(), summary="试")
    actions.enqueue(housekeeping.seal_trail)
    Worker().drain()

    assert Entry.objects.exists()
    assert not Entry.objects.filter(seal__isnull=True).exists()


def test_old_periods_are_forgotten_and_jobs_somebody_asked_for_stay():
    long_ago = timezone.now() - timedelta(days=40)
    for key, ended in (("every:3600:1", long_ago), ("every:3600:2", timezone.now()), ("dispatch:7", long_ago)):
        Job.objects.create(name="old", key=key, state=JobState.DONE, finished_at=ended)
    actions.enqueue(housekeeping.forget_periods)
    Worker().drain()

    left = Job.objects.filter(name="old").values_list("key", flat=True).order_by("key")
    assert list(left) == ["dispatch:7", "every:3600:2"]


def test_logins_that_have_run_out_are_forgotten():
    for name, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=name, session_data="", expire_date=timezone.now() + timedelta(days=days))
    actions.enqueue(housekeeping.forget_sessions)
    Worker().drain()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
