"""Supervision: asked once about the same work, answered in one text, closed; every step tells those concerned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, accounts_at, require
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.files.actions import supersede
from gongshu.core.files.models import Attachment
from gongshu.core.flow import actions as flow
from gongshu.core.messages.actions import tell
from gongshu.core.orgs.models import Organisation
from gongshu.delivery import rules
from gongshu.delivery.enums import Permission
from gongshu.delivery.models import SupervisionNotice
from gongshu.delivery.queries.supervision import Matter, Standing, answer_day, law_of, look_at


@dataclass(frozen=True)
class NoticeOrder:
    """What is asked of whom: one notice for each matter, with the same words and the same day."""

    matters: Sequence[Matter]
    words: str
    due_on: date


@dataclass(frozen=True)
class Outcome:
    """What became of an order: the notices that went out, and why others did not."""

    sent: list[SupervisionNotice] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def supervise(order: NoticeOrder, *, by: Actor, at: datetime) -> Outcome:
    """Send a notice for each matter that may be supervised; the others stay with their reasons.

    Raises Refused when the order itself is wrong or no notice could go out.
    """
    issuer = by.desk
    if issuer is None:
        raise Refused.because("请先选择您所在的组织，再发督办通知")
    require(by, Permission.SUPERVISE, at=issuer)
    today = timezone.localdate(at)
    refuse_if(rules.order_problems(order.words, order.due_on, today=today))
    if not order.matters:
        raise Refused.because("没有选到要督办的事项，请先勾选")
    outcome, law = Outcome(), law_of(today)
    with transaction.atomic():
        for matter, known in zip(order.matters, look_at(order.matters, issuer, on=today), strict=True):
            problems = rules.notice_problems(known.facts, law, today=today)
            if not problems:
                notice = _notice(order, matter, known, issuer, on=today)
                problems = _send(notice, by=by, at=at)
            if not problems:
                outcome.sent.append(notice)
            outcome.problems.extend(problems)
        refuse_if([] if outcome.sent else outcome.problems)
        _tell_all(outcome.sent, at=at)
    return outcome


def _notice(
    order: NoticeOrder, matter: Matter, known: Standing, issuer: Organisation, *, on: date
) -> SupervisionNotice:
    return SupervisionNotice(
        issuer=issuer,
        organisation=matter.organisation,
        plan=matter.plan,
        programme=matter.programme,
        task=matter.task,
        words=order.words.strip(),
        status_then=known.status.code,
        issued_on=on,
        due_on=order.due_on,
    )


def _send(notice: SupervisionNotice, *, by: Actor, at: datetime) -> list[Problem]:
    """Write one notice; return the problem that somebody else was quicker."""
    name = notice.organisation.short_name
    detail = {"words": notice.words, "due_on": str(notice.due_on), "status": notice.status_then}
    try:
        with transaction.atomic():
            flow.start(notice, by=by, at=at, summary=f"发出督办通知：{notice.subject}（{name}）", detail=detail)
    except IntegrityError:
        return [Problem(f"“{name}”的“{notice.subject}”刚有人发出督办，没有重复发")]
    return []


def _tell_all(notices: Sequence[SupervisionNotice], *, at: datetime) -> None:
    """Tell the people at each desk, looked up at once."""
    orgs = {notice.organisation_id for notice in notices}
    people = accounts_at(Permission.ANSWER, orgs, on=timezone.localdate(at))
    for notice in notices:
        subject = f"督办通知：{notice.subject}"
        _tell(people.get(notice.organisation_id, []), subject, notice.words, notice, notice.organisation, at=at)


def _tell(
    accounts: Sequence[int], subject: str, body: str, notice: SupervisionNotice, org: Organisation, *, at: datetime
) -> None:
    tell(accounts, subject=subject, body=body, url=notice.get_absolute_url(), at=at, organisation=org)


def _people(permission: str, org: Organisation, *, at: datetime) -> list[int]:
    return accounts_at(permission, [org.pk], on=timezone.localdate(at)).get(org.pk, [])


def is_answerer(notice: SupervisionNotice, actor: Actor) -> bool:
    """Tell whether the actor sits at the desk that was asked."""
    return actor.is_system or actor.organisation_id == notice.organisation_id


def is_supervisor(notice: SupervisionNotice, actor: Actor) -> bool:
    """Tell whether the actor sits at the desk that asks."""
    return actor.is_system or actor.organisation_id == notice.issuer_id


def _require_supervisor(notice: SupervisionNotice, by: Actor) -> None:
    if not is_supervisor(notice, by):
        raise Refused.because(f"此督办由“{notice.issuer.short_name}”发出，由其办结")


@transaction.atomic
def answer_notice(
    notice: SupervisionNotice, text: str, *, attachment: Attachment | None = None, by: Actor, at: datetime
) -> SupervisionNotice:
    """Answer in one text at the desk that was asked, with a file if there is one; without, an earlier one stays."""
    if not is_answerer(notice, by):
        raise Refused.because(f"此督办由“{notice.organisation.short_name}”答复，不能代答")
    before = notice.attachment
    facts = {"answer": text, "attachment": attachment, "on": timezone.localdate(at), "detail": {"answer": text.strip()}}
    flow.advance(notice, "answer", by=by, at=at, facts=facts)
    if attachment:
        supersede(attachment, before)
    people = _people(Permission.SUPERVISE, notice.issuer, at=at)
    _tell(people, f"督办已答复：{notice.subject}", notice.answer, notice, notice.issuer, at=at)
    return notice


@transaction.atomic
def return_notice(notice: SupervisionNotice, note: str, *, by: Actor, at: datetime) -> SupervisionNotice:
    """Ask for a better answer, saying what is missing; the time to answer starts again."""
    _require_supervisor(notice, by)
    due_on = answer_day(timezone.localdate(at))
    facts = {"note": note.strip(), "due_on": due_on, "detail": {"answer": notice.answer}}
    flow.advance(notice, "send_back", by=by, at=at, facts=facts)
    people = _people(Permission.ANSWER, notice.organisation, at=at)
    _tell(people, f"督办退回重答：{notice.subject}", note.strip(), notice, notice.organisation, at=at)
    return notice


@transaction.atomic
def close_notice(notice: SupervisionNotice, note: str = "", *, by: Actor, at: datetime) -> SupervisionNotice:
    """Close an answered notice; the conclusion goes back to the organisation that was asked."""
    _require_supervisor(notice, by)
    flow.advance(notice, "close", by=by, at=at, facts={"note": note.strip(), "on": timezone.localdate(at)})
    people = _people(Permission.ANSWER, notice.organisation, at=at)
    _tell(people, f"督办已办结：{notice.subject}", note.strip(), notice, notice.organisation, at=at)
    return notice


@transaction.atomic
def withdraw_notice(notice: SupervisionNotice, note: str, *, by: Actor, at: datetime) -> SupervisionNotice:
    """Take back a notice sent by mistake, saying why."""
    _require_supervisor(notice, by)
    flow.advance(notice, "withdraw", by=by, at=at, facts={"note": note.strip(), "on": timezone.localdate(at)})
    people = _people(Permission.ANSWER, notice.organisation, at=at)
    _tell(people, f"督办已撤回：{notice.subject}", note.strip(), notice, notice.organisation, at=at)
    return notice
