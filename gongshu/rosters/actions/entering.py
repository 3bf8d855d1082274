"""Bringing a checked roster into the ledger, a few rows a step; each step stands by itself and can be done again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from gongshu.core.access.actor import Actor
from gongshu.core.base.bulk import go_by_indexes
from gongshu.core.base.problems import Refused
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import everywhere
from gongshu.core.people.entering import Waiting
from gongshu.core.people.models import Person
from gongshu.core.people.protected import ring, sealed_field
from gongshu.members.actions import enrolling, moving
from gongshu.members.actions.enrolling import Batch, Told
from gongshu.members.enums import Permission
from gongshu.members.models import Membership
from gongshu.rosters.actions.checking import must_reach
from gongshu.rosters.enums import Column, Outcome, Verdict
from gongshu.rosters.models import Roster, RosterRow
from gongshu.rosters.queries.ledger import Asked, Judged, judged
from gongshu.rosters.queries.scope import Reach, reach_of

ONE_BY_ONE = 50  # rows a step where each is a handful of statements
LOCK = 0x726F7374  # "rost": importers with people they can only tell by name wait for each other
PHASES = (Verdict.NEW, Verdict.KNOWN, Verdict.CHANGED, Verdict.ELSEWHERE)
JUST_NOW = "此人刚刚由他人登记，请重新导入这一行"
OUTSIDE = "所在工会已撤销，或者不在您的管理范围内"


@dataclass(frozen=True)
class Entering:
    """A roster on its way into the ledger: who brings it in, for which unions, and whether their word is approval."""

    roster: Roster
    batch: Batch
    reach: Reach
    approves: bool

    @classmethod
    def of(cls, roster: Roster, by: Actor) -> Entering:
        """Return it for an actor as their rights stand now; raises Refused when they have none."""
        assert roster.origin is not None
        reach = must_reach(by, roster)
        approving = reach_of(by, roster.organisation, Permission.APPROVE)
        approves = approving is not None and (approving.is_wide or not reach.is_wide)
        return cls(roster, Batch(by, roster.origin.at, roster.origin.pk), reach, approves)

    def phases(self) -> Sequence[str]:
        """Return the verdicts whose rows are brought in, in order, from the one in work on."""
        wanted = {Verdict.CHANGED: self.roster.correct, Verdict.ELSEWHERE: self.roster.move}
        phases = [phase for phase in PHASES if wanted.get(phase, True)]
        start = phases.index(Verdict(self.roster.phase)) if self.roster.phase else 0
        return phases[start:]

    def step(self, phase: str) -> bool:
        """Bring in the next rows of a phase in the caller's transaction; False when there are none left."""
        roster = self.roster
        if roster.phase != phase:
            roster.phase, roster.reached = phase, 0
        is_bulk = phase == Verdict.NEW and self.approves
        size = settings.ROSTER_ROWS_A_STEP if is_bulk else ONE_BY_ONE
        last = self._last(phase, size)
        if last is not None:
            done = self._many(last) if is_bulk else self._one_by_one(phase, last)
            roster.results = dict(Counter(roster.results) + done)
            roster.reached = last
        roster.save(update_fields=["phase", "reached", "results"])
        return last is not None

    def _last(self, phase: str, size: int) -> int | None:
        """Return the number of the last row of the next few of a phase, None when there are none."""
        rows = RosterRow.objects.filter(roster=self.roster, number__gt=self.roster.reached)
        if phase != Verdict.NEW:
            rows = rows.filter(verdict=phase)
        numbers = list(rows.order_by("number").values_list("number", flat=True)[:size])
        return numbers[-1] if numbers else None

    def _range(self, last: int) -> dict[str, Any]:
        return {"roster": self.roster, "number__gt": self.roster.reached, "number__lte": last}

    def _many(self, last: int) -> Counter[str]:
        """Bring in the new ones up to a row, set-based; those that are no longer new are judged anew."""
        go_by_indexes()
        rows = RosterRow.objects.filter(**self._range(last), verdict=Verdict.NEW)
        align_keys(rows)
        if rows.filter(id_index__isnull=True).exists():
            _wait_for_others()
            self._judge_anew(list(rows.filter(id_index__isnull=True)))
        self._refuse_outside(rows)
        where = "w.roster_id = %s AND w.number > %s AND w.number <= %s AND w.verdict = 'new'"
        waiting = Waiting(RosterRow, where, [self.roster.pk, self.roster.reached, last])
        entered = enrolling.enter(waiting, self.batch)
        if entered < rows.count():
            left = rows.exclude(Exists(Membership.objects.filter(person=OuterRef("person_key"))))
            self._judge_anew(list(left), is_new_refused=True)
        return Counter({Outcome.ENTERED.value: entered})

    def _refuse_outside(self, rows: QuerySet[RosterRow]) -> None:
        """Refuse the rows of unions that have ended since, or are no longer in reach."""
        named = set(rows.order_by().values_list("organisation", flat=True).distinct())
        standing = everywhere().filter(self.reach.within(), ended_on__isnull=True)
        outside = named - set(standing.filter(pk__in=named).values_list("pk", flat=True))
        if outside:
            rows.filter(organisation__in=outside).update(verdict=Verdict.REFUSED, field="union", reason=OUTSIDE)

    def _judge_anew(self, rows: Sequence[RosterRow], *, is_new_refused: bool = False) -> None:
        """Write the verdicts of rows as the ledger stands now; one that is still new could not be brought in."""
        for row, verdict in zip(rows, judged([asked(row) for row in rows], self.batch.by), strict=True):
            if verdict.verdict == Verdict.NEW:
                if is_new_refused:
                    _settle(row, Judged(Verdict.REFUSED, JUST_NOW, "name"))
            else:
                _settle(row, verdict)

    def _one_by_one(self, phase: str, last: int) -> Counter[str]:
        rows = RosterRow.objects.filter(**self._range(last), verdict=phase).select_related("organisation")
        done = Counter[str]()
        found = list(rows.order_by("number"))
        for row, verdict in zip(found, judged([asked(row) for row in found], self.batch.by), strict=True):
            outcome = self._one(row, verdict)
            if outcome:
                done[outcome] += 1
        return done

    def _one(self, row: RosterRow, verdict: Judged) -> str:
        """Bring in one row as it is judged now; return the outcome, empty when the row's verdict tells it."""
        act = ACTS.get(verdict.verdict)
        wanted = {Verdict.CHANGED: self.roster.correct, Verdict.ELSEWHERE: self.roster.move}
        if act is None or not wanted.get(Verdict(verdict.verdict), True):
            _settle(row, verdict)
            return ""
        try:
            with transaction.atomic():
                return act(self, row, verdict)
        except Refused as refusal:
            problem = refusal.problems[0]
            words = "；".join(str(each) for each in refusal.problems)
            _settle(row, Judged(Verdict.REFUSED, words, problem.field[:20] if problem.field in Column.values else ""))
        except IntegrityError:
            _settle(row, Judged(Verdict.REFUSED, JUST_NOW, "name"))
        return ""

    def enter_one(self, row: RosterRow, verdict: Judged) -> str:
        """Make a member, or an applicant, of somebody."""
        person = Person.objects.get(pk=verdict.person_id) if verdict.person_id else person_of(row)
        made = enrolling.enter_one(person, told(row), organisation=self._held(row), batch=self.batch)
        return str(Outcome.ENTERED if made.state == "active" else Outcome.APPLIED)

    def correct_one(self, row: RosterRow, verdict: Judged) -> str:
        """Take over what a row tells otherwise of a member."""
        held = Membership.objects.get(pk=verdict.membership_id or 0)
        enrolling.correct(held, told(row), batch=self.batch)
        return str(Outcome.CORRECTED)

    def move_one(self, row: RosterRow, verdict: Judged) -> str:
        """Ask to move a membership here."""
        org = self._held(row)
        held = Membership.objects.select_related("organisation", "person").get(pk=verdict.membership_id or 0)
        moving.ask(held, org, by=self.batch.by, at=self.batch.at, note="名册导入")
        return str(Outcome.ASKED)

    def _held(self, row: RosterRow) -> Organisation:
        org = row.organisation
        if org is None or not self.reach.holds(org.path) or org.ended_on is not None:
            raise Refused.because(OUTSIDE, field="union")
        return org


ACTS: dict[str, Callable[[Entering, RosterRow, Judged], str]] = {
    Verdict.NEW: Entering.enter_one,
    Verdict.KNOWN: Entering.enter_one,
    Verdict.CHANGED: Entering.correct_one,
    Verdict.ELSEWHERE: Entering.move_one,
}


def _wait_for_others() -> None:
    """Let nobody else bring in people without identity numbers until this step is committed."""
    if connection.vendor == "postgresql":  # on SQLite there is one writer at a time anyway
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _settle(row: RosterRow, verdict: Judged) -> None:
    row.verdict, row.reason, row.field = verdict.verdict, verdict.reason, verdict.field
    row.save(update_fields=["verdict", "reason", "field"])


def align_keys(rows: QuerySet[RosterRow]) -> None:
    """See to it that new rows and the persons there can be told alike while keys are being rotated.

    A row sealed under older keys is sealed anew; one whose person stands under an older key counts as known.
    """
    held = ring()
    if len(held.indexing) == 1 and len(held.sealing) == 1:
        return
    field = sealed_field(Person, "id_number")
    for row in rows.filter(id_index__isnull=False).iterator(chunk_size=2_000):
        assert row.id_number is not None  # as its index
        number = held.open(field.column_name, row.id_number.raw)
        row.id_number, row.id_index = field.seal(number), field.blind(number)
        older = field.blinds(number)[1:]
        if older and Person.objects.filter(id_index__in=older).exists():
            row.verdict = Verdict.KNOWN
        row.save(update_fields=["id_number", "id_index", "verdict"])


def asked(row: RosterRow) -> Asked:
    """Return what is asked of the ledger for a row that was laid aside."""
    held = ring()
    blinds: Sequence[bytes] = ()
    phones: Sequence[bytes] = ()
    if row.id_number is not None:
        blinds = held.blinds(row.id_number.column, held.open(row.id_number.column, row.id_number.raw))
    if row.phone is not None:
        phones = held.blinds(row.phone.column, held.open(row.phone.column, row.phone.raw))
    return Asked(row.name, row.organisation_id or 0, row.form, row.employer, row.employer_code, blinds, phones)


def person_of(row: RosterRow) -> Person:
    """Return the unsaved person a row tells of."""
    return Person(
        name=row.name,
        id_number=row.id_number,
        id_index=row.id_index,
        gender=row.gender,
        born_on=row.born_on,
    )


def told(row: RosterRow) -> Told:
    """Return what a row tells of a member."""
    index = bytes(row.phone_index) if row.phone_index is not None else None
    return Told(row.name, row.form, row.employer, row.employer_code, row.phone, index, row.joined_on)


def results(roster: Roster, counts: Mapping[str, int]) -> dict[str, int]:
    """Return what was done with the rows of a roster, by outcome, from what was counted and the verdicts now."""
    done = Counter(roster.results)
    done[Outcome.SAME.value] = counts.get(Verdict.SAME, 0)
    done[Outcome.LEFT.value] = 0 if roster.correct else counts.get(Verdict.CHANGED, 0)
    not_asked = 0 if roster.move else counts.get(Verdict.ELSEWHERE, 0)
    done[Outcome.REFUSED.value] = counts.get(Verdict.REFUSED, 0) + not_asked
    return {code: number for code, number in done.items() if number}
