"""The roll as a spreadsheet: whoever may export gets masked numbers; whole ones need a further right and a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse, QueryDict

from gongshu.core.access.actor import Actor
from gongshu.core.base.problems import Refused
from gongshu.core.ui.cells import Column
from gongshu.core.ui.spreadsheet import download
from gongshu.core.ui.tables import Table
from gongshu.members.actions.exporting import Number, numbers_of, record_export
from gongshu.members.models import Membership
from gongshu.members.queries.roll import Wanted, keys
from gongshu.members.queries.scope import Scope

MOST_ROWS = 50_000
BATCH = 2_000


def export(
    scope: Scope, wanted: Wanted, *, by: Actor, at: datetime, in_clear: bool = False, reason: str = ""
) -> HttpResponse:
    """Answer with the roll that is wanted, every row, as .xlsx; raises Refused."""
    found = keys(scope, wanted, MOST_ROWS)
    if len(found) > MOST_ROWS:
        raise Refused.because(f"一次最多导出 {MOST_ROWS} 人，请先按下级工会或条件筛选")
    record_export(scope.org, len(found), by=by, at=at, in_clear=in_clear, reason=reason)
    rows = _rows(found)
    numbers = numbers_of(rows, in_clear=in_clear)
    return download(_table(numbers).over(rows, QueryDict()), f"{scope.org.short_name}会员名册")


def _rows(found: Sequence[int]) -> list[Membership]:
    chunks = (found[start : start + BATCH] for start in range(0, len(found), BATCH))
    rows = [
        row
        for chunk in chunks
        for row in Membership.objects.filter(pk__in=chunk).select_related("organisation", "person")
    ]
    return sorted(rows, key=lambda row: (row.organisation.path, row.name, row.pk))


def _table(numbers: dict[int, Number]) -> Table:
    return Table(
        columns=(
            Column("name", "姓名"),
            Column("gender", "性别", value="get_gender_display"),
            Column("id_number", "身份证号码", value=lambda row: numbers[row.pk].id_number),
            Column("phone", "手机号码", value=lambda row: numbers[row.pk].phone),
            Column("form", "就业形态", value="get_form_display"),
            Column("employer", "用人单位"),
            Column("organisation", "所在工会", value="organisation.name"),
            Column("state", "会籍", value="state_label"),
            Column("joined_on", "入会日期", kind="date"),
        )
    )
