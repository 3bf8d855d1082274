"""A text under repair: every edit keeps its place in the raw text, also when a later rule edits there again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from gongshu.reading.model import Repair, Span


class Edit(NamedTuple):
    """Replace `[start, end)` of the current text by `after`; with `doubtful` and the same words it only raises a flag.

    A `quiet` edit (blanks) that runs over the place of an earlier one leaves that one's rule and note standing.
    """

    start: int
    end: int
    after: str
    rule: str
    note: str
    doubtful: bool = False
    quiet: bool = False


@dataclass(slots=True)
class _Piece:
    """A stretch of the raw text, kept as it is (`edit` is None) or written as `after`."""

    raw_start: int
    raw_end: int
    after: str
    edit: Edit | None


class Draft:
    """The raw text, the text as repaired so far, and the pieces that join them."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self._pieces = [_Piece(0, len(raw), raw, None)] if raw else []

    def apply(self, edits: Iterable[Edit]) -> None:
        """Apply edits of the current text, given in any order; of two that overlap, the earlier one wins."""
        wanted = _in_order(edits)
        if not wanted:
            return
        self._pieces = _Weaver(self._pieces).weave(wanted)
        self.text = "".join(piece.after for piece in self._pieces)

    def repairs(self) -> tuple[Repair, ...]:
        """Return every repair in order; written over the raw text they give the clean text."""
        found: list[Repair] = []
        at = 0
        for piece in self._pieces:
            end = at + len(piece.after)
            before = self.raw[piece.raw_start : piece.raw_end]
            edit = piece.edit
            if edit is not None and (before != piece.after or edit.doubtful):
                raw, clean = Span(piece.raw_start, piece.raw_end), Span(at, end)
                found.append(Repair(edit.rule, raw, clean, before, piece.after, edit.note, edit.doubtful))
            at = end
        return tuple(found)


def _in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits by position, without empty ones and without those that overlap an earlier one."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if edit.start < edit.end and (not kept or edit.start >= kept[-1].end):
            kept.append(edit)
    return kept


class _Weaver:
    """Walks the pieces once, left to right, laying edits over them."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._left = pieces[::-1]
        self._at = 0
        self._done: list[_Piece] = []

    def weave(self, edits: list[Edit]) -> list[_Piece]:
        for edit in edits:
            self._pass_over(edit.start)
            self._lay(edit)
        self._done.extend(self._left[::-1])
        return self._done

    def _pass_over(self, start: int) -> None:
        """Finish the pieces that end at or before `start`; split a kept one that reaches past it."""
        while self._left and self._at < start:
            piece = self._left[-1]
            size = len(piece.after)
            if self._at + size > start:
                if piece.edit is None:
                    self._split(start - self._at)
                    continue
                return
            self._done.append(self._left.pop())
            self._at += size
        while self._left and not self._left[-1].after and self._at == start:
            self._done.append(self._left.pop())

    def _split(self, size: int) -> None:
        piece = self._left.pop()
        middle = piece.raw_start + size
        self._left.append(_Piece(middle, piece.raw_end, piece.after[size:], None))
        self._left.append(_Piece(piece.raw_start, middle, piece.after[:size], None))

    def _lay(self, edit: Edit) -> None:
        """Write one edit over the pieces it touches; what it does not touch of an edited piece stays written."""
        first = self._left[-1]
        head = first.after[: edit.start - self._at]
        raw_start, raw_end, tail, at = first.raw_start, first.raw_end, "", self._at
        cause = edit
        while at < edit.end:
            piece = self._left[-1]
            if piece.edit is None and at + len(piece.after) > edit.end:
                self._split(edit.end - at)
                piece = self._left[-1]
            self._left.pop()
            raw_end = piece.raw_end
            if cause.quiet and piece.edit is not None:
                cause = piece.edit
            tail = piece.after[edit.end - at :] if at + len(piece.after) > edit.end else ""
            at += len(piece.after)
        woven = _Piece(raw_start, raw_end, head + edit.after + tail, cause)
        if tail:  # a later edit may still fall on the tail: lay it over the woven piece, seen with the old offsets
            self._left.append(_Piece(raw_start, raw_end, head + edit.after + tail, cause))
            self._at = at - len(tail) - len(edit.after) - len(head)
            return
        self._done.append(woven)
        self._at = at
