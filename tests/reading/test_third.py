"""The third set of labelled documents: all are studied now, so they only guard against steps back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import reading as bench
from tests.reading.scoring import score_of

HERE = Path(__file__).parent / "third"
LEAST = {
    "is_union_meeting": 0.99,
    "in_scope": 0.99,
    "doc_type": 0.99,
    "kind": 0.99,
    "date": 0.99,
    "name": 0.99,
    "place": 0.99,
    "organizer": 0.93,
    "chair": 0.99,
    "speakers": 0.99,
    "attendees_named": 0.99,
    "attendee_groups": 0.97,
    "adopted": 0.99,
    "heard": 0.88,
    "elected": 0.99,
    "awards": 0.93,
    "tasks_all": 0.91,
    "tasks_doable": 0.89,
    "quantities": 0.96,
    "deadlines": 0.94,
    "owners": 0.87,
    "initiatives": 0.79,
    "clean_probe": 0.99,
    "macro": 0.96,
}


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    return score_of(HERE, 17)


@pytest.mark.parametrize("field", sorted(LEAST))
def test_what_was_reached_is_kept(field: str, result: dict[str, Any]) -> None:
    figure = bench.figure(result, field)
    assert figure is not None
    assert figure >= LEAST[field]
