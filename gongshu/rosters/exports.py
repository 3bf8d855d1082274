"""The template to fill in, and the rows that were not brought in, as files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TypeVar
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.utils.timezone import now

from gongshu.core.access.guard import Request
from gongshu.core.exports.handing import hand_out
from gongshu.core.exports.sheet import Sheet
from gongshu.core.ui.blanks import Blank, Heading
from gongshu.core.ui.spreadsheet import attached
from gongshu.members.enums import Form
from gongshu.rosters.actions import handing_out
from gongshu.rosters.enums import Column
from gongshu.rosters.models import Roster, RosterRow
from gongshu.rosters.queries.scope import refused_of
from gongshu.rosters.rules.checks import SAMPLE
from gongshu.rosters.tables import REFUSED, masked_number

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
TEMPLATE = Blank(
    "会员名册",
    [
        Heading(column.label, example, Form.labels if column == Column.FORM else ())
        for column, example in EXAMPLE.items()
    ],
    ADVICE,
)


def template() -> HttpResponse:
    """Answer with the workbook to fill in: headings, an example marked as such, and on a second sheet how to."""
    return attached(TEMPLATE.content(), "会员名册模板")


def refused_rows(request: Request, roster: Roster, form: str) -> HttpResponseBase:
    """Answer with the rows that were not brought in and why, as text (`csv`) or as a workbook like any other list."""
    title = f"{roster.file_name.rpartition('.')[0]}：没有导入的行"
    rows = refused_of(roster)
    if form == "csv":
        handing_out.record(roster, rows.count(), by=request.actor, at=now())
        response = StreamingHttpResponse(_text(_cells(rows)), content_type="text/csv; charset=utf-8")
        return _named(response, f"{title}.csv")

    def record(count: int) -> None:
        handing_out.record(roster, count, by=request.actor, at=now())

    return hand_out(request, Sheet(REFUSED.over(rows, QueryDict()), title, record=record))


def _named(response: Answer, name: str) -> Answer:
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "private, no-store"
    return response


def _cells(rows: QuerySet[RosterRow]) -> Iterator[tuple[int, str, str, str, str]]:
    for row in rows.iterator(chunk_size=BLOCK):
        yield row.number, row.name, masked_number(row), row.get_field_display(), row.reason


def _text(rows: Iterable[tuple[int, str, str, str, str]]) -> Iterator[str]:
    """Yield the lines of a text that spreadsheets open as UTF-8; no word in it can become a formula."""
    yield "\ufeff" + _line(HEADINGS)
    for number, *words in rows:
        yield _line((number, *(f"'{word}" if word.startswith(FORMULA_STARTS) else word for word in words)))


def _line(cells: Iterable[object]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
