"""How a venue lives, and how what an inspection found is put right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gongshu.core.base.problems import Problem
from gongshu.core.flow.machine import Desk, Machine, State, Step
from gongshu.venues.enums import Permission
from gongshu.venues.rules import checks as rules


def _may_open(venue: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.opening(venue.facts, venue.kind_of)


def _has_reason(thing: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return rules.closing(str(facts.get("note") or ""))


def _says_how(thing: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return [] if facts.get("note") else [Problem("请用一句话写明怎样整改的", field="note")]


def _opened(venue: Any, facts: Mapping[str, Any]) -> None:
    venue.opened_on = venue.opened_on or timezone.localdate(venue.state_since)
    venue.state_reason = ""


def _paused(venue: Any, facts: Mapping[str, Any]) -> None:
    venue.state_reason = str(facts["note"])[:200]


def _closed(venue: Any, facts: Mapping[str, Any]) -> None:
    venue.closed_on = timezone.localdate(venue.state_since)
    venue.state_reason = str(facts["note"])[:200]


def _put_right(remedy: Any, facts: Mapping[str, Any]) -> None:
    remedy.done_note = str(facts["note"])[:300]


HERE = Desk(at="organisation", needs=Permission.EDIT)

VENUE = Machine(
    model="venues.Venue",
    label="阵地",
    states=(
        State("preparing", "筹建", waits=HERE),
        State("open", "开放"),
        State("suspended", "暂停", waits=HERE),
        State("closed", "关闭", final=True),
    ),
    steps=(
        Step("open", ("preparing",), "open", "开放", needs=Permission.EDIT, guards=(_may_open,), effect=_opened),
        Step("suspend", ("open",), "suspended", "暂停", needs=Permission.EDIT, guards=(_has_reason,), effect=_paused),
        Step("resume", ("suspended",), "open", "恢复开放", needs=Permission.EDIT, guards=(_may_open,), effect=_opened),
        Step(
            "close",
            ("preparing", "open", "suspended"),
            "closed",
            "关闭",
            needs=Permission.EDIT,
            guards=(_has_reason,),
            effect=_closed,
        ),
    ),
)

REMEDY = Machine(
    model="venues.Remedy",
    label="阵地整改",
    states=(
        State("todo", "待整改", waits=Desk(at="organisation", needs=Permission.EDIT, due="due_on")),
        State("done", "已整改", final=True),
        State("lapsed", "随阵地关闭终止", final=True),
    ),
    steps=(
        Step("finish", ("todo",), "done", "整改完成", needs=Permission.EDIT, guards=(_says_how,), effect=_put_right),
        Step("lapse", ("todo",), "lapsed", "终止", needs=Permission.EDIT),
    ),
)
