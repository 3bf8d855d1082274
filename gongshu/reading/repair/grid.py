"""Table rows written with pipes: rule lines go, the bars around cells become tabs, stray bars go."""

import re

from gongshu.reading.repair.draft import Edit
from gongshu.reading.repair.lines import Line, lines_of

TAB = "\t"
_RULE_LINE = re.compile(r"[|:\s+-]*-{2,}[|:\s+-]*|[┌┬┐├┼┤└┴┘─━│┃\s]+")
_BAR = re.compile(r"[ ]*[|│┃](?:[ ]+(?=[^ |│┃])|[ ]+$)?")


def grid(text: str) -> list[Edit]:
    """Return the edits that write pipe tables with one tab between cells."""
    every = lines_of(text)
    hollow = [line for line in every if not line.words and line.start < line.end]
    edits = [Edit(line.start, line.end, "", "blank", "删去空行", quiet=True) for line in hollow]
    lines = [line for line in every if line.words]
    for i, line in enumerate(lines):
        if _RULE_LINE.fullmatch(line.words):
            edits.append(Edit(line.start, line.end, "", "table-rule", "删去表格线"))
        elif "|" in line.words or "│" in line.words or "┃" in line.words:
            edits += _bars(text, line)
        elif TAB in line.words and not any(TAB in near.words for near in _beside(lines, i)):
            edits += _lone_tabs(text, line)
    return edits


def _beside(lines: list[Line], at: int) -> list[Line]:
    return lines[max(0, at - 1) : at] + lines[at + 1 : at + 2]


def _lone_tabs(text: str, line: Line) -> list[Edit]:
    """Return the edits of tabs in a line that is no row: it stands among lines without tabs."""
    at = [n for n in range(line.start, line.end) if text[n] == TAB]
    return [Edit(n, n + 1, " ", "blank", "统一空格", quiet=True) for n in at]


def _bars(text: str, line: Line) -> list[Edit]:
    """Return the edits of one row: the bars at its edges go, each bar between two cells becomes a tab."""
    row = text[line.start : line.end].replace("｜", "|")
    return [_bar(line.start, m, len(row)) for m in _BAR.finditer(row)]


def _bar(offset: int, m: re.Match[str], size: int) -> Edit:
    at_edge = m.start() == 0 or m.end() == size
    note = "删去表格边线" if at_edge else "表格单元格以制表符分开"
    return Edit(offset + m.start(), offset + m.end(), "" if at_edge else TAB, "table", note)
