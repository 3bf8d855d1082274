"""Reading the first sheet of an .xlsx at once, quickly and in much memory: for files that are not too large."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from gongshu.core.base.problems import Refused
from gongshu.core.files.sheets.lines import Limits, Lines, Source
from gongshu.core.files.sheets.xlsx import BROKEN


def lines(source: Source, sheet: str, limits: Limits) -> Lines:
    """Yield number and cells of each row of a sheet that is not empty; alike what `xlsx.lines` yields."""
    try:
        with source() as file:
            found = CalamineWorkbook.from_filelike(file).get_sheet_by_name(sheet)
    except (CalamineError, OSError) as error:
        raise Refused.because(BROKEN) from error
    if found.start is None:
        return
    margin = [""] * found.start[1]
    for number, row in enumerate(found.iter_rows(), start=1):
        cells = margin + [cell.strip() if isinstance(cell, str) else _words(cell) for cell in row]
        del cells[limits.columns_kept :]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _words(cell: Any) -> str:
    """Return a cell that is no text as a person would write it."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e20 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
