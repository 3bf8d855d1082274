"""The tasks of a table row: its cell's lines cut like any demand, each with the row's owner, deadline, target."""

import re
from collections.abc import Callable
from dataclasses import replace

from gongshu.reading.model import Finding, Quantity, Span, TaskFinding
from gongshu.reading.tasks.cut import Cutter, Piece
from gongshu.reading.tasks.demand import Demand
from gongshu.reading.tasks.marks import Masked, clauses, segments, trimmed
from gongshu.reading.tasks.quantity import quantities_in
from gongshu.reading.tasks.strip import ORDINAL
from gongshu.reading.tasks.table import Row

_LINE_END = re.compile(
    r"[ \u3000]+(?=[“《\u4e00-\u9fff(（①-⑳\d])(?![(（][^一二三四五六七八九十\d])"
    r"|\n+|(?<=[\u4e00-\u9fff”])(?=\d{1,2}[.．、)](?!\d)[\u4e00-\u9fff])|(?=[①-⑳])"
)

Weigh = Callable[[Masked, Piece], TaskFinding]


def tasks_of_row(masked: Masked, cutter: Cutter, row: Row, weigh: Weigh) -> list[TaskFinding]:
    """Return the tasks of a row; targets written line by line go to the task of the same line."""
    parts = _cell_lines(masked, row.task)
    targets = _cell_lines(masked, row.target) if row.target else []
    row = replace(row, target=None, counted=()) if len(parts) == len(targets) > 1 else row
    lines = [replace(row, task=part) for part in parts]
    if row.target is None and targets:
        lines = [replace(line, target=target) for line, target in zip(lines, targets, strict=True)]
    dates = _cell_lines(masked, row.deadline.span) if row.deadline else []
    if len(dates) == len(parts) > 1:
        named = [Finding(date.of(masked.text), date, "deadline.cell") for date in dates]
        lines = [replace(line, deadline=date) for line, date in zip(lines, named, strict=True)]
    if len(parts) in (len(targets), len(dates)):
        return [task for line in lines for task in _tasks(masked, cutter, line, weigh)]
    return _counted(masked, row, [task for part in parts for task in _cut(masked, cutter, part, row, weigh)])


def _tasks(masked: Masked, cutter: Cutter, row: Row, weigh: Weigh) -> list[TaskFinding]:
    return _counted(masked, row, _cut(masked, cutter, row.task, row, weigh))


def _cell_lines(masked: Masked, span: Span) -> list[Span]:
    """Return the lines of a cell: they were breaks before the page made one line of the row."""
    found, start = [], span.start
    for gap in _LINE_END.finditer(masked.view, span.start, span.end):
        found.append(trimmed(masked.text, start, gap.start()))
        start = gap.end()
    found.append(trimmed(masked.text, start, span.end))
    return [one for one in found if one.end - one.start > 1]


def _cut(masked: Masked, cutter: Cutter, part: Span, row: Row, weigh: Weigh) -> list[TaskFinding]:
    found: list[TaskFinding] = []
    for segment in segments(masked.flat, part):
        demand = Demand()
        for clause in clauses(masked.flat, segment):
            ordinal = ORDINAL.match(clause.of(masked.flat))
            start = clause.start + (ordinal.end() if ordinal else 0)
            demand.add(Span(start, clause.end), row.owner, led=False, rule="demand.row", start=clause.start)
        for piece in cutter.pieces(demand):
            task = weigh(masked, piece)
            found.append(
                replace(task, kind="task", deadline=row.deadline or task.deadline, owner=row.owner or task.owner)
            )
    return found


def _counted(masked: Masked, row: Row, found: list[TaskFinding]) -> list[TaskFinding]:
    """Give the row's target to its first task, unless the tasks name their own numbers."""
    if found and (row.counted or not any(task.quantities for task in found)):
        found[0] = replace(found[0], quantities=(*_target(masked, row), *found[0].quantities))
    return found


def _target(masked: Masked, row: Row) -> tuple[Quantity, ...]:
    return row.counted or (quantities_in(masked, row.target) if row.target else ())
