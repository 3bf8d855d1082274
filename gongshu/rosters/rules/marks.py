"""Who is told of twice in a roster, found in little memory by a mark for each row.

A mark is 17 bytes: the blind index of the identity number, or a zero and a keyed digest of what else tells a person.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from struct import Struct

ROW = Struct(">IB8s8s")  # number of the row, first byte of the mark, the rest of it
PARTS = 16
UNNUMBERED = b"\0"


def row(number: int, mark: bytes) -> bytes:
    """Return a row's number and mark as they are kept."""
    return number.to_bytes(4, "big") + mark


def repeats(blocks: Callable[[], Iterable[bytes]]) -> Iterator[tuple[int, int, bool]]:
    """Yield (row, first row of the same person, whether told by a number) for each row whose person came before.

    `blocks` gives the kept rows in their order each time it is called; it is called twice.
    """
    doubtful = _doubtful(blocks())
    if not doubtful:
        return
    seen: dict[tuple[int, bytes, bytes], int] = {}
    for number, kind, head, tail in _rows(blocks()):
        if head in doubtful:
            first = seen.setdefault((kind, head, tail), number)
            if first != number:
                yield number, first, kind != 0


def _doubtful(blocks: Iterable[bytes]) -> set[bytes]:
    """Return the first halves of marks that come more than once."""
    parts = [array("Q") for _ in range(PARTS)]
    for _, _, head, _ in _rows(blocks):
        parts[head[0] % PARTS].append(int.from_bytes(head, "big"))
    found: set[bytes] = set()
    for part in parts:
        in_order = sorted(part)
        found.update(one.to_bytes(8, "big") for one, after in pairwise(in_order) if one == after)
    return found


def _rows(blocks: Iterable[bytes]) -> Iterator[tuple[int, int, bytes, bytes]]:
    for block in blocks:
        yield from ROW.iter_unpack(block)
