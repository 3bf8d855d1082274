"""Lists of the workbench."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongshu.core.access.models import Appointment
from gongshu.core.access.roles import roles
from gongshu.core.flow.models import OpenItem
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.statutes.model import GRADES, Instrument
from gongshu.core.trail.models import Entry
from gongshu.core.ui.cells import Column
from gongshu.core.ui.figures import cn_date
from gongshu.core.ui.shapes import PillValue
from gongshu.core.ui.tables import Filter, Table
from gongshu.desk.queries.addresses import instrument_url, org_url, person_url


@dataclass(frozen=True)
class Waiting:
    """A row of the inbox: the item, what it is, in which state, the trail entry that brought it, who gave it."""

    item: OpenItem
    label: str
    state: str
    moved: Entry | None
    issuer: Organisation | None


def _moved(row: Waiting) -> SafeString:
    if row.moved:
        who, when = row.moved.who, cn_date(row.moved.at)
    elif row.issuer:
        who, when = row.issuer.short_name, f"{cn_date(row.item.opened_at)}交办"
    else:
        who, when = "", f"{cn_date(row.item.opened_at)}到达"
    return format_html('<span>{} <span class="quiet moved-on">{}</span></span>', who, when)


INBOX = (
    Column("title", "事项", value=lambda row: row.item.title, link=lambda row: str(row.item.url)),
    Column("label", "类别", value=lambda row: row.label),
    Column("due_on", "期限", value=lambda row: row.item.due_on, kind="due"),
    Column("state", "状态", value=lambda row: row.state),
    Column("moved", "最近办理", value=_moved, kind="markup"),
)

ORGS = Table(
    columns=(
        Column("name", "名称", sort="name", link=org_url),
        Column("level", "层级", value="get_level_display"),
        Column("kind", "类别", value="get_kind_display"),
        Column("numchild", "直属下级", kind="number", sort="numchild"),
    ),
    filters=(Filter("level", "层级", Level.choices), Filter("kind", "类别", Kind.choices)),
    search=("name", "short_name"),
    search_hint="按名称查找",
    order=("path",),
    unit="个",
)


@dataclass(frozen=True)
class InstrumentRow:
    """An instrument as the list shows it; `unsure` counts the clauses to be checked."""

    instrument: Instrument
    clauses: int
    unsure: int


INSTRUMENTS = Table(
    columns=(
        Column("title", "名称", value="instrument.citation", link=instrument_url),
        Column("issuer", "制定机关", value="instrument.issuer"),
        Column("grade", "核对", value=lambda row: GRADES[row.instrument.grade]),
        Column("checked_on", "核对日期", value="instrument.checked_on", kind="date"),
        Column("clauses", "条文", kind="number", sort="clauses"),
        Column("unsure", "待核实", kind="number", sort="unsure"),
    ),
    search=("title", "issuer"),
    search_hint="名称或制定机关",
    unit="件",
)


def appointments_table(on: date) -> Table:
    """Return the table of appointments; `on` decides which are in force."""

    def state(row: Appointment) -> PillValue:
        if row.until_on and row.until_on <= on:
            return PillValue("已免职", "stopped")
        return PillValue("在任", "done") if row.from_on <= on else PillValue("未到任", "todo")

    def narrow(rows: Any, code: str) -> Any:
        ended = Q(until_on__isnull=False, until_on__lte=on)
        return rows.filter(ended) if code == "ended" else rows.exclude(ended)

    return Table(
        columns=(
            Column("name", "姓名", value="account.person.name", sort="account__person__name", link=person_url),
            Column("username", "用户名", value="account.username", sort="account__username"),
            Column("organisation", "组织", value="organisation.short_name", sort="organisation__path"),
            Column("role", "角色", value=lambda row: roles()[row.role].name if row.role in roles() else row.role),
            Column("department", "部门", value="department.name"),
            Column("state", "状态", value=state, kind="pill"),
            Column("from_on", "任职起", kind="date", sort="from_on"),
            Column("until_on", "任职止", kind="date", sort="until_on"),
        ),
        filters=(
            Filter("role", "角色", [(role.code, role.name) for role in roles().values()]),
            Filter("state", "状态", (("now", "在任"), ("ended", "已免职")), narrow=narrow),
        ),
        search=("account__person__name", "account__username", "organisation__name"),
        search_hint="姓名、用户名或组织",
        order=("organisation__path", "role"),
        unit="条",
    )
