"""Task tables: a header row names the columns, each row is tasks with owner, deadline and target."""

import re
from dataclasses import dataclass

from gongshu.reading.model import Finding, Page, Quantity, Span
from gongshu.reading.tasks.marks import lines, trimmed
from gongshu.reading.tasks.quantity import number_value

_COLUMNS = {
    "number": re.compile(r"^(?:序号|编号|No\.?|类别|板块|项目类别)$"),
    "owner": re.compile(r"责任|牵头|承办|负责|主办|实施单位|落实单位|承担单位|配合"),
    "deadline": re.compile(r"时限|时间|期限|进度|节点|完成日期|截止"),
    "target": re.compile(r"目标|指标|数量|任务数|计划数|目标值|规模|场次|名额"),
    "unit": re.compile(r"^(?:计量)?单位$"),
    "note": re.compile(r"备注|说明|资金|经费|投资|地点|地址|对象|分管|联系|电话"),
    "task": re.compile(r"任务|工作|事项|项目|内容|措施|举措|名称|要点"),
}
_NUMBER = re.compile(r"^(?P<number>\d[\d,]*(?:\.\d+)?)(?P<scale>[万亿]?)$")
_IN_BRACKETS = re.compile(r"[(（](?P<unit>[^()（）]{1,4})[)）]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a task table: the stretch of the task's words and what its other cells say."""

    task: Span
    owner: Finding | None
    deadline: Finding | None
    target: Span | None
    counted: tuple[Quantity, ...]


def _split(text: str, span: Span) -> tuple[Span, ...]:
    cells, start = [], span.start
    for found in re.finditer(r"\s*[|｜\t]\s*", span.of(text)):
        cells.append(trimmed(text, start, span.start + found.start()))
        start = span.start + found.end()
    cells.append(trimmed(text, start, span.end))
    return tuple(cells)


def _columns(cells: list[str]) -> dict[str, int] | None:
    """Return which column is which when the cells are a header, None when they are not."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        kind = next((kind for kind, pattern in _COLUMNS.items() if len(cell) <= 14 and pattern.search(cell)), None)
        if kind == "task" and "task" in found:
            found["task"] = _better(cells, found["task"], place)
        elif kind == "owner" and "owner" in found and re.search(r"部门|单位|科室|处室", cell):
            found["owner"] = place if re.search(r"领导|人", cells[found["owner"]]) else found["owner"]
        elif kind is not None:
            found.setdefault(kind, place)
    return found if "task" in found and len(found) >= 2 and not any(re.search(r"\d", cell) for cell in cells) else None


def _better(cells: list[str], old: int, new: int) -> int:
    """Return the column that says what is to be done: 具体 or 内容 or 措施 before a mere name."""
    return new if re.search(r"具体|内容|措施|举措|重点任务|工作任务", cells[new]) else old


class Table:
    """Reads rows in order; a header row sets the columns for those after it."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self.text = text
        self.columns: dict[str, int] | None = None
        self.header: list[str] = []

    def row(self, span: Span, cells: tuple[Span, ...]) -> Row | None:
        """Return the task of a row, None for a header, a rule line or a row without one."""
        cells = cells or _split(self.text, span)
        words = [cell.of(self.text) for cell in cells]
        columns = _columns(words)
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


def table_rows(page: Page) -> list[Row]:
    """Return the tasks of every table row of the page, in order."""
    table, found = Table(page.text), []
    for span, kind, cells in lines(page):
        words = span.of(page.text)
        if kind != "row" and not cells and words.count("|") + words.count("\t") < 2:
            table.columns = table.columns if not words else None
            continue
        row = table.row(span, cells)
        if row is not None:
            found.append(row)
    return found
