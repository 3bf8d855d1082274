"""Looking an .xlsx over before its rows are believed: is it whole, not a bomb, without what would mislead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from zipfile import ZipFile

from gongshu.core.base.columns import column_name, column_place
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.files.sheets.lines import Limits, Source
from gongshu.core.files.sheets.xlsx import BAD, BROKEN, TOO_LARGE, opened, pieces, sheets, strings_part

FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*>\s*<(?:\w+:)?f[\s>/]')
WRONG = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]{1,3})(\d+)"')
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
WIDE = re.compile(rb'r="[A-Z]{2,3}[0-9]')
FEWEST_BYTES = 100  # in a row of a well-filled sheet; the quick reader takes memory for empty cells too
MOST_TOLD = 20
MOST_MERGED = 50_000
INSTEAD_OF_ERRORS = "请填上正确的内容，或者清空这一格，再上传"
INSTEAD_OF_FORMULAS = "请选中这一栏，复制后“选择性粘贴—数值”，再上传"
KEPT = 512  # bytes kept of a piece, so that what a border cuts is found in the next one
MOST_TIMES = 400  # a package this many times its size once unpacked is made to fill a disk


@dataclass(frozen=True)
class Merged:
    """A merged range: columns from 0, rows from 1, both ends included."""

    left: int
    top: int
    right: int
    bottom: int

    def __str__(self) -> str:
        return f"{column_name(self.left)}{self.top}:{column_name(self.right)}{self.bottom}"


@dataclass
class Found:
    """What a look over a workbook has found: its sheets, bytes once unpacked, last row, what would mislead.

    `formulas` and `wrong` (cells that hold an error, as #N/A) have rows by column: those where a heading may still be,
    and the first one below.
    """

    names: list[str]
    inflated: int = 0
    last_row: int = 0
    is_wide: bool = False
    formulas: dict[int, list[int]] = field(default_factory=dict)
    wrong: dict[int, list[int]] = field(default_factory=dict)
    merged: dict[Merged, None] = field(default_factory=dict)

    @property
    def is_dense(self) -> bool:
        """Tell whether most cells of the sheet are filled, so that it takes no more memory than it has words."""
        return not self.is_wide and self.inflated >= self.last_row * FEWEST_BYTES


def look_over(source: Source, limits: Limits) -> Found:
    """Unpack every part that is read, to its end, and tell what is there; raises Refused with a sentence."""
    try:
        with opened(source) as package:
            told = sheets(package)
            _not_a_bomb(package, limits)
            found = Found([name for name, _ in told])
            _sheet(package, told[0][1], found, limits)
            strings = strings_part(package)
            if strings in package.namelist():
                with package.open(strings) as part:
                    found.inflated += sum(len(piece) for piece in pieces(part, limits.inflated))
    except BAD as error:
        raise Refused.because(BROKEN) from error
    return found


def _not_a_bomb(package: ZipFile, limits: Limits) -> None:
    size = sum(part.file_size for part in package.infolist())
    if size > limits.inflated or size > package.start_dir * MOST_TIMES:  # where the parts end: it cannot be lied about
        raise Refused.because(TOO_LARGE)


def _sheet(package: ZipFile, part: str, found: Found, limits: Limits) -> None:
    kept = b""
    with package.open(part) as source:
        for piece in pieces(source, limits.inflated):
            found.inflated += len(piece)
            window = kept + piece
            _note(window, found, limits)
            if found.last_row > limits.rows + limits.heading:
                raise Refused.because(limits.thing + limits.too_many)
            kept = window[-KEPT:]


def _note(window: bytes, found: Found, limits: Limits) -> None:
    last = window.rfind(b"row ")
    for match in ROW.finditer(window, max(0, window.rfind(b"<", 0, last))) if last >= 0 else ():
        found.last_row = max(found.last_row, int(match[1]))
    found.is_wide = found.is_wide or WIDE.search(window) is not None
    if b"<f" in window or b":f" in window:
        _note_cells(FORMULA, window, found.formulas, limits)
    if b't="e"' in window:
        _note_cells(WRONG, window, found.wrong, limits)
    if b"mergeCell " in window:
        for left, top, right, bottom in MERGED.findall(window):
            one = Merged(column_place(left.decode()), int(top), column_place(right.decode()), int(bottom))
            found.merged[one] = None
        if len(found.merged) > MOST_MERGED:
            raise Refused.because(f"表里的合并单元格太多。{_instead_of_merged(limits)}")


def _note_cells(form: re.Pattern[bytes], window: bytes, rows: dict[int, list[int]], limits: Limits) -> None:
    for match in form.finditer(window):
        known = rows.setdefault(column_place(match[1].decode()), [])
        if not known or known[-1] <= limits.heading:
            known.append(int(match[2]))


def _instead_of_merged(limits: Limits) -> str:
    return f"请取消合并，{limits.entry}填写完整，再上传"


def in_the_way(found: Found, columns: dict[int, str], heading: int, limits: Limits) -> list[Problem]:
    """Return what stands in the columns that are brought in, below the heading: formulas, errors, merged ranges.

    A column of formulas is told as such, whatever they give.
    """
    formulas = [
        Problem(f"“{columns[place]}”一栏是公式（{column_name(place)}{row}）。{INSTEAD_OF_FORMULAS}", row=row)
        for place, row in _below(found.formulas, columns, heading)
    ]
    wrong = [
        Problem(f"“{columns[place]}”一栏有错误值（{column_name(place)}{row}，如 #N/A）。{INSTEAD_OF_ERRORS}", row=row)
        for place, row in _below(found.wrong, columns, heading)
        if place not in found.formulas
    ]
    merged = [
        Problem(f"{one} 是合并单元格。{_instead_of_merged(limits)}", row=one.top)
        for one in found.merged
        if one.bottom > heading and any(one.left <= place <= one.right for place in columns)
    ]
    return [*formulas, *wrong, *merged][:MOST_TOLD]


def _below(rows: dict[int, list[int]], columns: dict[int, str], heading: int) -> list[tuple[int, int]]:
    """Return the columns that are brought in with the first of their rows below the heading."""
    first = {place: next((row for row in some if row > heading), 0) for place, some in rows.items() if place in columns}
    return sorted((place, row) for place, row in first.items() if row)
