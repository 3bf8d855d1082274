"""How a union is founded, and how it is dissolved or merged: 申请, 上级审批, then the one or the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gongshu.core.base.problems import Problem
from gongshu.core.flow.machine import Desk, Machine, State, Step
from gongshu.organising.enums import OPEN_LEADS, Permission
from gongshu.organising.rules import ending, founding, guiding, moving, terms


def _has_reason(thing: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return founding.saying_why(str(facts.get("note") or ""))


def _may_be_founded(row: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return [*facts["standing"], *founding.asking(row.facts, facts["law"])]


def _may_end(row: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return ending.asking(facts["facts"], facts["law"])


def _may_be_moved(row: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return moving.asking(facts["facts"], facts["law"])


def _may_be_guided(row: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return guiding.asking(facts["facts"], facts["line"])


def _guided(row: Any, facts: Mapping[str, Any]) -> None:
    row.from_on, row.due_on, row.note = timezone.localdate(facts["at"]), None, str(facts.get("note") or "")[:200]


def _no_longer(row: Any, facts: Mapping[str, Any]) -> None:
    row.until_on, row.note = timezone.localdate(facts["at"]), str(facts.get("note") or "")[:200]


def _asked(thing: Any, facts: Mapping[str, Any]) -> None:
    thing.due_on, thing.note = facts["due_on"], ""


def _returned(thing: Any, facts: Mapping[str, Any]) -> None:
    thing.due_on, thing.note = None, str(facts.get("note") or "")[:200]


def _decided(thing: Any, facts: Mapping[str, Any]) -> None:
    thing.decided_on, thing.note = timezone.localdate(facts["at"]), str(facts.get("note") or "")[:200]


def _put_off(committee: Any, facts: Mapping[str, Any]) -> None:
    committee.due_on, committee.note = facts["until"], str(facts["note"])[:200]
    committee.warned = None


def _may_be_put_off(committee: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return terms.postponing(committee.ends_on, facts["until"], facts["law"]) + _has_reason(committee, facts)


def _over(committee: Any, facts: Mapping[str, Any]) -> None:
    committee.over_on = facts["on"]


def _filled(vacancy: Any, facts: Mapping[str, Any]) -> None:
    vacancy.filled_by = facts["filled_by"]


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

RELOCATION = Machine(
    model="organising.Relocation",
    label="隶属关系调整",
    states=(
        State("applied", "申请", waits=HERE),
        State("releasing", "原上级同意", waits=Desk(at="old_upper", needs=A, due="due_on")),
        State("receiving", "新上级接收", waits=Desk(at="new_upper", needs=A, due="due_on")),
        State("moved", "已划转", final=True),
        State("refused", "不予划转", final=True),
        State("withdrawn", "撤回", final=True),
    ),
    steps=(
        Step("submit", ("applied",), "releasing", "报请划转", needs=E, guards=(_may_be_moved,), effect=_asked),
        Step("release", ("releasing",), "receiving", "同意划出", needs=A, at="old_upper", guards=(_may_be_moved,),
             effect=_asked),
        Step("accept", ("receiving",), "moved", "接收", needs=A, at="new_upper", guards=(_may_be_moved,),
             effect=_decided),
        Step("decide", ("applied", "releasing", "receiving"), "moved", "共同的上级直接划转", needs=A, at="common",
             guards=(_may_be_moved,), effect=_decided),
        Step("send_back", ("releasing", "receiving"), "applied", "退回补正", needs=A, at="awaited",
             guards=(_has_reason,), effect=_returned),
        Step("refuse", ("releasing", "receiving"), "refused", "不予划转", needs=A, at="awaited",
             guards=(_has_reason,), effect=_decided),
        Step("withdraw", ("applied", "releasing", "receiving"), "withdrawn", "撤回", needs=E, effect=_decided),
    ),
)  # fmt: skip

GUIDANCE = Machine(
    model="organising.Guidance",
    label="指导关系",
    states=(
        State("asked", "待对方同意", waits=Desk(at="awaited", needs=A, due="due_on")),
        State("standing", "指导中"),
        State("ended", "已终止", final=True),
        State("refused", "未同意", final=True),
        State("withdrawn", "撤回", final=True),
    ),
    steps=(
        Step("agree", ("asked",), "standing", "同意", needs=A, at="awaited", guards=(_may_be_guided,), effect=_guided),
        Step("refuse", ("asked",), "refused", "不同意", needs=A, at="awaited", guards=(_has_reason,),
             effect=_returned),
        Step("withdraw", ("asked",), "withdrawn", "撤回", needs=E, at="asker", effect=_returned),
        Step("release", ("standing",), "ended", "终止指导", needs=A, at="guide", guards=(_has_reason,),
             effect=_no_longer),
        Step("leave", ("standing",), "ended", "脱离指导", needs=A, at="upper", guards=(_has_reason,),
             effect=_no_longer),
        Step("replace", ("standing",), "ended", "由新的指导关系接替", needs=A, at="organisation", effect=_no_longer),
    ),
)  # fmt: skip

TERM = Machine(
    model="organising.Committee",
    label="委员会任期",
    states=(
        State("sitting", "任期内"),
        State("due", "准备换届", waits=Desk(at="organisation", needs=E, due="due_on")),
        State("replaced", "已换届", final=True),
        State("closed", "随工会撤并终止", final=True),
    ),
    steps=(
        Step("remind", ("sitting",), "due", "提醒换届", needs=E),
        Step("put_off", ("sitting", "due"), "due", "同意延期换届", needs=A, at="upper", guards=(_may_be_put_off,),
             effect=_put_off),
        Step("replace", ("sitting", "due"), "replaced", "换届", needs=E, effect=_over),
        Step("close", ("sitting", "due"), "closed", "终止", needs=E, effect=_over),
    ),
)  # fmt: skip

VACANCY = Machine(
    model="organising.Vacancy",
    label="出缺",
    states=(
        State("open", "待补选", waits=Desk(at="organisation", needs=E, due="due_on")),
        State("filled", "已补选", final=True),
        State("lapsed", "随换届终止", final=True),
    ),
    steps=(
        Step("fill", ("open",), "filled", "补选", needs=E, effect=_filled),
        Step("lapse", ("open",), "lapsed", "终止", needs=E),
    ),
)


def _noted(lead: Any, facts: Mapping[str, Any]) -> None:
    lead.note = str(facts.get("note") or "")[:200]


def _again(lead: Any, facts: Mapping[str, Any]) -> None:
    lead.due_on = facts["due_on"]
    _noted(lead, facts)


LEAD = Machine(
    model="organising.Lead",
    label="建会线索",
    states=(
        State("to_visit", "待走访", waits=Desk(at="organisation", needs=E, due="due_on")),
        State("nurturing", "培育中", waits=HERE),
        State("unfit", "不具备"),
        State("founded", "已建会", final=True),
    ),
    steps=(
        Step("visit", ("to_visit",), "nurturing", "已走访，着手培育", needs=E, guards=(_has_reason,), effect=_noted),
        Step("unfit", OPEN_LEADS, "unfit", "不具备建会条件", needs=E, guards=(_has_reason,), effect=_noted),
        Step("reopen", ("unfit",), "to_visit", "重新走访", needs=E, guards=(_has_reason,), effect=_again),
        Step("found", (*OPEN_LEADS, "unfit"), "founded", "已建会", needs=E, effect=_noted),
    ),
)
