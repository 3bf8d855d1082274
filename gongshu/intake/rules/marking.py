"""The original and the clean text side by side, paragraph by paragraph, cut where repairs and sources begin and end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gongshu.intake.rules.record.shape import Place

FOLD = 90


@dataclass(frozen=True, slots=True)
class Mend:
    """A repair as the page shows it: its number, rule, note, both places, the words, and a person's correction."""

    number: int
    rule: str
    raw: tuple[int, int]
    clean: tuple[int, int]
    note: str
    doubtful: bool
    before: str
    after: str
    correction: str = ""

    @property
    def is_removal(self) -> bool:
        """Tell whether nothing visible was left."""
        return not self.after.strip()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one colour: its words, the repair it belongs to, the keys of what was drawn from it."""

    text: str
    mend: Mend | None = None
    drawn: tuple[str, ...] = ()

    @property
    def drawn_words(self) -> str:
        """Return the keys parted by blanks, as the page's attribute holds them."""
        return " ".join(self.drawn)


@dataclass(slots=True)
class Sentence:
    """A sentence of the clean text, which links lead to; `number` is its anchor."""

    number: int
    start: int
    end: int
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """A paragraph: the original left, the clean text right; either side may be empty. `kind` as in reading."""

    kind: str
    raw: list[Piece] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def raw_length(self) -> int:
        """Return how many characters the original has here."""
        return sum(len(piece.text) for piece in self.raw)

    @property
    def is_long_loss(self) -> bool:
        """Tell whether so much was left out that the page folds it."""
        return self.kind == "left-out" and self.raw_length > FOLD


Drawn = tuple[str, Place]


def mends(raw: str, clean: str, stored: Iterable[Sequence[object]], corrections: dict[str, str]) -> list[Mend]:
    """Return the stored repairs as the page shows them, in order of the text."""
    found = []
    for number, row in enumerate(stored):
        rule, raw_start, raw_end, start, end, note, doubtful = row
        raw_span, span = (int(str(raw_start)), int(str(raw_end))), (int(str(start)), int(str(end)))
        found.append(
            Mend(
                number, str(rule), raw_span, span, str(note), bool(doubtful),
                raw[slice(*raw_span)], clean[slice(*span)], corrections.get(str(number), ""),
            )
        )  # fmt: skip
    return found


def corrected(clean: str, mended: Iterable[Mend], start: int = 0, end: int | None = None) -> str:
    """Return the clean text, or its stretch `[start, end)`, with the corrections a person gave."""
    parts, at, end = [], start, len(clean) if end is None else end
    for mend in mended:
        if mend.correction and start <= mend.clean[0] and mend.clean[1] <= end:
            parts += [clean[at : mend.clean[0]], mend.correction]
            at = mend.clean[1]
    return "".join([*parts, clean[at:end]])


class Marker:
    """Cuts both texts into rows."""

    def __init__(self, raw: str, clean: str, mended: Sequence[Mend], drawn: Sequence[Drawn]) -> None:
        self.raw, self.clean, self.mended, self.drawn = raw, clean, mended, drawn
        self._raw_ends = [mend.raw[1] for mend in mended]
        self._clean_ends = [mend.clean[1] for mend in mended]
        self._next = 0

    def rows(self, blocks: Sequence[Sequence[object]], sentences: Sequence[tuple[int, int]]) -> list[Row]:
        """Return a row for each block, and one for each stretch of the original that was left out between blocks."""
        found: list[Row] = []
        raw_at = 0
        for kind, block_start, block_end in blocks:
            start, end = int(str(block_start)), int(str(block_end))
            raw_start, raw_end = self._raw_span(start, end)
            found += self._left_out(raw_at, raw_start)
            row = Row(str(kind), self._raw_pieces(raw_start, raw_end))
            row.sentences = [self._sentence(s, e) for s, e in sentences if start <= s and e <= end]
            found.append(row)
            raw_at = raw_end
        return found + self._left_out(raw_at, len(self.raw))

    def _raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the original that a stretch of the clean text was made from."""
        before = bisect_right(self._clean_ends, start)
        until = bisect_right(self._clean_ends, end)
        while until > before and self.mended[until - 1].clean == (end, end):
            until -= 1
        raw_start = start + self._shift(before)
        return raw_start, max(raw_start, end + self._shift(until))

    def _shift(self, count: int) -> int:
        """Return how far the original is ahead of the clean text after the first `count` repairs."""
        return self._raw_ends[count - 1] - self._clean_ends[count - 1] if count else 0

    def _left_out(self, start: int, end: int) -> list[Row]:
        if not self.raw[start:end].strip():
            return []
        return [Row("left-out", self._raw_pieces(start, end))]

    def _raw_pieces(self, start: int, end: int) -> list[Piece]:
        pieces, at = [], start
        for mend in self.mended[bisect_right(self._raw_ends, start) :]:
            if mend.raw[0] >= end:
                break
            if mend.raw[0] > at:
                pieces.append(Piece(self.raw[at : mend.raw[0]]))
            pieces.append(Piece(self.raw[max(mend.raw[0], start) : min(mend.raw[1], end)], mend))
            at = min(mend.raw[1], end)
        if at < end:
            pieces.append(Piece(self.raw[at:end]))
        return _trimmed(pieces)

    def _sentence(self, start: int, end: int) -> Sentence:
        sentence = Sentence(self._next, start, end)
        self._next += 1
        visible = self._mends_within(start, end)
        drawn = [(key, place) for key, place in self.drawn if place.start < end and place.end > start]
        cuts = {start, end}
        cuts.update(at for mend in visible for at in mend.clean)
        cuts.update(at for _, place in drawn for at in (place.start, place.end) if start < at < end)
        for left, right in pairwise(sorted(cuts)):
            sentence.pieces.append(self._piece(left, right, visible, drawn))
        return sentence

    def _mends_within(self, start: int, end: int) -> list[Mend]:
        """Return the repairs that left words inside a stretch of the clean text."""
        first, last = bisect_right(self._clean_ends, start), bisect_right(self._clean_ends, end)
        return [mend for mend in self.mended[first:last] if start <= mend.clean[0] < mend.clean[1]]

    def _piece(self, left: int, right: int, visible: Sequence[Mend], drawn: Sequence[Drawn]) -> Piece:
        mend = next((one for one in visible if one.clean[0] <= left and right <= one.clean[1]), None)
        keys = tuple(key for key, place in drawn if place.start <= left and right <= place.end)
        text = self.clean[left:right]
        if mend and mend.correction:
            text = mend.correction if left == mend.clean[0] else ""
        return Piece(text, mend, keys)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without blanks at the outer edges."""
    for edge, trim in ((0, str.lstrip), (-1, str.rstrip)):
        while pieces:
            piece = pieces[edge]
            text = trim(piece.text)
            if text:
                pieces[edge] = replace(piece, text=text)
                break
            pieces.pop(edge)
    return pieces
