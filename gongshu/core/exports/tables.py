"""The list of one's exports."""

from __future__ import annotations

from gongshu.core.exports.models import Export
from gongshu.core.jobs.enums import JobState
from gongshu.core.ui.cells import Column
from gongshu.core.ui.shapes import BulkAction, PillValue, Tone
from gongshu.core.ui.tables import Table

TONES: dict[str, Tone] = {
    JobState.QUEUED: "todo",
    JobState.RUNNING: "progress",
    JobState.DONE: "done",
    JobState.FAILED: "overdue",
    JobState.CANCELLED: "stopped",
}


def state_pill(export: Export) -> PillValue:
    """Return how far an export is as a pill."""
    if export.ready_at is not None:
        return PillValue("可下载", "done")
    state = JobState(export.job.state) if export.job else JobState.CANCELLED
    return PillValue(state.label, TONES[state])


def _address(export: Export) -> str:
    if export.ready_at is not None:
        return export.get_absolute_url()
    return export.job.get_absolute_url() if export.job else ""


def _kilobytes(export: Export) -> float | None:
    return None if export.size is None else export.size / 1024


MINE = Table(
    columns=(
        Column("title", "名称（点开下载或看进度）", value="title", link=_address, sort="title"),
        Column("organisation", "岗位所在工会", value="organisation.short_name"),
        Column("count", "行数", kind="number"),
        Column("size", "大小（KB）", value=_kilobytes, kind="number"),
        Column("asked_at", "提出时间", kind="time", sort="asked_at"),
        Column("state", "状态", value=state_pill, kind="pill"),
        Column("kept_until", "保存至", kind="time", sort="kept_until"),
    ),
    order=("-asked_at",),
    unit="份",
    actions=(BulkAction("remove", "删除"),),
    export=False,
)
