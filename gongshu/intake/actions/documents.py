"""The only place that writes documents received and the drafts of their records."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Refused, refuse_if
from gongshu.core.files.actions import keep
from gongshu.core.flow import actions as flow
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail
from gongshu.core.trail.queries import of as trail_of
from gongshu.delivery.actions import make_plan
from gongshu.intake import rules
from gongshu.intake.actions import planning
from gongshu.intake.enums import Permission
from gongshu.intake.models import Document, Draft, SetAside
from gongshu.intake.queries import received_before
from gongshu.intake.rules.reader import Read, read_document
from gongshu.intake.rules.record.changes import merged, tally
from gongshu.intake.rules.record.shape import Record, from_json, to_json
from gongshu.meetings.actions import hold_records, record_meeting
from gongshu.meetings.queries import namesakes

SITTING = timedelta(hours=1)


class AlreadyReceived(Refused):
    """The same file is here already; `document` is the first one."""

    def __init__(self, document: Document) -> None:
        at = timezone.localtime(document.received_at)
        super().__init__(
            Refused.because(
                f"这份文件已于{at.year}年{at.month}月{at.day}日收过（{document.state_label}），没有重复收文",
                field="upload",
            ).problems
        )
        self.document = document


class Stale(Refused):
    """Somebody saved first; what was typed is set aside, to be compared."""


@dataclass(frozen=True)
class Received:
    """What comes in: the bytes of a file or pasted words, under a name."""

    content: bytes
    name: str

    @property
    def sha256(self) -> str:
        """Return the digest that tells whether it came before."""
        return hashlib.sha256(self.content).hexdigest()


def pasted(words: str, *, at: datetime) -> Received:
    """Return pasted words as a text file named by the minute."""
    return Received(words.replace("\r\n", "\n").strip().encode(), f"粘贴文本{at:%Y%m%d%H%M}.txt")


def receive(received: Received, *, organisation: Organisation, by: Actor, at: datetime) -> Document:
    """Receive a document at a desk: read it, keep it, open its draft. Nothing is stored when it is refused.

    Raises:
        AlreadyReceived: when the same content came to this desk before.
        Refused: when it cannot be read, is no union's document, or they may not receive here.
    """
    require(by, Permission.EDIT, at=organisation)
    _refuse_second(organisation, received.sha256)
    found = read_document(received.content, received.name)
    try:
        with transaction.atomic():
            return _store(found, received, organisation=organisation, by=by, at=at)
    except IntegrityError:
        _refuse_second(organisation, received.sha256)
        raise


def _refuse_second(organisation: Organisation, sha256: str) -> None:
    earlier = received_before(organisation, sha256)
    if earlier:
        raise AlreadyReceived(earlier)


def _store(found: Read, received: Received, *, organisation: Organisation, by: Actor, at: datetime) -> Document:
    page, record = found.reading.page, to_json(found.record)
    document = Document(
        organisation=organisation,
        source=keep(ContentFile(received.content, name=received.name), by=by, at=at),
        sha256=received.sha256,
        title=found.title,
        kind=found.kind,
        raw_text=page.raw,
        clean_text=page.text,
        repairs=[
            [r.rule, r.raw.start, r.raw.end, r.clean.start, r.clean.end, r.note, r.doubtful] for r in page.repairs
        ],
        blocks=[[block.kind, block.span.start, block.span.end] for block in page.blocks],
        found=record,
        received_by_id=by.account_id,
        received_at=at,
    )
    flow.start(document, by=by, at=at, summary=f"收文：{document.title}", detail={"sha256": received.sha256})
    Draft.objects.create(document=document, record=record, saved_by=by.display_name, saved_at=at)
    return document


def save_draft(document: Document, record: Record, *, version: int, by: Actor, at: datetime) -> int:
    """Save a draft typed over from `version`; return the new version.

    Raises:
        Stale: when another save came first; the record is then set aside for this person.
        Refused: when the document is no longer a draft, they may not, or something is far too long.
    """
    require(by, Permission.EDIT, at=document.organisation)
    refuse_if(rules.length_problems(record))
    with transaction.atomic():
        _lock_draft(document)
        saved = _write_draft(document, record, version=version, by=by, at=at)
        if not saved:
            _set_aside(document, record, version=version, by=by, at=at)
    if not saved:
        raise Stale.because("您打开本页以后，他人已保存过修改。您的修改已另存，请比较后决定采用哪些")
    return version + 1


def _lock_draft(document: Document) -> None:
    """Hold the document for this transaction; raise `Refused` unless it is still being looked through."""
    fresh = Document.objects.select_for_update(of=("self",)).only("pk", "state").get(pk=document.pk)
    if fresh.state != "draft":
        raise Refused.because(f"这份收文现为“{fresh.state_label}”，不能再修改")


def _write_draft(document: Document, record: Record, *, version: int, by: Actor, at: datetime) -> bool:
    saved = Draft.objects.filter(document=document, version=version).update(
        record=to_json(record), version=F("version") + 1, saved_by=by.display_name, saved_at=at
    )
    if saved:
        _note_sitting(document, by=by, at=at)
    return bool(saved)


def _note_sitting(document: Document, *, by: Actor, at: datetime) -> None:
    """Write one trail entry a person and hour: continuous saving must not drown the trail."""
    last = trail_of(document).first()
    if last and last.verb == "edit" and last.account_id == by.account_id and at - last.at < SITTING:
        return
    trail.record("edit", document, by=by, at=at, summary="校核修改", organisation_id=document.organisation_id)


def _set_aside(document: Document, record: Record, *, version: int, by: Actor, at: datetime) -> None:
    """Keep what could not be saved for the person who typed it; work with nobody behind it is simply refused."""
    if by.account_id is None:
        return
    SetAside.objects.update_or_create(
        document=document,
        account_id=by.account_id,
        defaults={"record": to_json(record), "based_on": version, "at": at},
    )


def settle(
    document: Document, aside: SetAside, *, take_mine: Collection[str], version: int, by: Actor, at: datetime
) -> int:
    """Put what was set aside together with what was saved, as chosen thing by thing; return the new version.

    Raises:
        Stale: when yet another save came first; what was set aside stays.
    """
    require(by, Permission.EDIT, at=document.organisation)
    with transaction.atomic():
        _lock_draft(document)
        draft = Draft.objects.get(document=document)
        record = merged(from_json(draft.record), from_json(aside.record), take_mine)
        if not _write_draft(document, record, version=version, by=by, at=at):
            raise Stale.because("比较期间又有人保存过，请再看一遍")
        aside.delete()
    return version + 1


@dataclass(frozen=True)
class Entry:
    """How a draft is entered: for whom, as looked at in which version, and what was decided.

    With `join`, a meeting already recorded under this name and year is used. With `until`, the plan of a meeting
    whose year is over is carried out from now to that day; without, it keeps the days of its year.
    """

    organisation: Organisation
    version: int
    join: bool = False
    until: date | None = None


def confirm(document: Document, entry: Entry, *, by: Actor, at: datetime) -> Document:
    """Enter a draft into the ledger, all or nothing: the meeting, then the plan with programmes, tasks and targets.

    Raises:
        Refused: when something is missing, it was entered already, it changed since `version`, or it is out of reach.
    """
    organisation = entry.organisation
    require(by, Permission.CONFIRM, at=organisation)
    days = _days(entry, at)
    with transaction.atomic():
        _lock_draft(document)
        record = _settled_record(document, entry.version)
        refuse_if(rules.problems(record))
        facts = rules.facts_of(record)
        hold_records(organisation)
        known = namesakes(organisation, facts.name, facts.year or 0).first()
        if known and not entry.join:
            raise Refused.because(
                f"“{facts.name}”（{known.date_text}）已有记录；如是同一次会议，请勾选并入", field="join"
            )
        meeting = known or record_meeting(facts, organisation=organisation, source=document.source, by=by, at=at)
        draft = planning.plan_draft(record, document, organisation=organisation, meeting=meeting, days=days)
        plan = make_plan(draft, by=by, at=at) if draft.tasks or draft.programmes else None
        made = {"meeting": meeting.pk, "plan": plan.pk if plan else None, **tally(from_json(document.found), record)}
        flow.advance(document, "confirm", by=by, at=at, facts={"meeting": meeting, "plan": plan, "detail": made})
    return document


def _days(entry: Entry, at: datetime) -> planning.Days | None:
    if entry.until is None:
        return None
    today = timezone.localdate(at)
    if entry.until < today:
        raise Refused.because("实施到的日期已经过去，请改为今天或以后；只存档的请留空", field="until")
    return planning.Days(today, entry.until)


def _settled_record(document: Document, version: int) -> Record:
    draft = Draft.objects.get(document=document)
    if draft.version != version:
        raise Refused.because(f"{draft.saved_by}刚刚修改过，请重新看过再确认")
    return from_json(draft.record)


def drop(document: Document, *, reason: str, by: Actor, at: datetime) -> Document:
    """Take a document off the desk; it stays on file and can be brought back. Raises Refused."""
    return flow.advance(document, "drop", by=by, at=at, facts={"note": reason})


def restore(document: Document, *, by: Actor, at: datetime) -> Document:
    """Bring a dropped document back to the desk. Raises Refused."""
    return flow.advance(document, "restore", by=by, at=at)
