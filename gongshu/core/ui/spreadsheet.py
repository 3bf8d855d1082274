"""A list as an .xlsx file, written row by row: memory stays the same however many rows there are."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

from gongshu.core.ui.cells import Column
from gongshu.core.ui.tables import TableShown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_A_SHEET = 1_048_575  # below the heading; Excel takes no more
LONGEST_CELL = 32_767  # characters; Excel takes no more
DAY = 'yyyy"年"m"月"d"日"'
FORMATS = {"date": DAY, "due": DAY, "time": f"{DAY} hh:mm", "share": "0.0%"}


class Source(Protocol):
    """Rows to be written: columns, and the rows a batch at a time."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, in order."""
        ...

    def batches(self) -> Iterable[Sequence[Any]]:
        """Yield all rows, a batch at a time."""
        ...


@dataclass
class Writing:
    """A workbook that is being written: a new sheet begins where one is full."""

    book: Any
    columns: Sequence[Column]
    count: int = 0

    def __post_init__(self) -> None:
        self.bold = self.book.add_format({"bold": True, "bottom": 1})
        self.formats = {kind: self.book.add_format({"num_format": words}) for kind, words in FORMATS.items()}
        self._begin()

    def _begin(self) -> None:
        self.sheet, self.line = self.book.add_worksheet(), 0
        self.sheet.freeze_panes(1, 0)
        for at, column in enumerate(self.columns):
            self.sheet.set_column(at, at, 12 if column.is_number else 20)
            self.sheet.write_string(0, at, column.label, self.bold)

    def add(self, row: Any) -> None:
        """Write a row; words stay words and never become formulas."""
        if self.line == ROWS_A_SHEET:
            self._begin()
        self.line, self.count = self.line + 1, self.count + 1
        for at, column in enumerate(self.columns):
            value, style = column.plain(row), self.formats.get(column.kind)
            if isinstance(value, str):
                self.sheet.write_string(self.line, at, value[:LONGEST_CELL], style)
            else:
                self.sheet.write(self.line, at, value, style)


def write(source: Source, target: Path, tell: Callable[[int], None] = lambda count: None) -> int:
    """Write the rows to a file and return how many; `tell` hears how many after each batch, and may raise."""
    with TemporaryDirectory(dir=target.parent) as folder:  # what an interrupted one leaves goes with the folder
        book = xlsxwriter.Workbook(
            target,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "remove_timezone": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
            },
        )
        writing = Writing(book, [column for column in source.columns if column.exported])
        try:
            for batch in source.batches():
                for row in batch:
                    writing.add(row)
                tell(writing.count)
            book.close()
        finally:
            for sheet in book.worksheets():  # the book's own way out would write all of it when it is broken off
                sheet.row_data_fh.close()
    return writing.count


def workbook(source: Source) -> tuple[bytes, int]:
    """Return the rows as a workbook, and how many there are; for lists known to be short."""
    with TemporaryDirectory(prefix="gongshu-export-") as folder:
        target = Path(folder) / "list.xlsx"
        count = write(source, target)
        return target.read_bytes(), count


def attached(content: bytes, title: str) -> HttpResponse:
    """Answer with a workbook, named after the title."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title + '.xlsx')}"
    return response


def download(table: TableShown, title: str) -> HttpResponse:
    """Answer with a short list as a workbook; lists that may be long go through `core.exports`."""
    return attached(workbook(table)[0], title)
