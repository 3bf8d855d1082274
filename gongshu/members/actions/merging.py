"""Making one registration of two of the same person; everything that is moved is noted, so that it can go back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require, who
from gongshu.core.base.problems import Refused, refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.messages import actions as messages
from gongshu.core.messages import texts
from gongshu.core.people.enums import Gender
from gongshu.core.people.models import Account, Person
from gongshu.core.people.protected import hand_over, put
from gongshu.core.trail import actions as trail
from gongshu.members import rules
from gongshu.members.actions import finding, tallies
from gongshu.members.actions.steps import take
from gongshu.members.enums import LIVE_STATES, PENDING_STATES, Permission
from gongshu.members.models import Consent, Membership, Merge, Pair
from gongshu.members.queries.pairs import undo_rule

NUMBERS = ("id_number", "phone")
COPIES = ("name", "gender", "is_real_name", "has_phone")


@dataclass(frozen=True)
class Choice:
    """Which of the two registrations is kept, and whose numbers are right where both have one (keys of persons)."""

    keep: int
    id_from: int = 0
    phone_from: int = 0


@dataclass(frozen=True)
class Held:
    """The two registrations with their memberships, all locked."""

    kept: Person
    dropped: Person
    rows: Sequence[Membership]

    def live(self, person: Person) -> Membership | None:
        """Return the standing membership of one of them."""
        return next((row for row in self.rows if row.person_id == person.pk and row.state in LIVE_STATES), None)

    def current(self, person: Person) -> Membership | None:
        """Return the standing membership of one of them, else the newest one."""
        own = [row for row in self.rows if row.person_id == person.pk]
        return self.live(person) or (own[-1] if own else None)


def locked(kept: int, dropped: int) -> Held:
    """Return the two registrations, locked in one order: memberships, then persons; raises Refused."""
    both = (kept, dropped)
    rows = Membership.objects.filter(person__in=both).select_related("organisation", "destination").order_by("pk")
    held = list(rows.select_for_update(of=("self",)))
    persons = {person.pk: person for person in Person.objects.select_for_update().filter(pk__in=both).order_by("pk")}
    if set(rows.values_list("pk", flat=True)) != {row.pk for row in held}:
        raise Refused.because("其中一份登记刚刚有了新的会籍，请刷新后再办")
    return Held(persons[kept], persons[dropped], held)


def merge(pair: Pair, choice: Choice, *, reason: str, by: Actor, at: datetime) -> Merge:
    """Make one registration of the two; raises Refused.

    The kept one takes over the memberships, consents, account and missing numbers of the other. Where both have a
    standing membership, that of the other ends; who merges must be entitled at the unions of both.
    """
    refuse_if(rules.reason_problems(reason))
    both = {pair.first_id, pair.second_id}
    if choice.keep not in both:
        raise Refused.because("请选择保留哪一份登记", field="keep")
    with transaction.atomic():
        held = locked(choice.keep, (both - {choice.keep}).pop())
        present = _present(held, by)
        row = _noted(pair, held, at)
        facts = {"note": reason, "detail": {"kept": held.kept.pk, "dropped": held.dropped.pk}}
        flow.advance(pair, "merge", by=by, at=at, facts=facts)
        row.moved = {"absorbed": _absorb(held, reason, by, at), **_numbers(held, row, choice)}
        row.moved |= {"account": _account(held), "consents": _consents(held), **_memberships(held)}
        row.save(force_insert=True)
        recopy(held.kept)
        told = f"合并重复登记：{held.dropped.name}的两份登记合为一份（{reason}）"
        record_at(present, "merge", told, by=by, at=at)
        _tell(present[1], row, at)
        finding.vanish(list(Pair.objects.filter(state="found", first=held.dropped)), at=at)
        finding.vanish(list(Pair.objects.filter(state="found", second=held.dropped)), at=at)
    return row


def _present(held: Held, by: Actor) -> tuple[Membership, Membership]:
    """Return the present membership of the kept and of the other registration; raises Refused."""
    ours, theirs = held.current(held.kept), held.current(held.dropped)
    if ours is None or theirs is None:
        raise Refused.because("其中一份登记已经并入别的登记，不能再合并")
    require(by, Permission.MERGE, at=ours.organisation)
    require(by, Permission.MERGE, at=theirs.organisation)
    if Account.objects.filter(person__in=(held.kept, held.dropped)).count() > 1:
        raise Refused.because("两份登记各有一个工作账号，请管理员先停用并改挂其中一个，再合并")
    if ours.state in PENDING_STATES and theirs.state in LIVE_STATES and theirs.state not in PENDING_STATES:
        raise Refused.because("另一份已有会籍，这一份还在申请，请保留已有会籍的那一份", field="keep")
    return ours, theirs


def _noted(pair: Pair, held: Held, at: datetime) -> Merge:
    on = timezone.localdate(at)
    row = Merge(
        pair=pair,
        kept=held.kept,
        dropped=held.dropped,
        merged_at=at,
        undo_until=on + timedelta(days=undo_rule(on, pair.organisation)["days"]),
        kept_gender=held.kept.gender,
        kept_born_on=held.kept.born_on,
    )
    for name in NUMBERS:
        hand_over(getattr(held.kept, name), row, f"kept_{name}")
        hand_over(getattr(held.dropped, name), row, f"dropped_{name}")
    return row


def _absorb(held: Held, reason: str, by: Actor, at: datetime) -> dict[str, Any] | None:
    """End the standing membership of the dropped registration where the kept one has its own; return what it was."""
    theirs, ours = held.live(held.dropped), held.live(held.kept)
    if theirs is None or ours is None:
        return None
    before = {
        "pk": theirs.pk,
        "state": theirs.state,
        "destination": theirs.destination_id,
        "due_on": theirs.due_on.isoformat() if theirs.due_on else None,
        "joined_on": theirs.joined_on.isoformat() if theirs.joined_on else None,
        "was_parked": theirs.was_parked,
        "reason": theirs.reason,
    }
    note = f"同一人在{ours.organisation.name}已有会籍；{reason}"
    take(theirs, "absorb", by=by, at=at, facts={"note": note[:200], "detail": {"into": ours.pk, **before}})
    return before


def _numbers(held: Held, row: Merge, choice: Choice) -> dict[str, bool]:
    """Empty the numbers of the dropped registration, so that nobody is found by it; the kept one takes what it lacks.

    What it was stands sealed in the merge until that can no longer be undone.
    """
    kept, dropped = held.kept, held.dropped
    took_id = _takes(kept, dropped, "id_number", choice.id_from)
    took_phone = _takes(kept, dropped, "phone", choice.phone_from)
    put(dropped, "id_number", "")
    put(dropped, "phone", "")
    dropped.save()
    if took_id:
        hand_over(row.dropped_id_number, kept, "id_number")
        kept.gender, kept.born_on = dropped.gender, dropped.born_on
    elif kept.id_number is None:
        kept.born_on = kept.born_on or dropped.born_on
        kept.gender = dropped.gender if kept.gender == Gender.UNKNOWN else kept.gender
    if took_phone:
        hand_over(row.dropped_phone, kept, "phone")
    kept.save()
    return {"took_id": took_id, "took_phone": took_phone}


def _takes(kept: Person, dropped: Person, name: str, chosen: int) -> bool:
    return getattr(dropped, name) is not None and (getattr(kept, name) is None or chosen == dropped.pk)


def _account(held: Held) -> int | None:
    account = Account.objects.filter(person=held.dropped).first()
    if account is None:
        return None
    Account.objects.filter(pk=account.pk).update(person=held.kept)
    return account.pk


def _consents(held: Held) -> list[int]:
    """Give the kept registration the other's consents, except a standing one where it has its own."""
    rows = Consent.objects.filter(person=held.dropped)
    if Consent.objects.filter(person=held.kept, withdrawn_at__isnull=True).exists():
        rows = rows.filter(withdrawn_at__isnull=False)
    return _over(rows, held.kept)


def _memberships(held: Held) -> dict[str, list[int]]:
    keys = _over(Membership.objects.filter(person=held.dropped), held.kept)
    texts.follow(Membership, keys, held.kept.pk)
    return {"memberships": keys}


def _over(rows: Any, person: Person) -> list[int]:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=keys).update(person=person)
    return keys


def recopy(person: Person) -> None:
    """Bring the copies the roll keeps of a person up to date on their standing membership, with its counters."""
    row = Membership.objects.filter(person=person, state__in=LIVE_STATES).select_related("organisation").first()
    if row is None:
        return
    before = Membership.objects.get(pk=row.pk)
    row.name, row.gender = person.name, person.gender
    row.is_real_name, row.has_phone = person.id_number is not None, person.phone is not None
    row.save(update_fields=list(COPIES))
    tallies.moved(before, row)
    flow.refresh(row)


def _tell(theirs: Membership, row: Merge, at: datetime) -> None:
    """Tell the union that has lost a member, if one has."""
    if row.moved["absorbed"] is None:
        return
    until = f"{row.undo_until.year}年{row.undo_until.month}月{row.undo_until.day}日"
    messages.tell(
        who(Permission.EDIT, at=theirs.organisation, on=timezone.localdate(at)),
        subject=f"{theirs.name}的重复登记已合并",
        body=f"{theirs.name}在别的工会已有会籍，这里的重复会籍已终止。认为有误的，请在{until}前报上级工会撤销合并。",
        at=at,
        organisation=theirs.organisation,
    )


def record_at(rows: Iterable[Membership], verb: str, summary: str, *, by: Actor, at: datetime) -> None:
    """Write one sentence into the trail of several memberships."""
    for row in rows:
        trail.record(verb, row, by=by, at=at, summary=summary, organisation_id=row.organisation_id)
