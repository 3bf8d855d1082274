"""Who is told of twice, found by marks."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from gongshu.rosters.rules import marks
from gongshu.rosters.rules.staged import Staged, pack, unpack

MARKS = st.sampled_from([b"\1" + bytes([head]) * 8 + bytes([tail]) * 8 for head in range(3) for tail in range(3)])
UNNUMBERED = st.sampled_from([marks.UNNUMBERED + bytes([n]) * 16 for n in range(3)])


def kept(found: Sequence[bytes], size: int) -> list[bytes]:
    """Return rows with these marks, numbered from two, in blocks."""
    rows = [marks.row(number, mark) for number, mark in enumerate(found, start=2)]
    return [b"".join(rows[start : start + size]) for start in range(0, len(rows), size)]


@given(st.lists(MARKS | UNNUMBERED, max_size=40), st.integers(1, 7))
def test_every_row_whose_person_came_before_is_found_with_the_first(found: list[bytes], size: int) -> None:
    first: dict[bytes, int] = {}
    told = [(n, first.setdefault(mark, n), mark[0] != 0) for n, mark in enumerate(found, start=2)]
    blocks = kept(found, size)
    assert list(marks.repeats(lambda: blocks)) == [one for one in told if one[0] != one[1]]


def test_nothing_is_read_twice_where_nobody_is_told_of_twice() -> None:
    read = []

    def blocks() -> list[bytes]:
        read.append(1)
        return kept([bytes([1, n]) + bytes(15) for n in range(200)], 50)

    assert list(marks.repeats(blocks)) == []
    assert read == [1]


def test_rows_are_unpacked_as_they_were_packed() -> None:
    row = Staged(7, 3, '王"五\\', "520102199003070057", "", "m", "1990-03-07", "staff", "甲厂", "", None)
    assert unpack(pack([row, row])) == [row, row]
    assert unpack(pack([])) == []
