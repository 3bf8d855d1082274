"""Files of organising: the template of a list of employers, the rows of a list that were refused."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict

from gongshu.core.ui.blanks import Blank, Heading
from gongshu.core.ui.cells import Column
from gongshu.core.ui.spreadsheet import attached, download
from gongshu.core.ui.tables import Table
from gongshu.organising.models import EmployerList
from gongshu.organising.rules.coverage import COLUMNS, NEEDED

TEMPLATE_NAME = "用人单位名单模板"
TEMPLATE = Blank("用人单位", [Heading(words[0] + ("*" if code in NEEDED else "")) for code, words in COLUMNS.items()])
REFUSED = Table(
    columns=(
        Column("row", "行号", kind="number", value=lambda row: row[0]),
        Column("why", "未采用的原因", value=lambda row: row[1]),
    )
)


def list_template() -> HttpResponse:
    """Answer with the workbook to fill in."""
    return attached(TEMPLATE.content(), TEMPLATE_NAME)


def refused_rows(taken: EmployerList) -> HttpResponse:
    """Answer with the rows of a list that were refused, each with its reason."""
    return download(REFUSED.over(list(taken.reasons), QueryDict()), f"{taken.file_name}未采用的行")
