"""Blocks made ready to be brought in, ahead of their turn: opened, indexed and sealed while the database writes."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from gongshu.core.base.keyring import KeyRing
from gongshu.core.people.entering import Entrant
from gongshu.core.people.models import Person
from gongshu.core.people.protected import ring, sealed_field
from gongshu.members.actions.enrolling import Newcomer
from gongshu.rosters.actions.staging import rows_in
from gongshu.rosters.models import Block
from gongshu.rosters.rules.staged import Staged


class Ready(NamedTuple):
    """A row that waits, and who comes in where they are still new."""

    row: Staged
    newcomer: Newcomer

    @property
    def id_index(self) -> bytes | None:
        """Return the index of the identity number under the active key, None where there is no number."""
        return self.newcomer.entrant.id_index


class Prepared(NamedTuple):
    """The rows of a block made ready, and the keys they were sealed and indexed with."""

    ring: KeyRing
    rows: Sequence[Ready]


class Ahead:
    """Has a thread make the next block ready while the one before is written."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._next: tuple[int, Future[Prepared]] | None = None

    def rows_of(self, block: Block) -> Sequence[Ready]:
        """Return the rows of a block made ready with the keys of now, and begin with the block after it."""
        found = self._next[1].result() if self._next and self._next[0] == block.pk else prepared(block)
        if found.ring is not ring():
            found = prepared(block)
        after = Block.objects.filter(roster=block.roster_id, last__gt=block.last).defer("marks").order_by("last")
        following = after.first()
        self._next = (following.pk, self._pool.submit(prepared, following)) if following else None
        return found.rows


def prepared(block: Block) -> Prepared:
    """Return the rows of a block made ready; where its content is loaded, nothing is asked of the database."""
    held, rows = ring(), rows_in(block)
    names = [sealed_field(Person, name).column_name for name in ("id_number", "phone")]
    (seal_number, seal_phone), (blind_number, blind_phone) = map(held.sealer, names), map(held.blinder, names)
    found = []
    for row in rows:
        number, phone = row.id_number, row.phone
        entrant = Entrant(
            row.name,
            seal_number(number) if number else None, blind_number(number)[0] if number else None,
            seal_phone(phone) if phone else None, blind_phone(phone)[0] if phone else None,
            row.gender, row.born_on,
        )  # fmt: skip
        newcomer = Newcomer(entrant, row.organisation_id, row.form, row.employer, row.employer_code, row.joined_on)
        found.append(Ready(row, newcomer))
    return Prepared(held, found)
