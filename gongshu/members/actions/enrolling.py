"""Members of a roster: many at once who are new, one by one where something is known of them already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, can, require
from gongshu.core.base.problems import Refused, refuse_if
from gongshu.core.orgs.models import Organisation
from gongshu.core.people import entering
from gongshu.core.people.entering import Waiting
from gongshu.core.people.identity import ANOTHER_NAME, PersonFacts
from gongshu.core.people.models import Person
from gongshu.core.people.protected import Sealed
from gongshu.core.trail import actions as trail
from gongshu.members import rules
from gongshu.members.actions import joining, tallies
from gongshu.members.enums import Permission, Source
from gongshu.members.models import Membership

COPIED = ("organisation_id", "name", "gender", "form", "employer", "employer_code")


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


def enter(waiting: Waiting, batch: Batch) -> int:
    """Make members of the persons that wait and are nowhere yet, with their counters; return how many.

    Besides what `people.entering.enter` says the table has the columns of a membership and `joined_on`. In the caller's
    transaction, who has made sure of the right to approve at every union. A person who got a membership meanwhile is
    left as they are. The members' own history is the entry `batch.origin_id`: no entry is written for each.
    """
    entering.enter(waiting)
    of_row = ", ".join(f"w.{name}" for name in COPIED)
    joined = "COALESCE(w.joined_on, %s)"
    sql = (
        f"INSERT INTO {Membership._meta.db_table} (person_id, {', '.join(COPIED)}, is_real_name, has_phone, source, "  # noqa: S608 - our own names
        "applied_at, joined_on, since_on, was_parked, reason, origin_id, state, state_since) "
        f"SELECT w.person_key, {of_row}, w.id_number IS NOT NULL, w.phone IS NOT NULL, '{Source.ROSTER}', %s, "
        f"{joined}, {joined}, {_false()}, '', %s, 'active', %s FROM {waiting.table} w "
        f"WHERE {waiting.where} AND EXISTS (SELECT 1 FROM {Person._meta.db_table} p WHERE p.id = w.person_key) "
        "ORDER BY w.person_key ON CONFLICT DO NOTHING RETURNING organisation_id, form, gender, is_real_name, has_phone"
    )
    at = connection.ops.adapt_datetimefield_value(batch.at)
    on = connection.ops.adapt_datefield_value(batch.on)
    with connection.cursor() as cursor:
        cursor.execute(sql, [at, on, on, batch.origin_id, at, *waiting.values])
        made = Counter(cursor.fetchall())
    tallies.add((row[0], _counted(row, number)) for row, number in made.items())
    return made.total()


def _false() -> str:
    return "FALSE" if connection.vendor == "postgresql" else "0"


def _counted(row: tuple[int, str, str, bool, bool], number: int) -> Mapping[str, int]:
    """Return what so many members alike add to the counters of their union."""
    _, form, gender, is_real_name, has_phone = row
    one = Membership(form=form, gender=gender, is_real_name=bool(is_real_name), has_phone=bool(has_phone))
    return {name: each * number for name, each in tallies.counted(one, "active").items()}


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
