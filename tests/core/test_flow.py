"""States, steps and the ledger, on a machine made for the test over the appointment's own table."""

from __future__ import annotations

import pytest

from gongshu.core.flow.machine import Desk, Machine, State, Step, attribute

OPEN = State("open", "待办", waits=Desk(at="organisation", needs="venues.edit"))


def machine(*steps: Step) -> Machine:
    return Machine("x.Thing", "事项", (OPEN, State("done", "办结", final=True), State("lost", "作废")), steps)


def test_a_step_to_an_unknown_state_is_an_error_at_once() -> None:
    with pytest.raises(ValueError, match="unknown states"):
        machine(Step("close", ("open",), "closed", "办结", needs="venues.edit"))


def test_states_no_step_reaches_are_named() -> None:
    found = machine(Step("finish", ("open",), "done", "办结", needs="venues.edit"))
    assert found.unreachable() == ["lost"]


def test_steps_from_a_state_come_in_declared_order() -> None:
    one = Step("finish", ("open",), "done", "办结", needs="venues.edit")
    two = Step("lose", ("open", "done"), "lost", "作废", needs="venues.edit")
    assert machine(one, two).steps_from("open") == (one, two)
    assert machine(one, two).steps_from("done") == (two,)


def test_a_dotted_attribute_stops_at_none() -> None:
    assert attribute(OPEN, "waits.at") == "organisation"
    assert attribute(State("x", "x"), "waits.at") is None
    assert attribute(OPEN, "") is None
