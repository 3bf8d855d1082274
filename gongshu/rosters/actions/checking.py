"""Checking a roster: every row read, sealed, judged and laid aside, without a change to the ledger."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from gongshu.core.access.actor import Actor
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.files.sheets.book import Book, Opened
from gongshu.core.files.sheets.lines import Lines
from gongshu.core.people.models import Person
from gongshu.core.people.protected import ring, sealed_field
from gongshu.members.enums import Form
from gongshu.rosters.actions import staging
from gongshu.rosters.actions.staging import Checked
from gongshu.rosters.enums import Column, Verdict
from gongshu.rosters.models import Block, Roster
from gongshu.rosters.queries.ledger import NEW, Asked, Judged, judged
from gongshu.rosters.queries.scope import Reach, reach_of
from gongshu.rosters.queries.unions import Unions
from gongshu.rosters.rules import marks
from gongshu.rosters.rules.checks import RowReader, Told
from gongshu.rosters.rules.limits import USUAL
from gongshu.rosters.rules.staged import Staged, staged

LONGEST_REASON = 1_000
UNNUMBERED = "rosters.Block.marks"
AGAIN_BY_NUMBER = ("id_number", "与第{first}行的身份证号码相同，同一人只导入一次")
AGAIN_BY_NAME = (
    "name",
    "与第{first}行的姓名、工会、手机号码相同，同一人只导入一次；确是两个人的，请补填身份证号码",
)


def book_of(roster: Roster) -> Book:
    """Return the file of a roster; raises Refused when it has been deleted."""
    if roster.file is None or not Path(roster.file.location).exists():
        raise Refused.because("上传的文件已不在，请重新上传")
    kind = "." + roster.file_name.rpartition(".")[2].lower()
    return Book(roster.file.opened, kind, USUAL, settings.ROSTER_QUICK_BYTES)


def opened(roster: Roster) -> Opened:
    """Return the file of a roster, looked over and ready to be read; raises Refused."""
    labels = {place: Column(name).label for name, place in roster.columns.items()}
    return book_of(roster).opened(labels, roster.heading_row)


def must_reach(actor: Actor, roster: Roster) -> Reach:
    """Return how far an actor's right goes at a roster's organisation; raises Refused when they have none."""
    reach = reach_of(actor, roster.organisation)
    if reach is None:
        raise Refused.because(f"您没有在“{roster.organisation.short_name}”导入名册的权限，请联系本级管理员")
    return reach


class Checker:
    """Reads a roster block by block."""

    def __init__(self, roster: Roster, by: Actor, at: datetime) -> None:
        self.roster, self.by = roster, by
        self._unions = Unions(must_reach(by, roster))
        forms = {form.value: form.label for form in Form}
        self._reader = RowReader(
            roster.columns, on=timezone.localdate(at), forms=forms, default_form=roster.default_form
        )

    def blocks(self, lines: Lines) -> Iterator[Checked]:
        """Yield the rows of a file, checked and judged, in blocks."""
        while rows := self._told(lines):
            checked = self._judged(rows)
            del rows  # what is not needed any more is gone while the block is written
            yield checked
            del checked

    def _told(self, lines: Lines) -> list[Told]:
        rows = [self._reader.read(number, cells) for number, cells in islice(lines, settings.ROSTER_ROWS_A_STEP)]
        self._unions.look_up(row.union for row in rows)
        return rows

    def _judged(self, rows: Sequence[Told]) -> Checked:
        found = [(staged(row, self._union(row)), row.problems) for row in rows]
        sound = [row for row, problems in found if not problems]
        asked = asked_of(sound)
        verdicts = judged(asked, self.by)
        new = [row for row, verdict in zip(sound, verdicts, strict=True) if verdict is NEW]
        others = [(row, verdict) for row, verdict in zip(sound, verdicts, strict=True) if verdict is not NEW]
        others += [(row, _refused(problems)) for row, problems in found if problems]
        kept = _marks(zip(asked, sound, verdicts, strict=True))
        return Checked(rows[0].number, rows[-1].number, len(rows), new, others, kept)

    def _union(self, row: Told) -> int:
        found = self._unions.of(row.union)
        if found.problem:
            row.problems.append(found.problem)
        return found.pk or 0


def asked_of(rows: Sequence[Staged]) -> list[Asked]:
    """Return what is asked of the ledger for each of some rows."""
    blinds = ring().blinder(sealed_field(Person, "id_number").column_name)
    return [
        Asked(
            row.name, row.organisation_id, row.form, row.employer, row.employer_code,
            blinds(row.id_number) if row.id_number else (), row.phone,
        )
        for row in rows
    ]  # fmt: skip


def _marks(rows: Iterable[tuple[Asked, Staged, Judged]]) -> bytes:
    """Return the marks of the rows that are not refused."""
    blinds = ring().blinder(UNNUMBERED)
    sound = ((asked, row) for asked, row, verdict in rows if verdict.verdict != Verdict.REFUSED)
    return b"".join(marks.row(row.number, _mark(asked, row, blinds)) for asked, row in sound)


def _mark(asked: Asked, row: Staged, blinds: Callable[[str], list[bytes]]) -> bytes:
    if asked.blinds:
        return asked.blinds[0]
    return marks.UNNUMBERED + blinds(f"{row.organisation_id}|{row.name}|{row.phone}")[0][1:]


def _refused(problems: Sequence[Problem]) -> Judged:
    reason = "；".join(str(problem) for problem in problems)[:LONGEST_REASON]
    return Judged(Verdict.REFUSED, reason, problems[0].field)


def told_again(roster: Roster) -> Iterator[tuple[Block, dict[int, Judged]]]:
    """Yield the blocks with rows that tell of somebody an earlier row tells of, and the refusals by number."""
    found = array("Q")
    for repeat in staging.repeats(roster):
        found.extend(repeat)
    place = 0
    for block in Block.objects.filter(roster=roster).defer("content", "marks").order_by("last"):
        refused: dict[int, Judged] = {}
        while place < len(found) and found[place] <= block.last:
            later, first, has_number = found[place : place + 3]
            field, sentence = AGAIN_BY_NUMBER if has_number else AGAIN_BY_NAME
            refused[later] = Judged(Verdict.REFUSED, sentence.format(first=first), field)
            place += 3
        if refused:
            yield block, refused
