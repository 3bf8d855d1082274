"""The roll as a spreadsheet: whoever may export gets masked numbers; whole ones need a further right and a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from gongshu.core.access.guard import Request
from gongshu.core.exports.handing import hand_out
from gongshu.core.exports.sheet import Sheet
from gongshu.core.people.models import Person
from gongshu.core.ui.cells import Column
from gongshu.members.actions.exporting import Number, ask_export, numbers_of, record_export
from gongshu.members.enums import Permission
from gongshu.members.models import Membership
from gongshu.members.queries import roll
from gongshu.members.queries.scope import Scope

BATCH = 2_000


@dataclass
class RollRows:
    """The members that are wanted, in the order of the page, read a batch at a time along the page's own index."""

    scope: Scope
    wanted: roll.Wanted
    in_clear: bool
    numbers: dict[int, Number] = field(default_factory=dict)

    @property
    def columns(self) -> Sequence[Column]:
        """The columns of the roll."""
        return (
            Column("name", "姓名"),
            Column("gender", "性别", value="get_gender_display"),
            Column("id_number", "身份证号码", value=lambda row: self.numbers[row.pk].id_number),
            Column("phone", "手机号码", value=lambda row: self.numbers[row.pk].phone),
            Column("form", "就业形态", value="get_form_display"),
            Column("employer", "用人单位"),
            Column("organisation", "所在工会", value="organisation.name"),
            Column("state", "会籍", value="state_label"),
            Column("joined_on", "入会日期", kind="date"),
        )

    def batches(self) -> Iterator[Sequence[Membership]]:
        """Yield all members that are wanted, a batch at a time, with their numbers."""
        page = roll.page(self.scope, self.wanted, None, BATCH)
        while page.rows:
            _with_people(page.rows)
            self.numbers = numbers_of(page.rows, in_clear=self.in_clear)
            yield page.rows
            if page.following is None:
                return
            page = roll.page(self.scope, self.wanted, page.following, BATCH)

    def is_longer_than(self, most: int) -> bool:
        """Tell whether more are wanted than that."""
        return len(roll.keys(self.scope, self.wanted, most)) > most

    def count(self) -> int:
        """Return how many are wanted."""
        return roll.count(self.scope, self.wanted)


def _with_people(rows: Sequence[Membership]) -> None:
    """Give members their persons, in one query; a prefetch of more than a thousand is more than SQLite takes."""
    people = Person.objects.in_bulk([row.person_id for row in rows])
    for row in rows:
        row.person = people[row.person_id]


def export(
    request: Request, scope: Scope, wanted: roll.Wanted, *, in_clear: bool = False, reason: str = ""
) -> HttpResponse:
    """Answer with the roll that is wanted, every row, as .xlsx; a long one is handed to a job. Raises Refused."""
    asked: dict[str, Any] = {"by": request.actor, "in_clear": in_clear, "reason": reason}
    ask_export(scope.org, **asked)
    sheet = Sheet(
        RollRows(scope, wanted, in_clear),
        f"{scope.org.short_name}会员名册",
        needs=(Permission.REVEAL,) if in_clear else (),
        is_sensitive=in_clear,
        record=partial(record_export, scope.org, at=timezone.now(), **asked),
    )
    return hand_out(request, sheet)
