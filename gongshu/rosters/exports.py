"""The template to fill in, and the rows that were not brought in, as files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from tempfile import TemporaryFile
from typing import IO, TypeVar
from urllib.parse import quote

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse

from gongshu.core.ui.spreadsheet import XLSX
from gongshu.members.enums import Form
from gongshu.rosters.enums import Column
from gongshu.rosters.models import Roster, RosterRow
from gongshu.rosters.queries.scope import refused_of
from gongshu.rosters.rules.checks import SAMPLE
from gongshu.rosters.tables import masked_number

MOST_IN_WORKBOOK = 50_000
ROWS_CHECKED = 10_000  # of the template: so many rows have the list of forms of employment to choose from
BLOCK = 2_000
HEADINGS = ("行号", "姓名", "身份证号码", "栏目", "原因")
Answer = TypeVar("Answer", bound=HttpResponseBase)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
EXAMPLE = {
    Column.NAME: f"（{SAMPLE}）何立",
    Column.ID_NUMBER: "520102199003070012",
    Column.PHONE: "13800000000",
    Column.FORM: Form.STAFF.label,
    Column.EMPLOYER: f"{SAMPLE}制造有限公司",
    Column.UNION: f"{SAMPLE}制造有限公司工会",
    Column.JOINED_ON: "2020-01-03",
}
ADVICE = (
    ("姓名", "必填，60字以内。"),
    (
        "身份证号码",
        "18位，末位X大写小写都可以。没有号码的可以空着，但不能算实名，重名的要补填手机号码。性别、出生日期由号码得出，不用填。",
    ),
    ("手机号码", "11位，可以空着。"),
    ("就业形态", "从下拉里选；空着的，按导入时选定的一种。"),
    ("用人单位", "灵活就业的可以空着。"),
    ("所在工会", "写工会全称、简称或者入会码；整份名册是一个工会的可以空着。不能写管理范围以外的工会。"),
    ("入会日期", "写成2020-01-03或2020年1月3日；空着的，以导入当天为入会日期。"),
    ("其他", "多余的栏目不读。不要用公式和合并单元格。第二行是演示，可以删去，不删也不会导入。只读第一张表。"),
)


def template() -> HttpResponse:
    """Answer with the workbook to fill in: headings, an example marked as such, and on a second sheet how to."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, advice = book.add_worksheet("会员名册"), book.add_worksheet("填写说明")
        bold, quiet = book.add_format({"bold": True, "bottom": 1}), book.add_format({"font_color": "#808080"})
        words = book.add_format({"num_format": "@"})
        for place, (column, example) in enumerate(EXAMPLE.items()):
            sheet.set_column(place, place, 24, words)
            sheet.write_string(0, place, column.label, bold)
            sheet.write_string(1, place, example, quiet)
        forms = list(EXAMPLE).index(Column.FORM)
        sheet.data_validation(1, forms, ROWS_CHECKED, forms, {"validate": "list", "source": list(Form.labels)})
        sheet.freeze_panes(1, 0)
        advice.set_column(0, 0, 16)
        advice.set_column(1, 1, 90, book.add_format({"text_wrap": True}))
        for line, (label, told) in enumerate(ADVICE):
            advice.write_string(line, 0, label, bold)
            advice.write_string(line, 1, told)
    response = HttpResponse(buffer.getvalue(), content_type=XLSX)
    return _named(response, "会员名册模板.xlsx")


def refused_rows(roster: Roster, form: str) -> HttpResponseBase:
    """Answer with the rows that were not brought in and why; as text (`csv`) also where they are very many."""
    title = f"{roster.file_name.rpartition('.')[0]}：没有导入的行"
    rows = refused_of(roster)
    if form == "csv" or rows[MOST_IN_WORKBOOK : MOST_IN_WORKBOOK + 1].exists():
        response = StreamingHttpResponse(_text(_cells(rows)), content_type="text/csv; charset=utf-8")
        return _named(response, f"{title}.csv")
    return FileResponse(_workbook(_cells(rows)), as_attachment=True, filename=f"{title}.xlsx", content_type=XLSX)


def _named(response: Answer, name: str) -> Answer:
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "private, no-store"
    return response


def _cells(rows: QuerySet[RosterRow]) -> Iterator[tuple[int, str, str, str, str]]:
    for row in rows.iterator(chunk_size=BLOCK):
        yield row.number, row.name, masked_number(row), row.get_field_display(), row.reason


def _workbook(rows: Iterable[tuple[int, str, str, str, str]]) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("没有导入的行")
        sheet.set_column(0, 3, 20)
        sheet.set_column(4, 4, 80)
        for place, label in enumerate(HEADINGS):
            sheet.write_string(0, place, label)
        for line, (number, *words) in enumerate(rows, start=1):
            sheet.write_number(line, 0, number)
            for place, word in enumerate(words, start=1):
                sheet.write_string(line, place, word)
    file.seek(0)
    return file


def _text(rows: Iterable[tuple[int, str, str, str, str]]) -> Iterator[str]:
    """Yield the lines of a text that spreadsheets open as UTF-8; no word in it can become a formula."""
    yield "\ufeff" + _line(HEADINGS)
    for number, *words in rows:
        yield _line((number, *(f"'{word}" if word.startswith(FORMULA_STARTS) else word for word in words)))


def _line(cells: Iterable[object]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
