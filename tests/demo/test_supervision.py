"""What a newcomer sees of supervision and reports in the demonstration."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from gongshu.delivery.models import SupervisionNotice, WorkReport
from gongshu.demo import delivery, documents, people, supervision, tree
from gongshu.demo.stages import Setting

CHINA = ZoneInfo("Asia/Shanghai")


@pytest.fixture(params=[datetime(2026, 11, 21, 1, 30, tzinfo=CHINA), datetime(2026, 3, 2, 15, 0, tzinfo=CHINA)])
def setting(request, db: None) -> Setting:
    setting = Setting(None, request.param)
    for stage in (tree.build, people.build, documents.receive_all, delivery.build):
        stage(setting)
    return setting


def test_there_are_notices_waiting_answered_and_overdue_and_a_report(setting: Setting) -> None:
    told = supervision.build(setting)

    today = timezone.localdate(setting.at)
    rows = SupervisionNotice.objects.order_by("due_on")
    assert [(row.state, row.due_on < today) for row in rows] == [("sent", True), ("answered", False), ("sent", False)]
    waiting = rows[2]
    assert (waiting.organisation.name, waiting.due_on - today) == ("铜仁市总工会", timedelta(days=7))
    report = WorkReport.objects.get()
    assert report.docx.location.read_bytes().startswith(b"PK")
    assert told == f"督办通知 3 份，{report}"


def test_a_visitor_who_has_dealt_with_the_matter_is_left_alone(setting: Setting) -> None:
    supervision.build(setting)
    assert supervision.build(setting).startswith("督办通知 0 份")
    assert SupervisionNotice.objects.count() == 3


def test_a_visitors_own_documents_are_left_to_them(db: None, tmp_path) -> None:
    setting = Setting(tmp_path, timezone.now())
    tree.build(setting), people.build(setting)
    assert supervision.build(setting) == "您的文件由您督办、报告，这里不代办"
    assert SupervisionNotice.objects.count() == 0
