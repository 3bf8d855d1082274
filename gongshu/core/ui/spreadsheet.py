"""A list as an .xlsx file, written row by row: memory stays the same however many rows there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from typing import Any, Protocol
from urllib.parse import quote

from django.http import HttpResponse

from gongshu.core.ui.cells import Column
from gongshu.core.ui.tables import TableShown
from gongshu.core.ui.workbook import Layout, Page, Style, Target, Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_A_SHEET = 1_048_575  # below the heading; Excel takes no more
STYLES = {"date": Style.DAY, "due": Style.DAY, "time": Style.TIME, "share": Style.SHARE}
WIDTH, NUMBER_WIDTH = 20, 12  # characters


class Source(Protocol):
    """Rows to be written: columns, and the rows a batch at a time."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, in order."""
        ...

    def batches(self) -> Iterable[Sequence[Any]]:
        """Yield all rows, a batch at a time."""
        ...


def write(source: Source, target: Target, tell: Callable[[int], None] = lambda count: None) -> int:
    """Write the rows as a workbook and return how many; `tell` hears how many after each batch, and may raise.

    A sheet that is full is followed by another.
    """
    columns = [column for column in source.columns if column.exported]
    layout = Layout([NUMBER_WIDTH if column.is_number else WIDTH for column in columns])
    styles = [STYLES.get(column.kind, Style.PLAIN) for column in columns]
    rows: Iterator[Any] | None = _rows(source, tell)
    count = 0
    with Workbook(target) as book:
        while rows is not None:
            with book.sheet("", layout) as page:
                page.row([column.label for column in columns], [Style.HEADING] * len(columns))
                rows = _fill(page, rows, columns, styles)
                count += page.rows - 1
    return count


def _rows(source: Source, tell: Callable[[int], None]) -> Iterator[Any]:
    count = 0
    for batch in source.batches():
        yield from batch
        count += len(batch)
        tell(count)


def _fill(page: Page, rows: Iterator[Any], columns: Sequence[Column], styles: Sequence[Style]) -> Iterator[Any] | None:
    """Write rows until the sheet is full; return those that are left, None when there are none."""
    for row in rows:
        if page.rows > ROWS_A_SHEET or page.is_full:
            return chain([row], rows)
        page.row([column.plain(row) for column in columns], styles)
    return None


def workbook(source: Source) -> tuple[bytes, int]:
    """Return the rows as a workbook, and how many there are; for lists known to be short."""
    buffer = BytesIO()
    count = write(source, buffer)
    return buffer.getvalue(), count


def attached(content: bytes, title: str) -> HttpResponse:
    """Answer with a workbook, named after the title."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title + '.xlsx')}"
    response["Cache-Control"] = "private, no-store"
    return response


def download(table: TableShown, title: str) -> HttpResponse:
    """Answer with a short list as a workbook; lists that may be long go through `core.exports`."""
    return attached(workbook(table)[0], title)
