"""The lists of organising."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.enums import Industry
from gongshu.core.orgs.models import Organisation
from gongshu.core.statutes.model import Clause
from gongshu.core.ui.cells import Column
from gongshu.core.ui.links import with_params
from gongshu.core.ui.shapes import BulkAction, PillValue, Tone
from gongshu.core.ui.tables import Filter, Table
from gongshu.organising.enums import Body, LeadSource, Shape, Way
from gongshu.organising.machine import ENDING, FOUNDING, GUIDANCE, LEAD, RELOCATION
from gongshu.organising.models import Committee, Employer, Lead, Relocation
from gongshu.organising.queries.health import WEAKNESSES, components_of, weak
from gongshu.organising.queries.terms import near_choices, near_end

TONES: dict[str, Tone] = {
    "applied": "todo",
    "submitted": "progress",
    "asked": "progress",
    "standing": "done",
    "releasing": "progress",
    "receiving": "progress",
    "moved": "done",
    "founded": "done",
    "ended": "done",
    "refused": "stopped",
    "withdrawn": "stopped",
}


def state_pill(case: Stateful) -> PillValue:
    """Return where an application is on its way as a pill."""
    return PillValue(case.state_label, TONES[case.state])


FOUNDINGS = Table(
    columns=(
        Column("name", "工会名称", link=True, sort="name"),
        Column("shape", "建会形式", value="get_shape_display"),
        Column("organisation", "上一级工会", value="organisation.short_name", sort="organisation__path"),
        Column("members", "申请入会人数", kind="number", sort="members"),
        Column("state", "状态", value=state_pill, kind="pill", sort="state"),
        Column("due_on", "批复期限", kind="due", value=lambda row: row.due_on if row.state == "submitted" else None),
        Column("decided_on", "批复日期", kind="date", sort="decided_on"),
    ),
    filters=(Filter("state", "状态", FOUNDING.choices()), Filter("shape", "形式", Shape.choices)),
    search=("name", "organisation__name"),
    search_hint="工会名称",
    order=("-state_since",),
    unit="件",
)
ENDINGS = Table(
    columns=(
        Column("organisation", "工会", value="organisation.name", link=True, sort="organisation__path"),
        Column("way", "方式", value="get_way_display"),
        Column("ground", "缘由", value="get_ground_display"),
        Column("successor", "承继的工会", value="successor.short_name"),
        Column("upper", "上一级工会", value="upper.short_name"),
        Column("state", "状态", value=state_pill, kind="pill", sort="state"),
        Column("due_on", "批复期限", kind="due", value=lambda row: row.due_on if row.state == "submitted" else None),
        Column("decided_on", "批复日期", kind="date", sort="decided_on"),
    ),
    filters=(Filter("state", "状态", ENDING.choices()), Filter("way", "方式", Way.choices)),
    search=("organisation__name",),
    search_hint="工会名称",
    order=("-state_since",),
    unit="件",
)


def _asked_until(row: Relocation) -> date | None:
    return row.due_on if row.state in ("releasing", "receiving") else None


RELOCATIONS = Table(
    columns=(
        Column("organisation", "工会", value="organisation.name", link=True, sort="organisation__path"),
        Column("old_upper", "原上级", value="old_upper.short_name"),
        Column("new_upper", "新上级", value="new_upper.short_name"),
        Column("state", "状态", value=state_pill, kind="pill", sort="state"),
        Column("due_on", "批复期限", kind="due", value=_asked_until),
        Column("decided_on", "划转日期", kind="date", sort="decided_on"),
    ),
    filters=(Filter("state", "状态", RELOCATION.choices()),),
    search=("organisation__name",),
    search_hint="工会名称",
    order=("-state_since",),
    unit="件",
)

GUIDANCES = Table(
    columns=(
        Column("organisation", "接受指导的工会", value="organisation.name", link=True, sort="organisation__path"),
        Column("guide", "产业工会", value="guide.name", sort="guide__path"),
        Column("upper", "上级工会", value="upper.short_name"),
        Column("state", "状态", value=state_pill, kind="pill", sort="state"),
        Column("from_on", "起", kind="date", sort="from_on"),
        Column("until_on", "止", kind="date", sort="until_on"),
    ),
    filters=(Filter("state", "状态", GUIDANCE.choices()),),
    search=("organisation__name", "guide__name"),
    search_hint="工会名称",
    order=("-state_since",),
    unit="条",
)


def _now(org: Any) -> PillValue:
    if org.ended_on is None:
        return PillValue("在", "done")
    return PillValue(f"已并入{org.heir}" if org.heir else "已撤销", "stopped")


def day_url(org: Organisation, on: date) -> str:
    """Return the address of an organisation as of a day."""
    return reverse("organising:history") + with_params(QueryDict(mutable=True), {"at": org.pk, "on": on.isoformat()})


def at_url(route: str, org: Organisation) -> str:
    """Return the address of a page about an organisation."""
    return reverse(route) + with_params(QueryDict(mutable=True), {"at": org.pk})


def below_table(on: date) -> Table:
    """Return the table of what stood below an organisation on a day; names lead to the same day further down."""
    return Table(
        columns=(
            Column("name", "名称", link=lambda org: day_url(org, on)),
            Column("level", "层级", value="get_level_display"),
            Column("kind", "类别", value="get_kind_display"),
            Column("began_on", "成立（划入）", kind="date"),
            Column("over_on", "撤并（划出）", kind="date"),
            Column("now", "现在", value=_now, kind="pill"),
        ),
        search=("name",),
        search_hint="名称",
        order=("path",),
        unit="个",
        export=False,
    )


TERM_TONES: dict[str, Tone] = {"sitting": "done", "due": "near", "replaced": "stopped", "closed": "stopped"}


def term_pill(committee: Committee, on: date) -> PillValue:
    """Return how a term stands on a day as a pill."""
    if committee.state in ("sitting", "due") and committee.due_on < on:
        return PillValue("已到期未换届", "overdue")
    return PillValue(committee.state_label, TERM_TONES[committee.state])


def term_table(on: date) -> Table:
    """Return the table of committees in office, those due first."""
    return Table(
        columns=(
            Column("organisation", "工会", value="organisation.short_name", sort="organisation__path", link=True),
            Column("body", "委员会", value=str),
            Column("began_on", "选举日期", kind="date", sort="began_on"),
            Column("due_on", "换届期限", kind="due", sort="due_on"),
            Column("state", "状态", value=lambda row: term_pill(row, on), kind="pill"),
        ),
        filters=(
            Filter("near", "任期", near_choices(on), narrow=lambda rows, code: rows.filter(near_end(on, code))),
            Filter("body", "委员会", Body.choices),
        ),
        search=("organisation__name",),
        search_hint="工会名称",
        order=("due_on",),
        unit="个",
    )


def _share(row: Any, part: str) -> float | None:
    return getattr(row, part) / row.members if row.members else None


def health_table(law: Clause, on: date) -> Table:
    """Return the table of base unions with each component of their health; narrowed to a weakness when asked."""
    conditions, labels = weak(law, on), dict(WEAKNESSES)

    def words(row: Any) -> PillValue:
        found = [labels[each.code] for each in components_of(row, law, on=on) if each.is_weak]
        return PillValue("、".join(found), "near") if found else PillValue("都好", "done")

    return Table(
        columns=(
            Column("name", "基层工会", value="short_name", link=lambda org: at_url("organising:health_of", org)),
            Column("members", "会员", kind="number", sort="members"),
            Column("real_name", "实名", value=lambda row: _share(row, "real_name"), kind="share"),
            Column("phones", "联系方式", value=lambda row: _share(row, "phones"), kind="share"),
            Column("term_due", "换届期限", kind="date", sort="term_due"),
            Column("last_at", "最近办理", kind="time"),
            Column("weak", "薄弱项", value=words, kind="pill"),
        ),
        filters=(Filter("weak", "薄弱项", WEAKNESSES, narrow=lambda rows, code: rows.filter(conditions[code])),),
        search=("name",),
        search_hint="工会名称",
        order=("path",),
        unit="家",
    )


LEAD_TONES: dict[str, Tone] = {"to_visit": "todo", "nurturing": "progress", "unfit": "stopped", "founded": "done"}


def lead_pill(lead: Lead) -> PillValue:
    """Return how far a lead is as a pill."""
    return PillValue(lead.state_label, LEAD_TONES[lead.state])


def covered_pill(employer: Employer) -> PillValue:
    """Return whether an employer has a union as a pill."""
    if employer.union_id is None:
        return PillValue("未建会", "late")
    return PillValue("已建会", "done")


def _by_union(rows: Any, code: str) -> Any:
    return rows.filter(union__isnull=code == "no")


EMPLOYERS = Table(
    columns=(
        Column("name", "单位名称", link=True, sort="name"),
        Column("place", "所在地", value="place.short_name", sort="place__path"),
        Column("industry", "行业", value="get_industry_display"),
        Column("workers", "职工人数", kind="number", sort="workers"),
        Column("covered", "建会", value=covered_pill, kind="pill"),
        Column("union", "所属工会", value="union.short_name"),
        Column("listed_on", "最近列入名单", kind="date", sort="listed_on"),
    ),
    filters=(
        Filter("covered", "建会", (("no", "未建会"), ("yes", "已建会")), narrow=_by_union),
        Filter("industry", "行业", Industry.choices),
    ),
    search=("name", "code"),
    search_hint="单位名称或者信用代码",
    order=("-workers", "pk"),
    unit="家",
    actions=(BulkAction("assign", "交办走访", primary=True),),
)
LEADS = Table(
    columns=(
        Column("name", "单位", link=True, sort="name"),
        Column("organisation", "走访的工会", value="organisation.short_name", sort="organisation__path"),
        Column("workers", "已知职工", kind="number", sort="workers"),
        Column("source", "来源", value="get_source_display"),
        Column("state", "状态", value=lead_pill, kind="pill", sort="state"),
        Column("due_on", "走访期限", kind="due", value=lambda row: row.due_on if row.state == "to_visit" else None),
        Column("note", "走访情况"),
    ),
    filters=(Filter("state", "状态", LEAD.choices()), Filter("source", "来源", LeadSource.choices)),
    search=("name", "organisation__name"),
    search_hint="单位名称",
    order=("-state_since",),
    unit="条",
)
EMPLOYER_LISTS = Table(
    columns=(
        Column("file_name", "名单", link=True),
        Column("organisation", "导入的工会", value="organisation.short_name"),
        Column("made_at", "导入时间", kind="time"),
        Column("new", "新增", kind="number"),
        Column("changed", "更新", kind="number"),
        Column("refused", "未采用", kind="number"),
        Column("done", "进度", value=lambda row: row.problem or ("已完成" if row.done_at else "正在导入")),
    ),
    order=("-pk",),
    unit="份",
    export=False,
)
