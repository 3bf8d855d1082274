"""Why a supervision notice is refused: nothing asked twice, by several heads, or beyond one's own work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongshu.core.base.problems import Citation, Problem

ANSWER_LENGTH = 1000
WORDS_LENGTH = 500


@dataclass(frozen=True)
class NoticeFacts:
    """What decides whether a notice may go out.

    `open_by` is who supervises the same matter there now (empty: nobody), `is_own` whether that is the issuer itself,
    `closed_on` when the last notice on the same matter there was closed.
    """

    organisation: str
    subject: str
    is_below: bool = True
    is_in_range: bool = True
    is_carried: bool = True
    is_done: bool = False
    open_by: str = ""
    is_own: bool = False
    closed_on: date | None = None


@dataclass(frozen=True)
class Law:
    """The clauses a notice is measured by: `discipline` forbids repeats, `interval` gives `days` between two."""

    discipline: Citation
    interval: Citation
    interval_days: int


def notice_problems(facts: NoticeFacts, law: Law, *, today: date) -> list[Problem]:
    """Return why a notice may not go out, the weightiest reason alone; empty when it may."""
    what = f"“{facts.organisation}”的“{facts.subject}”"
    if not facts.is_below:
        return [Problem(f"“{facts.organisation}”不是本单位的下级，不越权督办", law.discipline)]
    if not facts.is_in_range:
        return [Problem(f"“{facts.subject}”不是本单位部署或承办的工作，不越权督办", law.discipline)]
    if not facts.is_carried:
        return [Problem(f"“{facts.organisation}”没有承办“{facts.subject}”，不扩大督办范围", law.discipline)]
    if facts.open_by and facts.is_own:
        return [Problem(f"{what}已在督办、还没有办结，不重复督办", law.discipline)]
    if facts.open_by:
        return [Problem(f"{what}正由“{facts.open_by}”督办，不多头督办", law.discipline)]
    if facts.is_done:
        return [Problem(f"{what}已经完成，不用督办")]
    again_on = facts.closed_on + timedelta(days=law.interval_days) if facts.closed_on else today
    if today < again_on:
        return [Problem(f"{what}不久前刚办结，{_day(again_on)}起才可再次督办", law.interval)]
    return []


def order_problems(words: str, due_on: date, *, today: date) -> list[Problem]:
    """Return why what is asked cannot go out, whoever it is for."""
    problems = []
    if not words.strip():
        problems.append(Problem("请写明督办什么、要对方答复什么", field="words"))
    if len(words.strip()) > WORDS_LENGTH:
        problems.append(Problem(f"督办要求请写在 {WORDS_LENGTH} 字以内", field="words"))
    if due_on <= today:
        problems.append(Problem("答复期限应在今天以后，给对方留出办理时间", field="due_on"))
    return problems


def answer_problems(answer: str) -> list[Problem]:
    """Return why an answer cannot be taken."""
    if not answer.strip():
        return [Problem("请写明办理情况", field="answer")]
    if len(answer.strip()) > ANSWER_LENGTH:
        return [Problem(f"答复请写在 {ANSWER_LENGTH} 字以内，详情放在附件里", field="answer")]
    return []


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
