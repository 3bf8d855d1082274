"""The labelled documents that lie beside the project, scored as the issue asks."""

from typing import Any

import pytest

from benchmarks import reading as bench

HOME = bench.home()
OTHERS = (
    "is_union_meeting",
    "in_scope",
    "doc_type",
    "place",
    "organizer",
    "attendee_groups",
    "adopted",
    "heard",
    "awards",
)


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    if not (HOME / "score.py").is_file():
        pytest.skip(bench.ABSENT)
    return bench.score(HOME)


@pytest.mark.parametrize("field", sorted(bench.TARGETS))
def test_the_target_of_the_issue_is_met(field: str, result: dict[str, Any]) -> None:
    value = bench.figure(result, field)
    assert value is not None
    assert value >= bench.TARGETS[field]


@pytest.mark.parametrize("field", OTHERS)
def test_the_other_facts_are_read_nearly_always(field: str, result: dict[str, Any]) -> None:
    value = bench.figure(result, field)
    assert value is not None
    assert value >= 0.9
