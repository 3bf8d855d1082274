"""How a roster that is brought in lives: 核对栏目, 检查, 确认, 导入."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongshu.core.base.problems import Problem
from gongshu.core.flow.machine import Desk, Machine, State, Step
from gongshu.members.enums import Permission
from gongshu.rosters.rules import standing

HERE = Desk(at="organisation", needs=Permission.EDIT)


def _has_rows(roster: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return standing.confirming(roster.counts, correct=bool(facts.get("correct")), move=bool(facts.get("move")))


def _has_file(roster: Any, facts: Mapping[str, Any]) -> list[Problem]:
    return standing.checking(has_file=roster.file_id is not None)


def _noted(roster: Any, facts: Mapping[str, Any]) -> None:
    roster.note = str(facts.get("note") or "")[:400]


STATES = (
    State("uploaded", "待核对栏目", waits=HERE),
    State("checking", "检查中"),
    State("checked", "待确认", waits=HERE),
    State("entering", "导入中"),
    State("done", "已导入", final=True),
    State("refused", "不能导入", final=True),
    State("dropped", "已放弃", final=True),
)
STEPS = (
    Step("check", ("uploaded", "checked"), "checking", "开始检查", needs=Permission.EDIT, guards=(_has_file,)),
    Step("checked", ("checking",), "checked", "检查完毕", needs=Permission.EDIT),
    Step("refuse", ("checking",), "refused", "文件不能导入", needs=Permission.EDIT, effect=_noted),
    Step("confirm", ("checked",), "entering", "确认导入", needs=Permission.EDIT, guards=(_has_rows,)),
    Step("finish", ("entering",), "done", "导入完毕", needs=Permission.EDIT),
    Step("drop", ("uploaded", "checking", "checked"), "dropped", "放弃", needs=Permission.EDIT),
)
ROSTER = Machine(model="rosters.Roster", label="名册", states=STATES, steps=STEPS)
