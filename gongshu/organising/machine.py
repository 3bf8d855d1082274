"""How a union is founded, and how it is dissolved or merged: 申请, 上级审批, then the one or the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gongshu.core.base.problems import Problem
from gongshu.core.flow.machine import Desk, Machine, State, Step
from gongshu.organising.enums import Permission
from gongshu.organising.rules import ending, founding


def _has_reason(thing: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return founding.saying_why(str(facts.get("note") or ""))


def _may_be_founded(row: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return [*facts["standing"], *founding.asking(row.facts, facts["law"])]


def _may_end(row: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return ending.asking(facts["facts"], facts["law"])


def _asked(thing: Any, facts: Mapping[str, Any]) -> None:
    thing.due_on, thing.note = facts["due_on"], ""


def _returned(thing: Any, facts: Mapping[str, Any]) -> None:
    thing.due_on, thing.note = None, str(facts.get("note") or "")[:200]


def _decided(thing: Any, facts: Mapping[str, Any]) -> None:
    thing.decided_on, thing.note = timezone.localdate(facts["at"]), str(facts.get("note") or "")[:200]


E, A = Permission.EDIT, Permission.APPROVE
HERE = Desk(at="organisation", needs=E)

FOUNDING = Machine(
    model="organising.Founding",
    label="建会申请",
    states=(
        State("applied", "申请", waits=HERE),
        State("submitted", "上级审批", waits=Desk(at="organisation", needs=A, due="due_on")),
        State("founded", "成立", final=True),
        State("refused", "不予批准", final=True),
        State("withdrawn", "撤回", final=True),
    ),
    steps=(
        Step("submit", ("applied",), "submitted", "报请审批", needs=E, guards=(_may_be_founded,), effect=_asked),
        Step("approve", ("submitted",), "founded", "批准成立", needs=A, guards=(_may_be_founded,), effect=_decided),
        Step("send_back", ("submitted",), "applied", "退回补正", needs=A, guards=(_has_reason,), effect=_returned),
        Step("refuse", ("submitted",), "refused", "不予批准", needs=A, guards=(_has_reason,), effect=_decided),
        Step("withdraw", ("applied", "submitted"), "withdrawn", "撤回", needs=E, effect=_decided),
    ),
)

ENDING = Machine(
    model="organising.Ending",
    label="撤并申请",
    states=(
        State("applied", "申请", waits=HERE),
        State("submitted", "上级审批", waits=Desk(at="upper", needs=A, due="due_on")),
        State("ended", "已撤并", final=True),
        State("refused", "不予批准", final=True),
        State("withdrawn", "撤回", final=True),
    ),
    steps=(
        Step("submit", ("applied",), "submitted", "报请审批", needs=E, guards=(_may_end,), effect=_asked),
        Step("approve", ("submitted",), "ended", "批准撤并", needs=A, at="upper", guards=(_may_end,), effect=_decided),
        Step("send_back", ("submitted",), "applied", "退回补正", needs=A, at="upper", guards=(_has_reason,),
             effect=_returned),
        Step("refuse", ("submitted",), "refused", "不予批准", needs=A, at="upper", guards=(_has_reason,),
             effect=_decided),
        Step("withdraw", ("applied", "submitted"), "withdrawn", "撤回", needs=E, effect=_decided),
    ),
)  # fmt: skip
