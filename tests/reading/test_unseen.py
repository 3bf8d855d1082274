"""The fourth, fifth and sixth set: read once before anybody studied them, now guards against steps back."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import reading as bench
from tests.reading.scoring import score_of

HERE = Path(__file__).parent
LEAST = {
    "fourth": (8, {"macro": 0.96, "clean_probe": 0.99, "tasks_all": 0.89, "owners": 0.85, "deadlines": 0.79}),
    "fifth": (8, {"macro": 0.93, "clean_probe": 0.99, "tasks_all": 0.86, "owners": 0.77, "deadlines": 0.89}),
    "sixth": (6, {"macro": 0.98, "clean_probe": 0.99, "tasks_all": 0.94, "owners": 0.92, "deadlines": 0.92}),
}


@pytest.mark.parametrize("name", sorted(LEAST))
def test_what_was_reached_is_kept(name: str) -> None:
    count, least = LEAST[name]
    result = score_of(HERE / name, count)
    for field, lowest in least.items():
        figure = bench.figure(result, field)
        assert figure is not None
        assert figure >= lowest, field
