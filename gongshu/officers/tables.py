"""The lists of officers, courses and duties. No list is in the order of hours or of anybody's merit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from gongshu.core.orgs.models import Organisation
from gongshu.core.ui.cells import Column
from gongshu.core.ui.shapes import PillValue, Tone
from gongshu.core.ui.tables import Filter, Table
from gongshu.officers.enums import OPEN_DUTIES, Topic
from gongshu.officers.machine import COURSE, DUTY
from gongshu.officers.models import Course, Duty
from gongshu.officers.queries.duties import kind_choices
from gongshu.officers.queries.needs import NEEDS, Need, due_of, narrowed
from gongshu.organising.enums import Body, Post
from gongshu.organising.models import Holding

COURSE_TONES: dict[str, Tone] = {"planned": "todo", "held": "done", "cancelled": "stopped"}
DUTY_TONES: dict[str, Tone] = {"ahead": "todo", "due": "near", "done": "done", "dropped": "stopped"}


def course_pill(course: Course) -> PillValue:
    """Return the state of a course as a pill."""
    return PillValue(course.state_label, COURSE_TONES[course.state])


def duty_pill(duty: Duty, on: date) -> PillValue:
    """Return how a duty stands on a day as a pill."""
    if duty.state in OPEN_DUTIES and duty.due_on < on:
        return PillValue("逾期", "overdue")
    return PillValue(duty.state_label, DUTY_TONES[duty.state])


COURSES = Table(
    columns=(
        Column("title", "培训班", link=True, sort="title"),
        Column("topic", "内容", value="get_topic_display"),
        Column("organisation", "主办单位", value="organisation.short_name", sort="organisation__path"),
        Column("from_on", "开始", kind="date", sort="from_on"),
        Column("until_on", "结束", kind="date", sort="until_on"),
        Column("hours", "学时", kind="number"),
        Column("people", "参加人数", kind="number", value=lambda row: row.people if row.state == "held" else None),
        Column("state", "状态", value=course_pill, kind="pill", sort="state"),
    ),
    filters=(Filter("state", "状态", COURSE.choices()), Filter("topic", "内容", Topic.choices)),
    search=("title", "organisation__name"),
    search_hint="培训班或者主办单位",
    order=("-until_on", "pk"),
    unit="个",
)


def person_url(holding: Holding) -> str:
    """Return the address of an officer's record."""
    return reverse("officers:person", args=[holding.pk])


def people_table(needs: Sequence[Need], org: Organisation, on: date) -> Table:
    """Return the table of who is in office, by the tree; `needs` say who should be trained by when."""

    def need(rows: Any, code: str) -> Any:
        return narrowed(rows, code, on, org)

    return Table(
        columns=(
            Column("name", "姓名", link=person_url),
            Column("post", "职务", value="get_post_display"),
            Column("body", "委员会", value="committee.get_body_display"),
            Column("organisation", "工会", value="committee.organisation.short_name",
                   sort="committee__organisation__path"),
            Column("from_on", "任职", kind="date", sort="from_on"),
            Column("trained_on", "最近参加培训", kind="date"),
            Column("due", "应训期限", kind="due", value=lambda row: due_of(row, needs)),
        ),
        filters=(
            Filter("need", "培训", NEEDS, narrow=need),
            Filter("post", "职务", Post.choices),
            Filter("body", "委员会", Body.choices, lookup="committee__body"),
        ),
        search=("name", "committee__organisation__name"),
        search_hint="姓名或者工会名称",
        order=("committee__organisation__path", "committee__body", "pk"),
        unit="人",
    )  # fmt: skip


def duty_table(on: date, years: Sequence[int]) -> Table:
    """Return the table of duties, those due first."""

    def in_year(rows: Any, code: str) -> Any:
        return rows.filter(due_on__year=int(code))

    def late(rows: Any, code: str) -> Any:
        return rows.filter(state__in=OPEN_DUTIES, due_on__lt=on)

    return Table(
        columns=(
            Column("title", "事项", link=True),
            Column("organisation", "单位", value="organisation.short_name", sort="organisation__path"),
            Column("post", "责任岗位", value="get_post_display"),
            Column("due_on", "期限", kind="date", sort="due_on"),
            Column("state", "状态", value=lambda row: duty_pill(row, on), kind="pill", sort="state"),
            Column("done_on", "完成日期", kind="date", sort="done_on"),
        ),
        filters=(
            Filter("state", "状态", DUTY.choices()),
            Filter("late", "提示", (("yes", "逾期"),), narrow=late),
            Filter("kind", "类别", kind_choices()),
            *([Filter("year", "年度", [(str(y), f"{y}年") for y in years], narrow=in_year)] if years else []),
        ),
        search=("title", "organisation__name"),
        search_hint="事项或者单位",
        order=("due_on", "organisation__path", "pk"),
        unit="件",
    )
