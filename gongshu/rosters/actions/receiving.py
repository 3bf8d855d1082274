"""Taking a roster in, matching its columns, starting and ending what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.files import actions as files
from gongshu.core.files.actions import Upload
from gongshu.core.files.models import Attachment
from gongshu.core.files.sheets.book import Book, kind_of
from gongshu.core.flow import actions as flow
from gongshu.core.jobs import actions as jobs
from gongshu.core.messages import actions as messages
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail
from gongshu.members.enums import Form, Permission
from gongshu.rosters.actions.staging import count
from gongshu.rosters.enums import Outcome
from gongshu.rosters.models import Heading, Roster
from gongshu.rosters.queries.scope import job_of
from gongshu.rosters.rules import headings
from gongshu.rosters.rules.limits import USUAL
from gongshu.rosters.rules.samples import shown

Background = Callable[[Roster, Actor], object]


def receive(upload: Upload, *, organisation: Organisation, by: Actor, at: datetime) -> Roster:
    """Keep an uploaded roster and guess its columns; raises Refused with a sentence, and then nothing is kept."""
    require(by, Permission.EDIT, at=organisation)
    kind = kind_of(upload.name or "", _first_bytes(upload), USUAL.thing)
    kept = files.keep(upload, by=by, limit=USUAL.upload, at=at, is_sealed=True)
    try:
        with transaction.atomic():
            return _started(kept, kind, organisation=organisation, by=by, at=at)
    except Refused:
        files.discard(kept, at=at)
        raise


def _first_bytes(upload: Upload) -> bytes:
    return next(iter(upload.chunks()), b"")[:8]


def _started(kept: Attachment, kind: str, *, organisation: Organisation, by: Actor, at: datetime) -> Roster:
    book = Book(kept.opened, kind, USUAL)
    head = book.head(USUAL.heading + 1)
    found = headings.heading_of(head, USUAL)
    if isinstance(found, list):
        raise Refused(found)
    number, cells = found
    sample = next((row for place, row in head if place > number), [])
    roster = Roster(
        organisation=organisation,
        uploaded_by_id=by.account_id,
        uploaded_at=at,
        file=kept,
        file_name=kept.name,
        sha256=kept.sha256,
        sheets=book.sheet_names(),
        heading_row=number,
        headings=[[words, shown(sample[n] if n < len(sample) else "")] for n, words in enumerate(cells)],
        columns=headings.guessed(cells, remembered(organisation)),
    )
    detail = {"sha256": kept.sha256, "size": kept.size}
    return flow.start(roster, by=by, at=at, summary=f"上传名册：{kept.name}", detail=detail)


def remembered(organisation: Organisation) -> dict[str, str]:
    """Return the column by heading as a union said before."""
    return dict(Heading.objects.filter(organisation=organisation).values_list("words", "column"))


def match(
    roster: Roster, columns: Mapping[str, int], *, default_form: str, by: Actor, at: datetime, background: Background
) -> Roster:
    """Take over which column tells what, remember it, and have the roster checked in the background; raises Refused."""
    refuse_if(headings.matching_problems(columns, len(roster.headings)))
    if default_form not in Form.values:
        raise Refused.because("请选择就业形态", field="default_form")
    with transaction.atomic():
        fresh = Roster.objects.select_for_update(of=("self",)).get(pk=roster.pk)
        flow.advance(fresh, "check", by=by, at=at, facts={"detail": {"columns": dict(columns)}})
        fresh.columns, fresh.default_form, fresh.round = dict(columns), default_form, fresh.round + 1
        fresh.read_to = fresh.rows = 0
        fresh.counts = {}
        fresh.save(update_fields=["columns", "default_form", "round", "read_to", "rows", "counts"])
        _remember(fresh)
        background(fresh, by)
    return fresh


def _remember(roster: Roster) -> None:
    by_place = {place: column for column, place in roster.columns.items()}
    words = {headings.plain(heading): by_place.get(n, "") for n, (heading, _) in enumerate(roster.headings)}
    Heading.objects.bulk_create(
        [
            Heading(organisation=roster.organisation, words=plain, column=column)
            for plain, column in words.items()
            if plain
        ],
        update_conflicts=True,
        unique_fields=["organisation", "words"],
        update_fields=["column"],
    )


def checked(roster: Roster, *, by: Actor, at: datetime) -> Roster:
    """Mark a roster checked, with its rows by verdict; in the transaction of the job's last step."""
    roster.counts = count(roster)
    roster.save(update_fields=["counts"])
    return flow.advance(roster, "checked", by=by, at=at, facts={"detail": {"counts": roster.counts}})


def refuse(roster: Roster, problems: list[Problem], *, by: Actor, at: datetime) -> Roster:
    """Say that a roster cannot be brought in as it is, and why; its file goes away."""
    note = "\n".join(str(problem) for problem in problems)
    flow.advance(roster, "refuse", by=by, at=at, facts={"note": note})
    return drop_file(roster, at=at)


def confirm(roster: Roster, *, correct: bool, move: bool, by: Actor, at: datetime, background: Background) -> Roster:
    """Have a checked roster brought in in the background; its file goes away. Raises Refused.

    `correct` takes over what is told otherwise of members, `move` asks to move those whose membership is elsewhere.
    """
    with transaction.atomic():
        fresh = Roster.objects.select_for_update(of=("self",)).get(pk=roster.pk)
        told = {"rows": fresh.rows, "counts": fresh.counts, "sha256": fresh.sha256, "correct": correct, "move": move}
        flow.advance(fresh, "confirm", by=by, at=at, facts={"correct": correct, "move": move, "detail": told})
        summary = f"名册导入：{fresh.file_name}，{fresh.rows} 行"
        entry = trail.record(
            "import", fresh, by=by, at=at, summary=summary, detail=told, organisation_id=fresh.organisation_id
        )
        fresh.correct, fresh.move, fresh.origin = correct, move, entry
        fresh.save(update_fields=["correct", "move", "origin"])
        background(fresh, by)
    return drop_file(fresh, at=at)


def finished(roster: Roster, *, by: Actor, at: datetime) -> Roster:
    """Mark a roster brought in and tell whoever uploaded it; in the transaction of the job's last step."""
    flow.advance(roster, "finish", by=by, at=at, facts={"detail": {"results": roster.results}})
    if roster.uploaded_by_id:
        messages.tell(
            [roster.uploaded_by_id],
            subject=f"名册已导入：{roster.file_name}"[:120],
            body=told_results(roster),
            url=roster.get_absolute_url(),
            at=at,
            organisation=roster.organisation,
        )
    return roster


def told_results(roster: Roster) -> str:
    """Return in words what was done with the rows."""
    from_results = [f"{label} {roster.results[code]} 人" for code, label in Outcome.choices if roster.results.get(code)]
    return "，".join(from_results) or "没有变化"


def drop(roster: Roster, *, by: Actor, at: datetime) -> Roster:
    """Give a roster up before anything of it is brought in; its file goes away, and a check under way ends."""
    with transaction.atomic():
        flow.advance(roster, "drop", by=by, at=at)
        job = job_of(roster)
        if job is not None and not job.is_finished:
            jobs.cancel(job, at=at)
    return drop_file(roster, at=at)


def drop_file(roster: Roster, *, at: datetime) -> Roster:
    """Delete the uploaded file of a roster."""
    with transaction.atomic():
        fresh = Roster.objects.select_for_update(of=("self",)).get(pk=roster.pk)
        kept, fresh.file = fresh.file, None
        fresh.save(update_fields=["file"])
        if kept is not None:
            files.discard(kept, at=at)
    return fresh
