"""From a looked-through record to the plan that 部署落实 makes of it. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongshu.core.orgs.models import Organisation
from gongshu.delivery.rules.drafts import PlanDraft, ProgrammeDraft, TaskDraft
from gongshu.intake import rules
from gongshu.intake.models import Document
from gongshu.intake.rules.marking import Mend, corrected, mends
from gongshu.intake.rules.record.shape import Place, ProgrammeEntry, Record, TaskEntry
from gongshu.meetings.models import Meeting
from gongshu.reading.model import Span
from gongshu.reading.segment.sentences import sentences


@dataclass(frozen=True)
class Days:
    """The first and last day of a plan; days that tasks state before the first no longer hold."""

    first: date
    last: date


def plan_draft(
    record: Record, document: Document, *, organisation: Organisation, meeting: Meeting, days: Days | None = None
) -> PlanDraft:
    """Return the plan: programmes with items, tasks with targets, each with the sentence it was drawn from.

    Its days are those of the meeting's year, or `days` where an older meeting's work is taken up now.
    """
    starts_on, ends_on = rules.plan_days(meeting.year, meeting.month, meeting.day)
    programmes = {programme.id: programme for programme in record.live_programmes}
    mended = mends(document.raw_text, document.clean_text, document.repairs, record.corrections)
    quotes = {task.id: quote(document.clean_text, mended, task.place) for task in record.work}
    tasks = [_task(task, programmes, quotes[task.id], meeting.year) for task in record.work]
    if days:
        starts_on, ends_on = days.first, days.last
        tasks = [_still_due(task, days.first) for task in tasks]
    year = days.first.year if days else meeting.year
    return PlanDraft(
        title=rules.plan_title(record, organisation.name, year),
        organisation=organisation,
        year=year,
        starts_on=starts_on,
        ends_on=max([ends_on, *(task.due_on for task in tasks if task.due_on)]),
        source=meeting.name,
        meeting=meeting,
        programmes=[
            ProgrammeDraft(programme.name, list(dict.fromkeys(item.text for item in programme.items)))
            for programme in record.live_programmes
        ],
        tasks=tasks,
    )


def _still_due(task: TaskDraft, on: date) -> TaskDraft:
    return replace(task, due_on=None) if task.due_on and task.due_on < on else task


def _task(task: TaskEntry, programmes: dict[str, ProgrammeEntry], quoted: str, year: int) -> TaskDraft:
    programme = programmes.get(task.programme)
    parts = [item.text for item in programme.items] if programme else []
    amounts = [(amount, target.unit) for target in task.targets if (amount := rules.amount_of(target.value))]
    return TaskDraft(
        text=task.text,
        quantities=amounts,
        deadline_text=task.deadline,
        due_on=rules.due_on(task.deadline, year),
        owner_text=task.owner,
        programme=programme.name if programme else None,
        item=task.item if task.item in parts else None,
        source_quote=quoted,
    )


def quote(clean: str, mended: Sequence[Mend], place: Place | None) -> str:
    """Return the sentences of the clean text that a place touches, corrected; empty without a place."""
    if place is None:
        return ""
    start = clean.rfind("\n", 0, place.start) + 1
    line_end = clean.find("\n", place.end)
    within = Span(start, line_end if line_end >= 0 else len(clean))
    touched = [span for span in sentences(clean, within) if span.start < place.end and span.end > place.start]
    return corrected(clean, mended, touched[0].start, touched[-1].end) if touched else ""
