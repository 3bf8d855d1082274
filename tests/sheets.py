"""Tables for tests, as people send them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

HEADINGS = ("姓名", "身份证号码", "手机号码", "用人单位", "所在工会")


def csv_bytes(rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS, encoding: str = "utf-8") -> bytes:
    """Return a table as comma-separated text."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([headings, *rows])
    return buffer.getvalue().encode(encoding)


def xlsx_bytes(rows: Iterable[Sequence[object]], headings: Sequence[str] = HEADINGS) -> bytes:
    """Return a table as a workbook, strings in a table of their own as Excel has them."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("会员")
        for number, cells in enumerate([headings, *rows]):
            sheet.write_row(number, 0, cells)
    return buffer.getvalue()
