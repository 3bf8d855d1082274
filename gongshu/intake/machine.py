"""The states a document lives through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongshu.core.flow.machine import Desk, Machine, State, Step
from gongshu.intake.enums import Permission


def _enter(document: Any, facts: Mapping[str, Any]) -> None:
    document.meeting, document.plan = facts["meeting"], facts["plan"]


DOCUMENT = Machine(
    model="intake.Document",
    label="收文",
    states=(
        State("draft", "校核中", waits=Desk(at="organisation", needs=Permission.CONFIRM)),
        State("confirmed", "已入库", final=True),
        State("dropped", "已撤下"),
    ),
    steps=(
        Step("confirm", ("draft",), "confirmed", "确认入库", needs=Permission.CONFIRM, effect=_enter),
        Step("drop", ("draft",), "dropped", "撤下", needs=Permission.EDIT),
        Step("restore", ("dropped",), "draft", "恢复校核", needs=Permission.EDIT),
    ),
)
