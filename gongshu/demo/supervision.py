"""Supervision and a report on the demonstration's plan: notices waiting, answered and overdue; the year so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from gongshu.core.access.actor import Actor, system_actor
from gongshu.core.base.problems import Refused
from gongshu.delivery.actions.reporting import Written, keep_report
from gongshu.delivery.actions.supervision import NoticeOrder, answer_notice, supervise
from gongshu.delivery.enums import ReportKind
from gongshu.delivery.exports import report_paper
from gongshu.delivery.models import Assignment, Dispatch, Plan, WorkReport
from gongshu.delivery.queries.reporting import report_figures, span_of
from gongshu.delivery.queries.supervision import Matter
from gongshu.demo.delivery import FORM, LATE, PROVINCE, officer_at
from gongshu.demo.stages import Setting

WORDS = "此项任务已到期，尚未办结。请说明原因，提出下一步措施和预计完成时间。（演示）"
ANSWER = "因活动场地调整推迟，已重新排定，五个工作日内办结。（演示）"


SENT, ANSWERED = timedelta(days=2), timedelta(days=1)
NOTICES = ((5, True), (7, False), (-1, False))  # due how many days from today, answered; for each city of LATE


@dataclass(frozen=True)
class Notice:
    """A notice to be sent: about which assignment, due how many days from today, answered or not."""

    about: Assignment
    due: int
    is_answered: bool


def build(setting: Setting) -> str:
    """Send three notices about the demonstration's own plan and keep a report on it."""
    officer = officer_at(PROVINCE, setting)
    own = Dispatch.objects.filter(token__startswith=FORM, issuer=officer.desk)
    plan = Plan.objects.filter(organisation=officer.desk, tasks__dispatches__in=own).order_by("pk").first()
    if setting.docs or plan is None:
        return "您的文件由您督办、报告，这里不代办"
    sent = sum(_send(notice, officer, setting) for notice in _notices(plan, setting))
    return f"督办通知 {sent} 份，{_report(plan, officer, setting)}"


def _notices(plan: Plan, setting: Setting) -> Iterator[Notice]:
    """Yield one that is answered, one that waits at a desk with an account, one whose day is over."""
    today = timezone.localdate(setting.at)
    late = plan.tasks.filter(dispatches__due_on__lt=today).order_by("order").first()
    given = Assignment.objects.filter(task=late, issuer=plan.organisation).select_related("organisation")
    cities = list(given.select_related("task__plan", "task__programme").order_by("organisation__path"))
    for place, (due, answered) in zip(LATE, NOTICES, strict=True):
        if place < len(cities):
            yield Notice(cities[place], due, answered)


def _send(notice: Notice, officer: Actor, setting: Setting) -> int:
    """Send a notice and have it answered where it is; a visitor who dealt with the matter already is left alone."""
    task, org = notice.about.task, notice.about.organisation
    at, due_on = setting.at - SENT, timezone.localdate(setting.at + timedelta(days=notice.due))
    order = NoticeOrder([Matter(org, task.plan, task.programme, task)], WORDS, due_on)
    try:
        sent = supervise(order, by=officer, at=at).sent[0]
    except Refused:
        return 0
    if notice.is_answered:
        city = system_actor("演示数据", org)
        answer_notice(sent, ANSWER, by=city, at=setting.at - ANSWERED)
    return 1


def _report(plan: Plan, officer: Actor, setting: Setting) -> WorkReport:
    on = timezone.localdate(setting.at)
    figures = report_figures(plan.organisation, [plan], span_of(ReportKind.YEAR, on.year, on=on), at=setting.at)
    paper = report_paper(figures, on=on)
    return keep_report(figures, Written(paper.title, paper.docx(), None), by=officer, at=setting.at)
