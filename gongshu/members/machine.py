"""How a membership lives: 申请, 审核, 在籍, 转出, 转入, 保留, 暂存, and its ends (工会会员会籍管理办法)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gongshu.core.base.problems import Problem
from gongshu.core.flow.machine import Desk, Machine, State, Step
from gongshu.members import rules
from gongshu.members.enums import LIVE_STATES, Permission


def _has_reason(membership: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.reason_problems(str(facts.get("note") or ""))


def _may_join(membership: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.approving(membership.facts, on=timezone.localdate(facts["at"]))


def _may_move(membership: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.moving(membership.organisation_id, facts["destination"])


def _may_lapse(membership: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.lapsing(int(facts.get("months_silent") or 0), facts["rule"]) + _has_reason(membership, facts)


def _joined(membership: Any, facts: Mapping[str, Any]) -> None:
    membership.joined_on = membership.since_on = timezone.localdate(facts["at"])
    membership.due_on = None


def _was_active(membership: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.returning(was_parked=membership.was_parked, to_parked=False)


def _was_parked(membership: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.returning(was_parked=membership.was_parked, to_parked=True)


def _asked(membership: Any, facts: Mapping[str, Any]) -> None:
    membership.was_parked = bool(facts.get("was_parked"))
    membership.destination, membership.due_on = facts["destination"], facts["due_on"]
    membership.reason = str(facts.get("note") or "")[:200]


def _released(membership: Any, facts: Mapping[str, Any]) -> None:
    membership.due_on = facts["due_on"]


def _stayed(membership: Any, facts: Mapping[str, Any]) -> None:
    membership.destination = membership.due_on = None
    membership.reason = str(facts.get("note") or "")[:200]


def _arrived(membership: Any, facts: Mapping[str, Any]) -> None:
    membership.organisation = membership.destination or facts["destination"]
    membership.destination = membership.due_on = None
    membership.since_on = timezone.localdate(facts["at"])
    membership.reason = ""


def _noted(membership: Any, facts: Mapping[str, Any]) -> None:
    membership.reason = str(facts.get("note") or "")[:200]


def _parked(membership: Any, facts: Mapping[str, Any]) -> None:
    _arrived(membership, facts)
    _noted(membership, facts)


def _ended(membership: Any, facts: Mapping[str, Any]) -> None:
    membership.ended_on = timezone.localdate(facts["at"])
    membership.destination = membership.due_on = None
    _noted(membership, facts)


def _absorbed(membership: Any, facts: Mapping[str, Any]) -> None:
    membership.joined_on = None  # else one person would count as joined twice
    _ended(membership, facts)


def _revived(membership: Any, facts: Mapping[str, Any]) -> None:
    membership.ended_on = None
    for name, value in facts["before"].items():
        setattr(membership, name, value)


def _can_be_revived(membership: Any, facts: Mapping[str, Any]) -> list[Problem]:
    found = rules.reviving(membership.organisation.name, membership.organisation.ended_on)
    goal = facts["before"]["destination"]
    return found + (rules.reviving(goal.name, goal.ended_on) if goal else [])


PENDING = ("applied", "reviewing")
MOVABLE = ("active", "parked")
HELD = ("active", "leaving", "arriving", "kept", "parked")
HERE = Desk(at="organisation", needs=Permission.APPROVE, due="due_on")
THERE = Desk(at="destination", needs=Permission.APPROVE, due="due_on")

STATES = (
    State("applied", "申请", waits=HERE),
    State("reviewing", "审核", waits=HERE),
    State("active", "在籍"),
    State("leaving", "转出中", waits=HERE),
    State("arriving", "转入待接", waits=THERE),
    State("kept", "保留"),
    State("parked", "暂存"),
    State("refused", "未予入会", final=True),
    State("withdrawn", "撤回申请", final=True),
    State("left", "退会", final=True),
    State("lapsed", "视为自动退会", final=True),
    State("expelled", "除名", final=True),
    State("ended", "终止", final=True),
    State("absorbed", "并入另一份登记", final=True),
)

JOINING = (
    Step("review", ("applied",), "reviewing", "受理审核", needs=Permission.APPROVE, effect=_noted),
    Step("approve", PENDING, "active", "批准入会", needs=Permission.APPROVE, guards=(_may_join,), effect=_joined),
    Step("refuse", PENDING, "refused", "不予入会", needs=Permission.APPROVE, guards=(_has_reason,), effect=_ended),
    Step("withdraw", PENDING, "withdrawn", "撤回申请", needs=Permission.EDIT, effect=_ended),
)
MOVING = (
    Step("ask_move", MOVABLE, "leaving", "申请转入", needs=Permission.APPROVE, at="destination",
         guards=(_may_move,), effect=_asked),
    Step("offer_move", MOVABLE, "arriving", "申请转会", needs=Permission.EDIT, guards=(_may_move,), effect=_asked),
    Step("release", ("leaving",), "arriving", "同意转出", needs=Permission.APPROVE, effect=_released),
    Step("keep_here", ("leaving",), "active", "不予转出", needs=Permission.APPROVE,
         guards=(_was_active, _has_reason), effect=_stayed),
    Step("keep_parked", ("leaving",), "parked", "不予转出（仍暂存）", needs=Permission.APPROVE,
         guards=(_was_parked, _has_reason), effect=_stayed),
    Step("accept", ("arriving",), "active", "接收", needs=Permission.APPROVE, at="destination", effect=_arrived),
    Step("send_back", ("arriving",), "active", "不予接收", needs=Permission.APPROVE, at="destination",
         guards=(_was_active, _has_reason), effect=_stayed),
    Step("park_again", ("arriving",), "parked", "不予接收（退回暂存）", needs=Permission.APPROVE, at="destination",
         guards=(_was_parked, _has_reason), effect=_stayed),
    Step("stop_move", ("leaving", "arriving"), "active", "撤回转会", needs=Permission.EDIT,
         guards=(_was_active,), effect=_stayed),
)  # fmt: skip
KEEPING = (
    Step("keep", ("active",), "kept", "保留会籍", needs=Permission.EDIT, guards=(_has_reason,), effect=_noted),
    Step("resume", ("kept",), "active", "恢复会籍", needs=Permission.EDIT, effect=_noted),
    Step(
        "park", ("active", "kept"), "parked", "暂存会籍", needs=Permission.EDIT, guards=(_has_reason,), effect=_parked
    ),
    Step("settle", ("parked",), "active", "就地接续", needs=Permission.APPROVE, effect=_noted),
)
ENDING = (
    Step("leave", HELD, "left", "退会", needs=Permission.EDIT, guards=(_has_reason,), effect=_ended),
    Step("lapse", MOVABLE, "lapsed", "视为自动退会", needs=Permission.APPROVE, guards=(_may_lapse,), effect=_ended),
    Step("expel", HELD, "expelled", "除名", needs=Permission.APPROVE, guards=(_has_reason,), effect=_ended),
    Step("end", HELD, "ended", "终止（去世）", needs=Permission.EDIT, guards=(_has_reason,), effect=_ended),
)
MERGING = (
    Step("absorb", LIVE_STATES, "absorbed", "并入另一份登记", needs=Permission.MERGE, guards=(_has_reason,),
         effect=_absorbed),
    *(
        Step(f"revive_{code}", ("absorbed",), code, "撤销合并，恢复会籍", needs=Permission.MERGE,
             guards=(_can_be_revived,), effect=_revived)
        for code in LIVE_STATES
    ),
)  # fmt: skip

MEMBERSHIP = Machine(
    model="members.Membership", label="会籍", states=STATES, steps=(*JOINING, *MOVING, *KEEPING, *ENDING, *MERGING)
)


def _judged(pair: Any, facts: Mapping[str, Any]) -> None:
    pair.note = str(facts.get("note") or "")[:200]


PAIR = Machine(
    model="members.Pair",
    label="疑似重复登记",
    states=(
        State("found", "待核实"),
        State("apart", "不是同一人"),
        State("merged", "已合并"),
        State("gone", "已不相符"),
    ),
    steps=(
        Step("merge", ("found",), "merged", "合并", needs=Permission.MERGE, guards=(_has_reason,), effect=_judged),
        Step("undo", ("merged",), "found", "撤销合并", needs=Permission.MERGE, guards=(_has_reason,), effect=_judged),
        Step("apart", ("found",), "apart", "不是同一人", needs=Permission.MERGE, guards=(_has_reason,), effect=_judged),
        Step("reopen", ("apart",), "found", "重新核实", needs=Permission.MERGE, guards=(_has_reason,), effect=_judged),
        Step("vanish", ("found",), "gone", "信息更正后不再相符", needs=Permission.MERGE),
        Step("reappear", ("gone",), "found", "又相符", needs=Permission.MERGE),
    ),
)
