"""Table rows written with pipes: rule lines go, the bars around cells become tabs, stray bars go."""

import re

from gongshu.reading.repair.draft import Edit
from gongshu.reading.repair.lines import Line, lines_of

TAB = "\t"
_RULE_LINE = re.compile(r"[|:\s+-]*-{2,}[|:\s+-]*|[┌┬┐├┼┤└┴┘─━│┃\s]+")
_BAR = re.compile(r"[ ]*[|│┃][ ]*")
_EDGE = re.compile(r"^[ ]*[|│┃][ ]*|[ ]*[|│┃][ ]*$")


def grid(text: str) -> list[Edit]:
    """Return the edits that write pipe tables with one tab between cells."""
    lines = [line for line in lines_of(text) if line.words]
    edits: list[Edit] = []
    for line in lines:
        if _RULE_LINE.fullmatch(line.words):
            edits.append(Edit(line.start, line.end, "", "table-rule", "删去表格线"))
        elif "|" in line.words or "│" in line.words or "┃" in line.words:
            edits += _bars(text, line)
    return edits


def _bars(text: str, line: Line) -> list[Edit]:
    row = text[line.start : line.end].replace("｜", "|")
    edges = [m.span() for m in _EDGE.finditer(row)]
    edits = [Edit(line.start + a, line.start + b, "", "table", "删去表格边线") for a, b in edges]
    for m in _BAR.finditer(row):
        if m.span() not in edges and not any(a < m.end() and m.start() < b for a, b in edges):
            edits.append(
                Edit(line.start + m.start(), line.start + m.end(), TAB, "table", "表格单元格以制表符分开")
            )
    return edits
