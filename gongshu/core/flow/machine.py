"""Machines: the states a thing lives through and the steps between them. Pure declarations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongshu.core.base.problems import Problem

Guard = Callable[[Any, Mapping[str, Any]], list[Problem]]
Effect = Callable[[Any, Mapping[str, Any]], None]


@dataclass(frozen=True)
class Desk:
    """Where a thing waits: at which organisation's desk, which permission may act there, due when, whose department.

    `at`, `due` and `department` are attribute names on the thing (dots allowed); an empty one means none.
    """

    at: str
    needs: str
    due: str = ""
    department: str = ""


@dataclass(frozen=True)
class State:
    """A state: code, Chinese label, the desk it waits at (None when nobody must act), whether it is an end."""

    code: str
    label: str
    waits: Desk | None = None
    final: bool = False


@dataclass(frozen=True)
class Step:
    """A step: name, from which states, to which, the button's label, which permission, at which organisation.

    `guards` return problems that forbid it; `effect(thing, facts)` sets attributes before the thing is saved.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    label: str
    needs: str
    at: str = "organisation"
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None


@dataclass(frozen=True)
class Machine:
    """All states and steps of one model; `model` is `app_label.ModelName`; the first state is where it starts."""

    model: str
    label: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    _states: dict[str, State] = field(init=False, compare=False, repr=False)
    _steps: dict[str, Step] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_states", {s.code: s for s in self.states})
        object.__setattr__(self, "_steps", {s.name: s for s in self.steps})
        for step in self.steps:
            unknown = {*step.sources, step.target} - self._states.keys()
            if unknown:
                raise ValueError(f"{self.model}: step {step.name} names unknown states {sorted(unknown)}")

    @property
    def initial(self) -> State:
        """Return the first state."""
        return self.states[0]

    def state(self, code: str) -> State:
        """Return a state by its code."""
        return self._states[code]

    def step(self, name: str) -> Step:
        """Return a step by its name."""
        return self._steps[name]

    def steps_from(self, code: str) -> tuple[Step, ...]:
        """Return the steps that leave a state, in declared order."""
        return tuple(s for s in self.steps if code in s.sources)

    def choices(self) -> list[tuple[str, str]]:
        """Return (code, label) pairs for a model field."""
        return [(s.code, s.label) for s in self.states]

    def unreachable(self) -> list[str]:
        """Return the codes of states that no run of steps from the first one reaches."""
        seen = {self.initial.code}
        while fresh := {s.target for s in self.steps if seen & set(s.sources)} - seen:
            seen |= fresh
        return [s.code for s in self.states if s.code not in seen]


def attribute(thing: Any, path: str) -> Any:
    """Return the attribute named by a dotted path, None as soon as one is None or the path is empty."""
    for name in path.split(".") if path else ():
        thing = getattr(thing, name, None)
    return thing if path else None
