"""How a course is held, and how a duty of the ledger falls due and is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongshu.core.base.problems import Problem
from gongshu.core.flow.machine import Desk, Machine, State, Step
from gongshu.officers import rules
from gongshu.officers.enums import OPEN_DUTIES, Permission


def _has_reason(thing: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.said(str(facts.get("note") or ""))


def _may_be_recorded(course: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.recording(facts["came"], until_on=course.until_on, on=facts["on"])


def _may_be_done(duty: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.finishing(facts["doing"], takes_file=duty.takes_file, on=facts["on"])


def _noted(thing: Any, facts: Mapping[str, Any]) -> None:
    thing.note = str(facts.get("note") or "")[:200]


def _done(duty: Any, facts: Mapping[str, Any]) -> None:
    doing = facts["doing"]
    duty.done_on, duty.note, duty.attachment = doing.done_on, doing.note.strip()[:200], facts["attachment"]


def _undone(duty: Any, facts: Mapping[str, Any]) -> None:
    duty.done_on = None
    _noted(duty, facts)


T, K = Permission.TRAIN, Permission.KEEP

COURSE = Machine(
    model="officers.Course",
    label="干部培训",
    states=(
        State("planned", "待登记参加人员", waits=Desk(at="organisation", needs=T, due="until_on")),
        State("held", "已办"),
        State("cancelled", "取消", final=True),
    ),
    steps=(
        Step("record", ("planned",), "held", "登记参加人员", needs=T, guards=(_may_be_recorded,)),
        Step("reopen", ("held",), "planned", "更正参加人员", needs=T, guards=(_has_reason,), effect=_noted),
        Step("cancel", ("planned",), "cancelled", "取消培训", needs=T, guards=(_has_reason,), effect=_noted),
    ),
)

DUTY = Machine(
    model="officers.Duty",
    label="党建和廉政事项",
    states=(
        State("ahead", "未到办理时间"),
        State("due", "待办", waits=Desk(at="organisation", needs=K, due="due_on")),
        State("done", "已办"),
        State("dropped", "不适用", final=True),
    ),
    steps=(
        Step("remind", ("ahead",), "due", "提醒办理", needs=K),
        Step("finish", OPEN_DUTIES, "done", "办结", needs=K, guards=(_may_be_done,), effect=_done),
        Step("reopen", ("done",), "due", "退回重办", needs=K, guards=(_has_reason,), effect=_undone),
        Step("drop", OPEN_DUTIES, "dropped", "不适用", needs=K, guards=(_has_reason,), effect=_noted),
    ),
)
