"""Task tables: a header row names the columns, each row is tasks with owner, deadline and target."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongshu.reading.model import Finding, Page, Quantity, Span
from gongshu.reading.tasks.columns import columns as header_columns
from gongshu.reading.tasks.marks import lines
from gongshu.reading.tasks.quantity import number_value

_NUMBER = re.compile(r"^(?P<number>\d[\d,]*(?:\.\d+)?)(?P<scale>[万亿]?)$")
_NUMBERS = re.compile(r"^(?:序号|编号)$")
_FIRST_NUMBER = re.compile(r"\n[ \t]*1[ \t]*\n")
_SPACED_HEADER = re.compile(r"(?m)^[ \u3000]*(?:序号|编号)[ \u3000]+\S")
_AIM_TOO = re.compile("目标任务|任务目标|目标和任务")
_FEWEST_COLUMNS = 3
_MOST_COLUMNS = 9
_IN_BRACKETS = re.compile(r"[(（](?P<unit>[^()（）]{1,4})[)）]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a task table: the stretch of the task's words and what its other cells say."""

    task: Span
    owner: Finding | None
    deadline: Finding | None
    target: Span | None
    counted: tuple[Quantity, ...]
    theme: Span | None = None


class Table:
    """Reads rows in order; a header row sets the columns for those after it."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self.text = text
        self.columns: dict[str, int] | None = None
        self.header: list[str] = []

    def row(self, cells: tuple[Span, ...]) -> Row | None:
        """Return the task of a row, None for a header, a rule line or a row without one."""
        words = [cell.of(self.text) for cell in cells]
        columns = header_columns(words)
        if columns is not None:
            self.columns, self.header = columns, words
            return None
        if self.columns is None or self.columns["task"] >= len(cells) or len(words[self.columns["task"]]) < 3:
            return None
        return Row(
            cells[self.columns["task"]],
            self._cell("owner", cells),
            self._cell("deadline", cells),
            self._place("target", cells),
            self._number(cells),
            self._place("theme", cells),
        )

    def _place(self, column: str, cells: tuple[Span, ...]) -> Span | None:
        place = (self.columns or {}).get(column)
        if place is None or place >= len(cells) or cells[place].start >= cells[place].end:
            return None
        return cells[place]

    def _cell(self, column: str, cells: tuple[Span, ...]) -> Finding | None:
        place = self._place(column, cells)
        if place is None or place.of(self.text) in ("-", "—", "——", "/", "无"):
            return None
        return Finding(place.of(self.text), place, f"{column}.cell")

    def _number(self, cells: tuple[Span, ...]) -> tuple[Quantity, ...]:
        """Return the target whose cell holds a bare number, with the unit of the header or its column."""
        place = self._place("target", cells)
        found = _NUMBER.match(place.of(self.text)) if place else None
        if place is None or found is None:
            return ()
        unit = self._place("unit", cells)
        header = _IN_BRACKETS.search(self.header[(self.columns or {})["target"]])
        name = unit.of(self.text) if unit else header["unit"] if header else ""
        value = number_value(found["number"]) * {"万": 10_000, "亿": 100_000_000}.get(found["scale"], 1)
        return (Quantity(value, name, place),) if name else ()

    def rows(self, cells: tuple[Span, ...]) -> list[Row]:
        """Return the row, and before it one of its own for a cell of 目标任务 that stands beside the measures."""
        row = self.row(cells)
        if row is None:
            return []
        if row.target is None or row.counted or not _AIM_TOO.search(self.header[(self.columns or {})["target"]]):
            return [row]
        return [replace(row, task=row.target, target=None, theme=None), replace(row, target=None)]


def table_rows(page: Page) -> list[Row]:
    """Return the tasks of every table row of the page, in order."""
    table, found = Table(page.text), []
    for _, _, cells in lines(page) if any(block.cells for block in page.blocks) else ():
        if not cells:
            table.columns = None
            continue
        found.extend(table.rows(cells))
    return found


def stacked_rows(page: Page) -> tuple[list[Row], frozenset[int]]:
    """Return the rows of a table printed one cell a line, and where the lines of it start.

    The header is the lines up to the first row's number 1; every row opens with its number.
    """
    if _FIRST_NUMBER.search(page.text) is None:
        return [], frozenset()
    spans = [span for span, _, cells in lines(page) if not cells]
    words = [span.of(page.text) for span in spans]
    rows: list[Row] = []
    taken: set[int] = set()
    for at in (place for place, text in enumerate(words) if text == "1"):
        width = _header_width(words, at)
        if not width:
            continue
        table = Table(page.text)
        table.row(tuple(spans[at - width : at]))
        for group in _groups(words, at, width):
            rows.extend(table.rows(_fitted(spans[group.start : group.stop], width, table.columns or {})))
            taken.update(span.start for span in spans[at - width : group.stop])
    return rows, frozenset(taken)


def _header_width(words: list[str], at: int) -> int:
    """Return how many lines before `at` are the header: the last 序号 opens it; 0 for none."""
    for width in range(3, min(_MOST_COLUMNS, at) + 1):
        if _NUMBERS.match(words[at - width]):
            return width if header_columns(words[at - width : at]) else 0
    return 0


def _groups(words: list[str], at: int, width: int) -> Iterator[range]:
    """Yield the lines of each row: from its number to the next one's, the last as wide as the header."""
    number = 1
    while True:
        number += 1
        reach = range(at + 2, min(len(words), at + 3 * width))
        following = next((place for place in reach if words[place] == str(number)), None)
        yield range(at, min(len(words), at + width) if following is None else following)
        if following is None:
            return
        at = following


def _fitted(spans: list[Span], width: int, columns: dict[str, int]) -> tuple[Span, ...]:
    """Return the cells of a row; lines too many belong to the task's cell."""
    more = len(spans) - width
    if more <= 0:
        return tuple(spans)
    task = columns["task"]
    return (*spans[:task], Span(spans[task].start, spans[task + more].end), *spans[task + more + 1 :])


def spaced_rows(page: Page) -> tuple[list[Row], frozenset[int]]:
    """Return the rows of tables whose cells only blanks part, and where their lines start.

    The header opens with 序号; a row has as many cells as the header and opens with a number.
    """
    rows: list[Row] = []
    taken: set[int] = set()
    if _SPACED_HEADER.search(page.text) is None:
        return rows, frozenset()
    table, width = Table(page.text), 0
    for span, _, cells in lines(page):
        fields = () if cells else _fields(span, page.text)
        words = [field.of(page.text) for field in fields]
        if len(fields) >= _FEWEST_COLUMNS and _NUMBERS.match(words[0]) and header_columns(words):
            width = len(fields)
        elif not (width and len(fields) == width and words[0].isdigit()):
            width = 0
            continue
        rows.extend(table.rows(fields))
        taken.add(span.start)
    return rows, frozenset(taken)


def _fields(span: Span, text: str) -> tuple[Span, ...]:
    return tuple(
        Span(span.start + one.start(), span.start + one.end()) for one in re.finditer(r"[^ \u3000]+", span.of(text))
    )
