"""Files of organising: the template of a list of employers, the rows of a list that were refused."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse, QueryDict

from gongshu.core.ui.cells import Column
from gongshu.core.ui.spreadsheet import XLSX, download
from gongshu.core.ui.tables import Table
from gongshu.organising.models import EmployerList
from gongshu.organising.rules.coverage import COLUMNS, NEEDED

TEMPLATE_NAME = "用人单位名单模板.xlsx"
REFUSED = Table(
    columns=(
        Column("row", "行号", kind="number", value=lambda row: row[0]),
        Column("why", "未采用的原因", value=lambda row: row[1]),
    )
)


def list_template() -> HttpResponse:
    """Answer with the template: the headings, every column kept as text so that no code loses its last digits."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, text = book.add_worksheet("用人单位"), book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        for at, (code, words) in enumerate(COLUMNS.items()):
            sheet.set_column(at, at, 24, text)
            sheet.write_string(0, at, words[0] + ("*" if code in NEEDED else ""), bold)
        sheet.freeze_panes(1, 0)
    response = HttpResponse(buffer.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(TEMPLATE_NAME)}"
    return response


def refused_rows(taken: EmployerList) -> HttpResponse:
    """Answer with the rows of a list that were refused, each with its reason."""
    return download(REFUSED.over(list(taken.reasons), QueryDict()), f"{taken.file.name}未采用的行")
