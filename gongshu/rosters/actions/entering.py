"""Bringing a checked roster into the ledger, a few rows a step; each step stands by itself and can be done again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction

from gongshu.core.access.actor import Actor
from gongshu.core.base.bulk import go_by_indexes
from gongshu.core.base.problems import Refused
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import everywhere
from gongshu.core.people.models import Person
from gongshu.core.people.protected import ring
from gongshu.members.actions import enrolling, moving
from gongshu.members.actions.enrolling import Batch, Newcomer, Told
from gongshu.members.enums import Permission
from gongshu.members.models import Membership
from gongshu.rosters.actions.checking import asked_of, must_reach
from gongshu.rosters.actions.preparing import Ahead, Ready
from gongshu.rosters.actions.staging import kept_row, put_aside, rows_in
from gongshu.rosters.enums import Column, Outcome, Verdict
from gongshu.rosters.models import Block, Roster, RosterRow
from gongshu.rosters.queries.ledger import NEW, Asked, Judged, judged
from gongshu.rosters.queries.scope import Reach, reach_of
from gongshu.rosters.rules.staged import Staged

ONE_BY_ONE = 50  # rows a step where each is a handful of statements
TRIES = 3  # when another worker brings in the same people in the same moment
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
    ahead: Ahead

    @classmethod
    def of(cls, roster: Roster, by: Actor, ahead: Ahead) -> Entering:
        """Return it for an actor as their rights stand now; raises Refused when they have none."""
        assert roster.origin is not None
        reach = must_reach(by, roster)
        approving = reach_of(by, roster.organisation, Permission.APPROVE)
        approves = approving is not None and (approving.is_wide or not reach.is_wide)
        return cls(roster, Batch(by, roster.origin.at, roster.origin.pk), reach, approves, ahead)

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
        block = self._block() if phase == Verdict.NEW else None
        done = self._next_of_block(block) if block else self._next_of_phase(phase)
        roster.results = dict(Counter(roster.results) + (done or Counter()))
        roster.save(update_fields=["phase", "reached", "results"])
        return done is not None

    def _block(self) -> Block | None:
        return Block.objects.filter(roster=self.roster).defer("content", "marks").order_by("last").first()

    def _next_of_block(self, block: Block) -> Counter[str]:
        """Bring in a block's new rows, or the next few of them where each must wait for approval."""
        reached = self.roster.reached
        if self.approves:
            done, is_more = self._many([one for one in self.ahead.rows_of(block) if one.row.number > reached]), False
        else:
            rows = rows_in(block, after=reached)
            some, is_more = rows[:ONE_BY_ONE], len(rows) > ONE_BY_ONE
            done = self._each([kept_row(self.roster, row, NEW) for row in some])
        if is_more:
            self.roster.reached = some[-1].number
        else:
            self.roster.reached = block.last
            block.delete()
        return done

    def _next_of_phase(self, phase: str) -> Counter[str] | None:
        """Bring in the next few rows that were laid aside with a verdict, None when there are none left."""
        rows = RosterRow.objects.filter(roster=self.roster, verdict=phase, number__gt=self.roster.reached)
        some = list(rows.select_related("organisation").order_by("number")[:ONE_BY_ONE])
        if not some:
            return None
        self.roster.reached = some[-1].number
        return self._each(some)

    def _many(self, rows: Sequence[Ready]) -> Counter[str]:
        """Bring in rows that were new, set-based; those that are no longer new are laid aside as they are now."""
        go_by_indexes()
        if any(not one.row.id_number for one in rows):
            _wait_for_others()
        standing = self._standing({one.row.organisation_id for one in rows})
        outside = [one.row for one in rows if one.row.organisation_id not in standing]
        put_aside(self.roster, [(row, Judged(Verdict.REFUSED, OUTSIDE, "union")) for row in outside])
        inside = [one for one in rows if one.row.organisation_id in standing]
        return Counter({Outcome.ENTERED.value: self._entered(inside)})

    def _entered(self, rows: Sequence[Ready]) -> int:
        """Bring in the rows that are still new, lay the others aside; return how many came in.

        Where every row has a number and one key indexes them, whoever is known makes the database refuse the rows: so
        they are written first, and judged where it does.
        """
        if len(ring().indexing) == 1 and None not in {one.id_index for one in rows}:
            try:
                with transaction.atomic():
                    enrolling.enter([one.newcomer for one in rows], self.batch)
                return len(rows)
            except IntegrityError:
                pass
        return self._still_new(rows)

    def _still_new(self, rows: Sequence[Ready], tries: int = TRIES) -> int:
        """Judge rows, bring in the new ones, lay the others aside; again when somebody was a moment quicker."""
        new: list[Newcomer] = []
        others: list[tuple[Staged, Judged]] = []
        known: set[bytes | None] = set()
        asked = asked_of([one.row for one in rows])
        for one, verdict in zip(rows, judged(asked, self.batch.by), strict=True):
            if verdict is not NEW:
                others.append((one.row, verdict))
            elif one.id_index in known:
                others.append((one.row, Judged(Verdict.REFUSED, JUST_NOW, "name")))
            else:
                new.append(one.newcomer)
                known.add(one.id_index or b"")
        try:
            with transaction.atomic():
                enrolling.enter(new, self.batch)
        except IntegrityError:
            if not tries:
                raise
            return self._still_new(rows, tries - 1)
        put_aside(self.roster, others)
        return len(new)

    def _standing(self, keys: set[int]) -> set[int]:
        """Return which unions have not ended since and are in reach."""
        standing = everywhere().filter(self.reach.within(), ended_on__isnull=True)
        return set(standing.filter(pk__in=keys).values_list("pk", flat=True))

    def _each(self, rows: Sequence[RosterRow]) -> Counter[str]:
        """Bring in rows one by one, each as it is judged now."""
        if any(row.id_number is None for row in rows):
            _wait_for_others()
        done = Counter[str]()
        for row, verdict in zip(rows, judged([asked(row) for row in rows], self.batch.by), strict=True):
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
    """Write the verdict of a row; one that waited in a block is laid aside with it."""
    row.verdict, row.reason, row.field = verdict.verdict, verdict.reason, verdict.field
    row.save(update_fields=["verdict", "reason", "field"] if row.pk else None)


def asked(row: RosterRow) -> Asked:
    """Return what is asked of the ledger for a row that was laid aside."""
    held = ring()
    blinds: Sequence[bytes] = ()
    if row.id_number is not None:
        blinds = held.blinds(row.id_number.column, held.open(row.id_number.column, row.id_number.raw))
    phone = held.open(row.phone.column, row.phone.raw) if row.phone is not None else ""
    return Asked(row.name, row.organisation_id or 0, row.form, row.employer, row.employer_code, blinds, phone)


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
