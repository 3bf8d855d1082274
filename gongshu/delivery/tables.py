"""The lists of 部署落实."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gongshu.core.ui.cells import Column
from gongshu.core.ui.shapes import PillValue, Tone
from gongshu.core.ui.tables import Filter, Table
from gongshu.delivery.enums import Status
from gongshu.delivery.machine import ASSIGNMENT, PLAN
from gongshu.delivery.models import Assignment, Plan
from gongshu.delivery.queries import Line

STATE_TONES: dict[str, Tone] = {
    "sent": "todo",
    "working": "progress",
    "reported": "near",
    "done": "done",
    "withdrawn": "stopped",
}


def status_pill(status: Status) -> PillValue:
    """Return a computed status as a pill."""
    return PillValue(status.label, status.tone)


def state_pill(assignment: Assignment) -> PillValue:
    """Return where an assignment is on its way as a pill."""
    return PillValue(assignment.state_label, STATE_TONES[assignment.state])


def _plan_pill(plan: Plan) -> PillValue:
    return PillValue(plan.state_label, "progress" if plan.state == "active" else "stopped")


def plan_table(years: Sequence[int]) -> Table:
    """Return the table of plans; rows carry the annotations of `queries.with_counts`."""
    return Table(
        columns=(
            Column("title", "部署", link=True, sort="title"),
            Column("organisation", "部署单位", value="organisation.short_name", sort="organisation__path"),
            Column("year", "年度", kind="number", sort="year", value=lambda plan: str(plan.year)),
            Column("ends_on", "结束日期", kind="date", sort="ends_on"),
            Column("task_count", "任务", kind="number"),
            Column("given_count", "已交办", kind="number"),
            Column("state", "状态", value=_plan_pill, kind="pill"),
        ),
        filters=(
            Filter("year", "年度", [(str(year), f"{year}年") for year in years]),
            Filter("state", "状态", PLAN.choices()),
        ),
        search=("title", "organisation__name"),
        search_hint="部署名称或单位",
        unit="个",
    )


Lines = Mapping[int, Line]


def _goal(line: Line) -> str | None:
    return "，".join(gauge.text for gauge in line.gauges) or None


def _share(line: Line) -> float | None:
    ratios = [gauge.ratio for gauge in line.gauges if gauge.ratio is not None]
    return int(min(ratios) * 100) / 100 if ratios else None  # never rounded up to all


def _computed(lines: Lines) -> tuple[Column, ...]:
    """Return the columns that `lines`, filled before the table is shown, holds for each assignment's key."""
    return (
        Column("goal", "份额", value=lambda a: _goal(lines[a.pk])),
        Column("share", "完成", value=lambda a: _share(lines[a.pk]), kind="share"),
        Column("due_on", "期限", kind="date", sort="due_on"),
        Column("state", "办理", value=state_pill, kind="pill", sort="state"),
        Column("status", "进度", value=lambda a: status_pill(lines[a.pk].status), kind="pill"),
    )


def mine_table(lines: Lines, programmes: Sequence[tuple[str, str]], narrow: Callable[[Any, str], Any]) -> Table:
    """Return the table of what one's own organisation was given; `narrow` keeps the rows of a colour."""
    return Table(
        columns=(
            Column("task", "任务", value="task.text", link=True),
            Column("programme", "专项", value="task.programme.name"),
            Column("issuer", "交办单位", value="issuer.short_name", sort="issuer__path"),
            Column("receiver", "承办", value=lambda a: a.department.name if a.department else "本单位"),
            *_computed(lines),
        ),
        filters=(
            Filter("state", "办理", ASSIGNMENT_STATES),
            Filter("status", "进度", STATUSES, narrow=narrow),
            Filter("programme", "专项", programmes, lookup="task__programme"),
        ),
        search=("task__text",),
        search_hint="任务",
        unit="件",
    )


def given_table(lines: Lines) -> Table:
    """Return the table of the assignments an organisation gave, for its task page."""
    return Table(
        columns=(
            Column("receiver", "承办单位", value="receiver", link=True, sort="organisation__path"),
            *_computed(lines),
            Column("report", "完成情况"),
        ),
        filters=(Filter("state", "办理", ASSIGNMENT.choices()),),
        search=("organisation__name",),
        search_hint="承办单位",
        unit="件",
    )


ASSIGNMENT_STATES = [(code, label) for code, label in ASSIGNMENT.choices() if code != "withdrawn"]
STATUSES = [(status.code, status.label) for status in Status if status is not Status.NOT_GIVEN]
