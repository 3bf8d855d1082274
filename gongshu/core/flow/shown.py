"""How the way of a thing is shown: which states lie behind it, where it is, what comes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from gongshu.core.flow.machine import State, attribute
from gongshu.core.flow.models import Stateful
from gongshu.core.ui.shapes import StepShown


def way(thing: Stateful, *, aside: Collection[str] = ()) -> list[StepShown]:
    """Return the machine's states as steps in declared order; those in `aside` show only while the thing is in them."""
    shown = [s for s in thing.machine.states if s.code not in aside or s.code == thing.state]
    here = [s.code for s in shown].index(thing.state)
    return [
        _here(thing, state, is_end=state.final and state.code not in aside)
        if place == here
        else StepShown(state.label, _side(place, here))
        for place, state in enumerate(shown)
    ]


def _side(place: int, here: int) -> Literal["past", "next"]:
    return "past" if place < here else "next"


def _here(thing: Stateful, state: State, *, is_end: bool) -> StepShown:
    desk = state.waits
    org = attribute(thing, desk.at) if desk else None
    return StepShown(
        state.label,
        "end" if is_end else "now",
        desk=org.short_name if org else "",
        due_on=attribute(thing, desk.due) if desk else None,
        at=thing.state_since,
    )
