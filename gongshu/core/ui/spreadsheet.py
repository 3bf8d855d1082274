"""The table that is shown, as an .xlsx file."""

from io import BytesIO
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

from gongshu.core.ui.tables import TableShown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(table: TableShown) -> bytes:
    """Return all rows of the filtered and sorted table as a workbook; words stay words and never become formulas."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "remove_timezone": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        formats = {
            "date": book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}),
            "due": book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}),
            "time": book.add_format({"num_format": 'yyyy"年"m"月"d"日" hh:mm'}),
            "share": book.add_format({"num_format": "0.0%"}),
        }
        columns = [column for column in table.table.columns if column.exported]
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.label, bold)
            sheet.set_column(at, at, 12 if column.is_number else 20)
        for line, row in enumerate(table.narrowed, start=1):
            for at, column in enumerate(columns):
                sheet.write(line, at, column.plain(row), formats.get(column.kind))
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def download(table: TableShown, title: str) -> HttpResponse:
    """Answer with the workbook, named after the title."""
    response = HttpResponse(workbook(table), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title + '.xlsx')}"
    return response
