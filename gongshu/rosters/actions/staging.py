"""Laying checked rows aside, and taking them up again: the new ones by the block, the others one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Sum
from django.utils.dateparse import parse_date

from gongshu.core.base.bulk import put
from gongshu.core.people.models import Person
from gongshu.core.people.protected import Sealed, ring, sealed_field
from gongshu.rosters.enums import Verdict
from gongshu.rosters.models import Block, Roster, RosterRow
from gongshu.rosters.queries.ledger import Judged
from gongshu.rosters.rules import marks
from gongshu.rosters.rules.staged import Staged, pack, unpack

COLUMNS = (
    "roster_id", "number", "verdict", "field", "reason", "organisation_id", "name", "id_number", "id_index", "phone",
    "phone_index", "gender", "born_on", "form", "employer", "employer_code", "joined_on",
)  # fmt: skip
BLOCK_COLUMNS = ("roster_id", "first", "last", "new", "content", "marks")
PENDING_DELETE = 5_000
BLOCKS_DELETE = 10
Aside = tuple[Staged, Judged]


@dataclass(frozen=True)
class Checked:
    """Some rows as they were checked: the new ones, the others with their verdicts, and the marks of the sound ones."""

    first: int
    last: int
    rows: int
    new: Sequence[Staged]
    others: Sequence[tuple[Staged, Judged]]
    marks: bytes


def lay_aside(roster: Roster, checked: Checked) -> None:
    """Write some rows and how far the check has come, in the caller's transaction."""
    put_aside(roster, checked.others)
    content = _sealed(checked.new).raw
    put(Block, BLOCK_COLUMNS, [(roster.pk, checked.first, checked.last, len(checked.new), content, checked.marks)])
    roster.read_to, roster.rows = checked.last, roster.rows + checked.rows
    roster.save(update_fields=["read_to", "rows"])


def _sealed(rows: Sequence[Staged]) -> Sealed:
    field = sealed_field(Block, "content")
    return field.wrap(ring().seal(field.column_name, pack(rows)))


def put_aside(roster: Roster, rows: Sequence[Aside]) -> None:
    """Write rows that are not simply new, each with its verdict, in the caller's transaction."""
    if rows:
        values = _writer(roster)
        put(RosterRow, COLUMNS, (values(*row) for row in rows))


def _writer(roster: Roster) -> Callable[[Staged, Judged], Sequence[Any]]:
    """Return a function that gives the columns of a row; numbers are sealed as a person's."""
    held = ring()
    names = [sealed_field(Person, name).column_name for name in ("id_number", "phone")]
    (seal_number, seal_phone), (blind_number, blind_phone) = map(held.sealer, names), map(held.blinder, names)

    def values(row: Staged, verdict: Judged) -> Sequence[Any]:
        number, phone = row.id_number, row.phone
        return (
            roster.pk, row.number, verdict.verdict, verdict.field, verdict.reason,
            row.organisation_id or None, row.name,
            seal_number(number) if number else None, blind_number(number)[0] if number else None,
            seal_phone(phone) if phone else None, blind_phone(phone)[0] if phone else None,
            row.gender, row.born_on, row.form, row.employer, row.employer_code, row.joined_on,
        )  # fmt: skip

    return values


def kept_row(roster: Roster, row: Staged, verdict: Judged) -> RosterRow:
    """Return an unsaved row for what waits in a block."""
    made = RosterRow(**dict(zip(COLUMNS, _writer(roster)(row, verdict), strict=True)))
    for name in ("born_on", "joined_on"):
        setattr(made, name, parse_date(getattr(made, name) or ""))
    for name in ("id_number", "phone"):
        raw = getattr(made, name)
        setattr(made, name, sealed_field(RosterRow, name).wrap(raw) if raw is not None else None)
    return made


def rows_in(block: Block, *, after: int = 0) -> list[Staged]:
    """Return the new rows that wait in a block, those after a number."""
    return [row for row in unpack(ring().open(block.content.column, block.content.raw)) if row.number > after]


def keep_only(block: Block, rows: Sequence[Staged]) -> None:
    """Leave some of its rows in a block, in the caller's transaction."""
    block.content, block.new = _sealed(rows), len(rows)
    block.save(update_fields=["content", "new"])


def count(roster: Roster) -> dict[str, int]:
    """Return the rows of a roster by verdict."""
    rows = RosterRow.objects.filter(roster=roster).order_by().values("verdict").annotate(number=Count("pk"))
    found = Counter(dict(rows.values_list("verdict", "number")))
    found[Verdict.NEW.value] += Block.objects.filter(roster=roster).aggregate(Sum("new"))["new__sum"] or 0
    return {verdict: number for verdict, number in found.items() if number}


def clear_rows(roster: Roster) -> int:
    """Delete some of the rows of a roster in the caller's transaction; return how many, 0 when there are none left."""
    gone = 0
    for model, most in ((Block, BLOCKS_DELETE), (RosterRow, PENDING_DELETE)):
        keys = list(model._default_manager.filter(roster=roster).values_list("pk", flat=True)[:most])
        gone += model._default_manager.filter(pk__in=keys).delete()[0]
    return gone


def repeats(roster: Roster) -> Iterator[tuple[int, int, bool]]:
    """Yield the rows that tell of somebody an earlier row tells of, as `rules.marks.repeats` does."""
    kept = Block.objects.filter(roster=roster).order_by("last").values_list("marks", flat=True)
    return marks.repeats(lambda: map(bytes, kept.iterator(chunk_size=BLOCKS_DELETE)))


def set_aside(block: Block, rows: Mapping[int, Judged]) -> None:
    """Give rows of a block, by number, other verdicts, in the caller's transaction."""
    staying: list[Staged] = []
    leaving: list[Aside] = []
    for row in rows_in(block):
        if row.number in rows:
            leaving.append((row, rows[row.number]))
        else:
            staying.append(row)
    put_aside(block.roster, leaving)
    keep_only(block, staying)
    gone = {row.number for row, _ in leaving}
    table = RosterRow._meta.db_table
    sql = f"UPDATE {table} SET verdict = %s, field = %s, reason = %s WHERE roster_id = %s AND number = %s"  # noqa: S608
    others = [(number, one) for number, one in rows.items() if number not in gone]
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(one.verdict, one.field, one.reason, block.roster_id, n) for n, one in others])
