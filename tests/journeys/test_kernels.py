"""The pages of the kernels, as a person sees them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongshu.core.jobs import actions as jobs
from gongshu.core.jobs import housekeeping
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.messages import actions as messages

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_person_reads_their_messages(screen, world):
    account = world.account("铜仁市总")
    for subject in ("省总工会部署了一项任务", "督办通知"):
        messages.tell(
            [account],
            subject=subject,
            body="请于2026年12月31日前办结。",
            url="/messages/",
            at=timezone.now(),
            organisation=world.org("贵州省总"),
        )
    screen.sign_in(account)
    screen.go("/messages/")
    screen.check_access()
    screen.check_width()
    screen.picture("messages")

    screen.page.get_by_role("button", name="督办通知").click()
    assert screen.page.get_by_text("未读", exact=True).count() == 1
    screen.page.get_by_role("button", name="全部标为已读").click()
    assert screen.page.get_by_text("未读", exact=True).count() == 0


def test_an_empty_list_says_so(screen, world):
    screen.sign_in(world.account("铜仁市总"))
    screen.go("/messages/")
    screen.check_access()

    assert screen.page.get_by_text("还没有消息").is_visible()


def test_a_job_shows_how_far_it_is_and_then_that_it_is_done(screen, world):
    account = world.account("铜仁市总")
    job = jobs.enqueue(housekeeping.tidy_files, by=world.actor("铜仁市总"))
    Job.objects.filter(pk=job.pk).update(done=40, total=100, note="松桃苗族自治县总工会")
    screen.sign_in(account)
    screen.go(job.get_absolute_url())
    screen.check_access()
    screen.check_width()
    screen.picture("job")

    assert screen.page.get_by_text("40 / 100").is_visible()
    Worker().drain()
    screen.page.get_by_text("已完成").wait_for()
    screen.check_access()


def test_a_waiting_job_is_cancelled_with_the_button(desktop, world):
    job = jobs.enqueue(housekeeping.tidy_files, by=world.actor("铜仁市总"))
    desktop.sign_in(world.account("铜仁市总"))
    desktop.go(job.get_absolute_url())
    desktop.page.get_by_role("button", name="取消").click()

    desktop.page.get_by_text("已取消").wait_for()
    assert desktop.page.get_by_role("button", name="取消").count() == 0


def test_a_long_list_is_waited_for_and_then_downloaded(screen, world, settings, tmp_path):
    settings.EXPORT_AT_ONCE, settings.EXPORTS_ROOT = 1, tmp_path
    screen.sign_in(world.account("铜仁市总"))
    screen.go("/orgs/list/?export=xlsx")
    Worker().drain()
    screen.page.get_by_role("link", name="查看结果").click()
    screen.check_access()
    screen.check_width()
    screen.picture("exports")

    with screen.page.expect_download() as given:
        screen.page.get_by_role("link", name="组织", exact=True).last.click()
    assert given.value.suggested_filename == "组织.xlsx"
