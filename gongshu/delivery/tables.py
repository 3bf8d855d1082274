"""The lists of 部署落实."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongshu.core.orgs.models import Organisation
from gongshu.core.ui.cells import Column
from gongshu.core.ui.shapes import BulkAction, PillValue, Tone
from gongshu.core.ui.tables import Filter, Table
from gongshu.delivery.enums import ReportKind, Status
from gongshu.delivery.machine import ASSIGNMENT, NOTICE, PLAN
from gongshu.delivery.models import Assignment, Plan, SupervisionNotice
from gongshu.delivery.queries import Line, assignment_lines
from gongshu.delivery.queries.warmap import Cell, Strand

STATE_TONES: dict[str, Tone] = {
    "sent": "todo",
    "working": "progress",
    "reported": "near",
    "done": "done",
    "lapsed": "stopped",
    "withdrawn": "stopped",
}


PLAN_TONES: dict[str, Tone] = {"active": "progress", "ended": "near", "closed": "stopped"}


def status_pill(status: Status) -> PillValue:
    """Return a computed status as a pill."""
    return PillValue(status.label, status.tone)


def state_pill(assignment: Assignment) -> PillValue:
    """Return where an assignment is on its way as a pill."""
    return PillValue(assignment.state_label, STATE_TONES[assignment.state])


def plan_pill(plan: Plan) -> PillValue:
    """Return where a plan is on its way as a pill."""
    return PillValue(plan.state_label, PLAN_TONES[plan.state])


def plan_table(years: Sequence[int]) -> Table:
    """Return the table of plans; rows carry the annotations of `queries.with_counts`."""
    return Table(
        columns=(
            Column("title", "部署", link=True, sort="title"),
            Column("organisation", "部署单位", value="organisation.short_name", sort="organisation__path"),
            Column("year", "年度", sort="year", value=lambda plan: str(plan.year)),
            Column("ends_on", "结束日期", kind="date", sort="ends_on"),
            Column("task_count", "任务", kind="number"),
            Column("given_count", "已交办", kind="number"),
            Column("state", "状态", value=plan_pill, kind="pill"),
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
    """Return the columns that `lines`, filled as rows are shown, holds for each assignment's key."""
    return (
        Column("goal", "份额", value=lambda a: _goal(lines[a.pk])),
        Column("share", "完成", value=lambda a: _share(lines[a.pk]), kind="share"),
        Column("due_on", "期限", kind="date", sort="due_on"),
        Column("state", "办理", value=state_pill, kind="pill", sort="state"),
        Column("status", "进度", value=lambda a: status_pill(lines[a.pk].status), kind="pill"),
    )


def mine_table(programmes: Sequence[tuple[str, str]], narrow: Callable[[Any, str], Any], on: date) -> Table:
    """Return the table of what one's own organisation was given; `narrow` keeps the rows of a colour."""
    lines: dict[int, Line] = {}
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
        prepare=_filling(lines, on),
    )


def _filling(lines: dict[int, Line], on: date) -> Callable[[Sequence[Assignment]], None]:
    """Return what puts the lines of the rows about to be shown into `lines`, and only theirs."""

    def fill(rows: Sequence[Assignment]) -> None:
        lines.clear()
        lines.update({line.assignment.pk: line for line in assignment_lines(rows, on=on)})

    return fill


def given_table(on: date) -> Table:
    """Return the table of the assignments an organisation gave, for its task page."""
    lines: dict[int, Line] = {}
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
        prepare=_filling(lines, on),
    )


ASSIGNMENT_STATES = [(code, label) for code, label in ASSIGNMENT.choices() if code != "withdrawn"]
STATUSES = [(status.code, status.label) for status in Status if status is not Status.NOT_GIVEN]

NOTICE_TONES: dict[str, Tone] = {"sent": "todo", "answered": "near", "closed": "done", "withdrawn": "stopped"}
BY_CODE = {status.code: status for status in Status}


def notice_pill(notice: SupervisionNotice) -> PillValue:
    """Return where a notice is on its way as a pill."""
    return PillValue(notice.state_label, NOTICE_TONES[notice.state])


def then_pill(notice: SupervisionNotice) -> PillValue:
    """Return how the work stood when the notice went out."""
    return status_pill(BY_CODE[notice.status_then])


def timeliness(notice: SupervisionNotice, on: date) -> PillValue | None:
    """Return whether it was answered in time, None while there is time left or nothing to answer."""
    if notice.answered_on:
        return PillValue("超期答复", "late") if notice.was_late else PillValue("按期答复", "done")
    return PillValue("超期未答复", "overdue") if notice.state == "sent" and notice.due_on < on else None


@dataclass(frozen=True)
class NoticeChoices:
    """What notices may be narrowed to: plans, programmes, organisations; `side` and `under` do the narrowing."""

    plans: Sequence[tuple[str, str]]
    programmes: Sequence[tuple[str, str]]
    organisations: Sequence[tuple[str, str]]
    side: Callable[[Any, str], Any]
    under: Callable[[Any, str], Any]


def notice_table(choices: NoticeChoices, *, on: date) -> Table:
    """Return the table of notices."""

    def late(rows: Any, code: str) -> Any:
        return rows.filter(state="sent", due_on__lt=on) if code == "late" else rows.exclude(state__in=ENDED)

    return Table(
        columns=(
            Column("subject", "督办事项", link=True),
            Column("organisation", "承办单位", value="organisation.short_name", sort="organisation__path"),
            Column("issuer", "督办单位", value="issuer.short_name", sort="issuer__path"),
            Column("issued_on", "发出日期", kind="date", sort="issued_on"),
            Column("then", "发出时进度", value=then_pill, kind="pill"),
            Column("due_on", "答复期限", kind="date", sort="due_on"),
            Column("in_time", "答复", value=lambda notice: timeliness(notice, on), kind="pill"),
            Column("state", "状态", value=notice_pill, kind="pill", sort="state"),
        ),
        filters=(
            Filter("side", "往来", (("out", "本单位发出"), ("in", "本单位收到")), narrow=choices.side),
            Filter("state", "状态", NOTICE.choices()),
            Filter("open", "提示", (("open", "未办结"), ("late", "超期未答复")), narrow=late),
            Filter("plan", "部署", choices.plans),
            Filter("programme", "专项", choices.programmes),
            Filter("under", "单位", choices.organisations, narrow=choices.under),
        ),
        search=("task__text", "programme__name", "organisation__name", "words"),
        search_hint="事项、单位或要求",
        unit="件",
    )


ENDED = [state.code for state in NOTICE.states if state.final]


@dataclass(frozen=True)
class CellRow:
    """A cell of the war-map as a row of its table; `pk` is what a tick sends."""

    pk: str
    organisation: Organisation
    strand: Strand
    cell: Cell
    url: str

    def get_absolute_url(self) -> str:
        """Return the page of the cell."""
        return self.url


def _count(status: Status) -> Callable[[CellRow], int]:
    return lambda row: row.cell.counts[status]


def cell_table(*, may_supervise: bool) -> Table:
    """Return the war-map as a table, with a button to supervise the rows ticked."""

    def of_status(rows: Any, code: str) -> Any:
        return [row for row in rows if row.cell.status.code == code]

    return Table(
        columns=(
            Column("organisation", "单位", value="organisation.short_name"),
            Column("programme", "专项", value="strand.label", link=True),
            Column("status", "进度", value=lambda row: status_pill(row.cell.status), kind="pill"),
            Column("total", "任务", value="cell.total", kind="number", sort="total"),
            Column("done", "完成", value="cell.done", kind="number", sort="done"),
            Column("near", "临期", value=_count(Status.NEAR), kind="number", sort="near"),
            Column("behind", "滞后", value=_count(Status.BEHIND), kind="number", sort="behind"),
            Column("overdue", "逾期", value=_count(Status.OVERDUE), kind="number", sort="overdue"),
        ),
        filters=(Filter("status", "进度", STATUSES, narrow=of_status),),
        search=("organisation", "programme"),
        search_hint="单位或专项",
        actions=(BulkAction("supervise", "督办", primary=True),) if may_supervise else (),
        unit="项",
    )


def report_table() -> Table:
    """Return the table of work reports, every version."""
    return Table(
        columns=(
            Column("title", "报告", link=True),
            Column("organisation", "单位", value="organisation.short_name", sort="organisation__path"),
            Column("period", "期间"),
            Column("version", "版次", value=lambda report: f"第{report.version}稿"),
            Column("until", "数据截至", kind="date", sort="until"),
            Column("counted_at", "统计时间", kind="time", sort="counted_at"),
            Column("made_by", "起草人", value="made_by.person.name"),
        ),
        filters=(Filter("kind", "类别", ReportKind.choices),),
        search=("title", "organisation__name"),
        search_hint="报告或单位",
        unit="份",
    )
