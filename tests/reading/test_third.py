"""The third set of labelled documents: no step back behind what was reached after the odd ones were studied."""

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
    "date": 0.85,
    "name": 0.99,
    "place": 0.81,
    "organizer": 0.65,
    "chair": 0.99,
    "speakers": 0.99,
    "attendees_named": 0.99,
    "attendee_groups": 0.71,
    "adopted": 0.94,
    "heard": 0.53,
    "elected": 0.99,
    "awards": 0.60,
    "tasks_all": 0.86,
    "tasks_doable": 0.81,
    "quantities": 0.93,
    "deadlines": 0.76,
    "owners": 0.78,
    "initiatives": 0.49,
    "clean_probe": 0.95,
    "macro": 0.87,
}


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    return score_of(HERE, 17)


@pytest.mark.parametrize("field", sorted(LEAST))
def test_what_was_reached_is_kept(field: str, result: dict[str, Any]) -> None:
    figure = bench.figure(result, field)
    assert figure is not None
    assert figure >= LEAST[field]
