"""The states a plan and an assignment live through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongshu.core.base.problems import Problem
from gongshu.core.flow.machine import Desk, Machine, State, Step
from gongshu.delivery import rules
from gongshu.delivery.enums import Permission


def _note_wanted(_thing: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return [] if str(facts.get("note") or "").strip() else [Problem("请写明理由，对方才知道怎么办", field="note")]


def _report_wanted(assignment: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.report_problems(
        needs_report=assignment.task.needs_report,
        report=str(facts.get("report") or ""),
    )


def _keep_report(assignment: Any, facts: Mapping[str, Any]) -> None:
    assignment.report = str(facts["report"]).strip()
    assignment.attachment = facts.get("attachment") or assignment.attachment


def _all_reached(_assignment: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return [] if facts.get("is_reached") else [Problem("指标还没有完成，不能办结")]


def _nothing_open(plan: Any, _facts: Mapping[str, Any]) -> list[Problem]:
    queued, count = plan.count_queued(), plan.count_open()
    found = [Problem(f"还有 {queued} 次交办正在下发，请等下发完成或取消后再归档")] if queued else []
    return [*found, Problem(f"还有 {count} 件交办任务没有办结，请先办结或撤回")] if count else found


PLAN = Machine(
    model="delivery.Plan",
    label="部署",
    states=(
        State("active", "实施中"),
        State("ended", "期满待归档", waits=Desk(at="organisation", needs=Permission.PLAN)),
        State("closed", "已归档", final=True),
    ),
    steps=(
        Step("end", ("active",), "ended", "期满", needs=Permission.PLAN),
        Step("extend", ("ended",), "active", "延期", needs=Permission.PLAN),
        Step("close", ("active", "ended"), "closed", "归档", needs=Permission.PLAN, guards=(_nothing_open,)),
        Step("reopen", ("closed",), "active", "重新启用", needs=Permission.PLAN),
    ),
)

_RECEIVER = Desk(at="organisation", needs=Permission.SIGN, due="waits_until", department="department")
UNDER_WAY = ("sent", "working")

ASSIGNMENT = Machine(
    model="delivery.Assignment",
    label="交办单",
    states=(
        State("sent", "待签收", waits=_RECEIVER),
        State("working", "办理中", waits=_RECEIVER),
        State("reported", "已报送", waits=Desk(at="issuer", needs=Permission.SUPERVISE, due="waits_until")),
        State("done", "办结", final=True),
        State("lapsed", "期满未完", final=True),
        State("withdrawn", "已撤回", final=True),
    ),
    steps=(
        Step("sign", ("sent",), "working", "签收", needs=Permission.SIGN),
        Step(
            "report",
            ("working",),
            "reported",
            "报送",
            needs=Permission.SIGN,
            guards=(_report_wanted,),
            effect=_keep_report,
        ),
        Step(
            "send_back",
            ("reported",),
            "working",
            "退回补充",
            needs=Permission.SUPERVISE,
            at="issuer",
            guards=(_note_wanted,),
        ),
        Step("accept", ("reported",), "done", "办结", needs=Permission.SUPERVISE, at="issuer"),
        Step(
            "reach",
            UNDER_WAY,
            "done",
            "指标完成",
            needs=Permission.SUPERVISE,
            at="issuer",
            guards=(_all_reached,),
        ),
        Step(
            "lapse",
            (*UNDER_WAY, "reported"),
            "lapsed",
            "期满未完",
            needs=Permission.PLAN,
            at="task.plan.organisation",
        ),
        Step(
            "withdraw",
            UNDER_WAY,
            "withdrawn",
            "撤回",
            needs=Permission.DISPATCH,
            at="issuer",
            guards=(_note_wanted,),
        ),
    ),
)


def _answer_wanted(notice: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.answer_problems(str(facts.get("answer") or ""))


def _keep_answer(notice: Any, facts: Mapping[str, Any]) -> None:
    notice.answer = str(facts["answer"]).strip()
    notice.attachment = facts.get("attachment") or notice.attachment
    notice.answered_on = facts["on"]


def _ask_again(notice: Any, facts: Mapping[str, Any]) -> None:
    notice.times_returned += 1
    notice.due_on = facts["due_on"]


def _end(notice: Any, facts: Mapping[str, Any]) -> None:
    notice.closed_on = facts["on"]


NOTICE = Machine(
    model="delivery.SupervisionNotice",
    label="督办通知",
    states=(
        State("sent", "待答复", waits=Desk(at="organisation", needs=Permission.ANSWER, due="due_on")),
        State("answered", "已答复", waits=Desk(at="issuer", needs=Permission.SUPERVISE)),
        State("closed", "办结", final=True),
        State("withdrawn", "已撤回", final=True),
    ),
    steps=(
        Step(
            "answer",
            ("sent",),
            "answered",
            "答复",
            needs=Permission.ANSWER,
            guards=(_answer_wanted,),
            effect=_keep_answer,
        ),
        Step(
            "send_back",
            ("answered",),
            "sent",
            "退回重答",
            needs=Permission.SUPERVISE,
            at="issuer",
            guards=(_note_wanted,),
            effect=_ask_again,
        ),
        Step("close", ("answered",), "closed", "办结", needs=Permission.SUPERVISE, at="issuer", effect=_end),
        Step(
            "withdraw",
            ("sent",),
            "withdrawn",
            "撤回",
            needs=Permission.SUPERVISE,
            at="issuer",
            guards=(_note_wanted,),
            effect=_end,
        ),
    ),
)

NOTICE_OPEN = tuple(state.code for state in NOTICE.states if not state.final)
OPEN_STATES = tuple(state.code for state in ASSIGNMENT.states if not state.final)
