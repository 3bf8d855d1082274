"""Members of a roster: many at once who are new, one by one where something is known of them already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, can, require
from gongshu.core.base.bulk import put, written
from gongshu.core.base.problems import Refused, refuse_if
from gongshu.core.orgs.models import Organisation
from gongshu.core.people import entering
from gongshu.core.people.entering import Entrant
from gongshu.core.people.identity import ANOTHER_NAME, PersonFacts
from gongshu.core.people.models import Person
from gongshu.core.people.protected import Sealed
from gongshu.core.trail import actions as trail
from gongshu.members import rules
from gongshu.members.actions import joining, tallies
from gongshu.members.enums import Permission, Source
from gongshu.members.models import Membership

COLUMNS = (
    "person_id", "organisation_id", "name", "gender", "form", "employer", "employer_code", "is_real_name", "has_phone",
    "source", "applied_at", "joined_on", "since_on", "was_parked", "reason", "origin_id", "state", "state_since",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What a roster tells of somebody whose number, sealed as a person's, is known already or is none."""

    name: str
    form: str
    employer: str = ""
    employer_code: str = ""
    phone: Sealed | None = None
    phone_index: bytes | None = None
    joined_on: date | None = None


class Newcomer(NamedTuple):
    """Somebody new who becomes a member; `joined_on` is a day as 2020-01-31, None for today."""

    entrant: Entrant
    organisation_id: int
    form: str
    employer: str
    employer_code: str
    joined_on: str | None


@dataclass(frozen=True)
class Batch:
    """The rest of what the memberships of a batch have in common: who brings it in, when, the entry telling of it."""

    by: Actor
    at: datetime
    origin_id: int

    @property
    def on(self) -> date:
        """Return the day."""
        return timezone.localdate(self.at)


def enter(newcomers: Sequence[Newcomer], batch: Batch) -> None:
    """Make members of people who are new, with their counters, in the caller's transaction.

    The caller has made sure of the right to approve at every union. Raises IntegrityError when one of them is there
    already. The members' own history is the entry `batch.origin_id`: no entry is written for each.
    """
    keys = entering.enter([newcomer.entrant for newcomer in newcomers])
    put(Membership, COLUMNS, map(_row_of(batch), keys, newcomers))
    made = Counter(
        (one.organisation_id, one.form, one.entrant.gender, bool(one.entrant.id_number), bool(one.entrant.phone))
        for one in newcomers
    )
    tallies.add((row[0], tallies.of_active(*row[1:], number)) for row, number in made.items())


def _row_of(batch: Batch) -> Callable[[int, Newcomer], Sequence[Any]]:
    """Return a function that gives the columns of a newcomer with a key."""
    at, today, origin = written(batch.at), batch.on.isoformat(), batch.origin_id

    def row(key: int, one: Newcomer) -> Sequence[Any]:
        person, joined = one.entrant, one.joined_on or today
        return (
            key, one.organisation_id, person.name, person.gender, one.form, one.employer, one.employer_code,
            bool(person.id_number), bool(person.phone), Source.ROSTER.value, at, joined, joined, False, "", origin,
            "active", at,
        )  # fmt: skip

    return row


def enter_one(person: Person, told: Told, *, organisation: Organisation, batch: Batch) -> Membership:
    """Make a member of somebody who is known or must wait for approval, as one by one; raises Refused.

    The application is approved at once where the right reaches; then `joined_on` is the day the roster tells.
    """
    require(batch.by, Permission.EDIT, at=organisation)
    refuse_if(rules.standing(organisation.name, organisation.ended_on))
    with transaction.atomic():
        if person.pk is not None:
            person = Person.objects.select_for_update().get(pk=person.pk)
        _keep_phone(person, told)
        held = joining.already_held(person)
        if held:
            raise Refused([held])
        new = joining.NewMember(
            PersonFacts(person.name), told.form, told.employer, told.employer_code, Source.ROSTER, batch.origin_id
        )
        row = joining.put_in(person, new, organisation=organisation, by=batch.by, at=batch.at)
        if can(batch.by, Permission.APPROVE, at=organisation):
            joining.approve(row, by=batch.by, at=batch.at)
            _joined(row, told.joined_on)
    return row


def _keep_phone(person: Person, told: Told) -> None:
    """Save a person with the phone the roster tells, if any."""
    if person.name != told.name:
        raise Refused([ANOTHER_NAME])
    if told.phone is not None:
        person.phone, person.phone_index = told.phone, told.phone_index
    if person.pk is None or told.phone is not None:
        person.save()


def _joined(row: Membership, on: date | None) -> None:
    if on is not None:
        row.joined_on = row.since_on = on
        row.save(update_fields=["joined_on", "since_on"])


def correct(membership: Membership, told: Told, *, batch: Batch) -> Membership:
    """Take over what a roster tells otherwise of a member: form, employer, phone; what it leaves out stays.

    Raises Refused. The entry keeps what was there before.
    """
    with transaction.atomic():
        row = Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=membership.pk)
        require(batch.by, Permission.EDIT, at=row.organisation)
        before = Membership.objects.get(pk=row.pk)
        person = Person.objects.select_for_update().get(pk=row.person_id)
        new_phone = told.phone_index is not None and told.phone_index != person.phone_index
        _keep_phone(person, told)
        row.form, row.employer = told.form or row.form, told.employer or row.employer
        row.employer_code, row.has_phone = told.employer_code or row.employer_code, person.phone is not None
        row.save()
        tallies.moved(before, row)
        was = {"form": before.form, "employer": before.employer, "employer_code": before.employer_code}
        trail.record(
            "correct", row, by=batch.by, at=batch.at, summary=f"按名册更新会员信息：{row.name}",
            detail={"before": was, "new_phone": new_phone, "origin": batch.origin_id},
            organisation_id=row.organisation_id,
        )  # fmt: skip
    return row
