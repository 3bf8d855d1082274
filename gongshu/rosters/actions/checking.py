"""Checking a roster: every row read, sealed, judged and laid aside, without a change to the ledger."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Min, Window
from django.utils import timezone

from gongshu.core.access.actor import Actor
from gongshu.core.base.bulk import put, reserve_keys
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.people.models import Person
from gongshu.core.people.protected import ring, sealed_field
from gongshu.members.enums import Form
from gongshu.rosters.enums import Column, Verdict
from gongshu.rosters.models import Roster, RosterRow
from gongshu.rosters.queries.ledger import NEW, Asked, Judged, judged
from gongshu.rosters.queries.scope import Reach, reach_of
from gongshu.rosters.queries.unions import Unions
from gongshu.rosters.rules.checks import RowReader, Told
from gongshu.rosters.rules.files.book import Book, Opened
from gongshu.rosters.rules.files.lines import USUAL, Line

COLUMNS = (
    "roster_id", "number", "verdict", "field", "reason", "person_key", "organisation_id", "name", "id_number",
    "id_index", "phone", "phone_index", "gender", "born_on", "form", "employer", "employer_code", "joined_on",
)  # fmt: skip
PENDING_DELETE = 5_000
LONGEST_REASON = 1_000


def book_of(roster: Roster) -> Book:
    """Return the file of a roster; raises Refused when it has been deleted."""
    if roster.file is None or not Path(roster.file.location).exists():
        raise Refused.because("上传的文件已不在，请重新上传")
    kind = "." + roster.file_name.rpartition(".")[2].lower()
    return Book(Path(roster.file.location), kind, USUAL, settings.ROSTER_QUICK_BYTES)


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


@dataclass(frozen=True)
class Block:
    """Some rows, checked and judged, ready to be laid aside; `last` is the number of the last one."""

    rows: Sequence[tuple[Told, Judged, int | None]]
    last: int


class Checker:
    """Reads a roster block by block."""

    def __init__(self, roster: Roster, by: Actor, at: datetime) -> None:
        self.roster, self.by = roster, by
        self._unions = Unions(must_reach(by, roster))
        forms = {form.value: form.label for form in Form}
        self._reader = RowReader(
            roster.columns, on=timezone.localdate(at), forms=forms, default_form=roster.default_form
        )
        self._id, self._phone = (sealed_field(Person, name) for name in ("id_number", "phone"))

    def blocks(self, lines: Iterator[Line]) -> Iterator[Block]:
        """Yield the rows of a file in blocks."""
        while some := list(islice(lines, settings.ROSTER_ROWS_A_STEP)):
            told = [self._reader.read(number, cells) for number, cells in some]
            self._unions.look_up(row.union for row in told)
            yield Block(self._judged(told), some[-1][0])

    def _judged(self, rows: Sequence[Told]) -> list[tuple[Told, Judged, int | None]]:
        unions = [self._union(row) for row in rows]
        sound = [place for place, row in enumerate(rows) if not row.problems]
        verdicts = judged([self._asked(rows[place], unions[place]) for place in sound], self.by)
        found = [_refused(row) for row in rows]
        for place, verdict in zip(sound, verdicts, strict=True):
            found[place] = verdict
        return list(zip(rows, found, unions, strict=True))

    def _union(self, row: Told) -> int | None:
        found = self._unions.of(row.union)
        if found.problem:
            row.problems.append(found.problem)
        return found.pk

    def _asked(self, row: Told, union: int | None) -> Asked:
        assert union is not None  # a row without one has a problem
        blinds = self._id.blinds(row.id_number) if row.id_number else ()
        phones = self._phone.blinds(row.phone) if row.phone else ()
        return Asked(row.name, union, row.form, row.employer, row.employer_code, blinds, phones)


def _refused(row: Told) -> Judged:
    if not row.problems:
        return NEW
    reason = "；".join(str(problem) for problem in row.problems)[:LONGEST_REASON]
    return Judged(Verdict.REFUSED, reason, row.problems[0].field)


def lay_aside(roster: Roster, block: Block) -> None:
    """Write a block of rows and how far the check has come, in the caller's transaction."""
    keys = iter(reserve_keys(Person, sum(judged.verdict == Verdict.NEW for _, judged, _ in block.rows)))
    put(RosterRow, COLUMNS, _rows(roster, block, keys))
    roster.read_to, roster.rows = block.last, roster.rows + len(block.rows)
    roster.save(update_fields=["read_to", "rows"])


def _rows(roster: Roster, block: Block, keys: Iterator[int]) -> Iterator[Sequence[Any]]:
    held = ring()
    id_column, phone_column = (sealed_field(Person, name).column_name for name in ("id_number", "phone"))
    seal_id, seal_phone = held.sealer(id_column), held.sealer(phone_column)
    for told, verdict, union in block.rows:
        key = next(keys) if verdict.verdict == Verdict.NEW else None
        number, phone = told.id_number, told.phone
        yield (
            roster.pk, told.number, verdict.verdict, verdict.field, verdict.reason, key, union, told.name,
            seal_id(number) if number else None, held.blind(id_column, number) if number else None,
            seal_phone(phone) if phone else None, held.blind(phone_column, phone) if phone else None,
            told.gender, told.born_on, told.form, told.employer, told.employer_code, told.joined_on,
        )  # fmt: skip


def clear_rows(roster: Roster) -> int:
    """Delete some of the rows of a roster in the caller's transaction; return how many, 0 when there are none left."""
    keys = list(RosterRow.objects.filter(roster=roster).values_list("pk", flat=True)[:PENDING_DELETE])
    return RosterRow.objects.filter(pk__in=keys).delete()[0]


@dataclass(frozen=True)
class Alike:
    """What tells people apart: columns of the rows, the column a refusal is beside, and the sentence of it."""

    columns: tuple[str, ...]
    has_number: bool
    field: str
    sentence: str


ALIKE = (
    Alike(("id_index",), True, "id_number", "与第{first}行的身份证号码相同，同一人只导入一次"),
    Alike(
        ("organisation", "name", "phone_index"), False, "name",
        "与第{first}行的姓名、工会、手机号码相同，同一人只导入一次；确是两个人的，请补填身份证号码",
    ),
)  # fmt: skip


def told_again(roster: Roster, alike: Alike) -> tuple[array[int], array[int]]:
    """Return the numbers of the rows that tell of somebody an earlier row tells of, and those of the first rows."""
    sound = RosterRow.objects.filter(roster=roster, id_index__isnull=not alike.has_number)
    first = Window(Min("number"), partition_by=[F(name) for name in alike.columns])
    rows = sound.exclude(verdict=Verdict.REFUSED).annotate(first=first).filter(number__gt=F("first"))
    later, firsts = array("I"), array("I")
    for number, one in rows.order_by("number").values_list("number", "first").iterator(chunk_size=2_000):
        later.append(number)
        firsts.append(one)
    return later, firsts


def refuse_again(roster: Roster, alike: Alike, rows: Sequence[tuple[int, int]]) -> None:
    """Refuse some rows that tell of somebody again, in the caller's transaction."""
    set_aside(roster, [(number, alike.field, alike.sentence.format(first=first)) for number, first in rows])


def set_aside(roster: Roster, rows: Sequence[tuple[int, str, str]]) -> None:
    """Refuse some rows, each with field and sentence, in the caller's transaction."""
    table = RosterRow._meta.db_table
    sql = f"UPDATE {table} SET verdict = %s, field = %s, reason = %s WHERE roster_id = %s AND number = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(
            sql, [(Verdict.REFUSED.value, name, words, roster.pk, number) for number, name, words in rows]
        )


def count(roster: Roster) -> dict[str, int]:
    """Return the rows of a roster by verdict."""
    rows = RosterRow.objects.filter(roster=roster).order_by().values("verdict").annotate(number=Count("pk"))
    return dict(rows.values_list("verdict", "number"))


def first_problem(refusal: Refused) -> str:
    """Return the sentences of a refusal of a whole file."""
    problems: Sequence[Problem] = refusal.problems
    return "\n".join(str(problem) for problem in problems)
