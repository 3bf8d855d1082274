"""The page of a job: who sees it, what it says, how it is cancelled."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from gongshu.core.jobs import actions
from gongshu.core.jobs.enums import JobState
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from tests.core.jobs import catalogue


@pytest.fixture(autouse=True)
def _test_catalogue(settings):
    settings.CATALOGUE = "tests.core.jobs.catalogue"


@pytest.fixture
def job(world) -> Job:
    return actions.enqueue(catalogue.fill, by=world.actor("铜仁市总"), organisation=world.org("铜仁市总"), count=4)


def test_the_page_shows_how_far_the_job_is(job, client_of):
    Job.objects.update(state=JobState.RUNNING, done=1, total=4, note="松桃苗族自治县")
    page = client_of("铜仁市总").get(job.get_absolute_url()).content.decode()

    assert "1 / 4" in page
    assert "松桃苗族自治县" in page
    assert 'hx-trigger="every 1s"' in page
    assert "<html" in page


def test_htmx_gets_the_middle_part_alone_and_stops_asking_once_the_job_is_done(job, client_of):
    Worker().drain()
    part = client_of("铜仁市总").get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()

    assert part.strip().startswith('<div id="progress">')
    assert "已完成" in part
    assert "hx-get" not in part


def test_the_page_that_shows_the_result_itself_is_loaded_anew_once_the_job_is_done(job, client_of):
    Job.objects.update(state=JobState.DONE, result={"url": "/members/import/1/"})
    for around, refresh in (("http://testserver/members/import/1/", True), ("http://testserver/jobs/1/", False)):
        headers = {"HX-Request": "true", "HX-Current-URL": around}
        answer = client_of("铜仁市总").get(job.get_absolute_url(), headers=headers)
        assert answer.has_header("HX-Refresh") == refresh


@pytest.mark.parametrize(
    ("unit", "role", "status"),
    [
        ("铜仁市总", "office", 200),  # started it
        ("贵州省总", "admin", 200),  # may see background work of all below
        ("贵州省总", "leader", 404),  # above, without the permission
        ("贵阳市总", "admin", 404),  # the permission, but elsewhere
    ],
)
def test_only_its_starter_and_who_may_see_background_work_there_find_the_job(job, client_of, unit, role, status):
    assert client_of(unit, role).get(job.get_absolute_url()).status_code == status


def test_nobody_is_sent_to_log_in(job, client):
    response = client.get(job.get_absolute_url())

    assert (response.status_code, response.url.startswith(reverse("access:login"))) == (302, True)


def test_the_button_cancels_a_waiting_job(job, client_of):
    response = client_of("铜仁市总").post(reverse("jobs:cancel", args=[job.pk]))

    job.refresh_from_db()
    assert (response.status_code, response.url, job.state) == (302, job.get_absolute_url(), JobState.CANCELLED)


def test_a_stranger_cancels_nothing(job, client_of):
    assert client_of("贵阳市总").post(reverse("jobs:cancel", args=[job.pk])).status_code == 404
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_cancelling_a_finished_job_changes_nothing(job):
    Worker().drain()
    actions.cancel(job, at=timezone.now())

    assert (job.state, job.cancel_requested) == (JobState.DONE, False)
