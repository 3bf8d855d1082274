"""Undoing a merge within its days, also after either registration has changed since; closing it when they are over."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require, system_actor
from gongshu.core.base.problems import Refused, refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.messages import texts
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.enums import Gender
from gongshu.core.people.models import Account, Person
from gongshu.core.people.protected import hand_over, is_same
from gongshu.core.trail import actions as trail
from gongshu.members import rules
from gongshu.members.actions.merging import Held, locked, recopy, record_at
from gongshu.members.actions.steps import take
from gongshu.members.enums import LIVE_STATES, Permission
from gongshu.members.models import Consent, Membership, Merge, Pair

CLOSED_NAME = "（已并入另一份登记）"
CLOSER = system_actor("了结登记合并")
NUMBER_TAKEN = "并入的登记原有的身份证号码现已登记在另一份登记上，撤销不了；请先更正那一份的号码"


def undo(merge: Merge, *, reason: str, by: Actor, at: datetime) -> Pair:
    """Make two registrations of one again, as they were; raises Refused with what stands in the way."""
    refuse_if(rules.reason_problems(reason))
    try:
        with transaction.atomic():
            held = locked(merge.kept_id, merge.dropped_id)
            row = Merge.objects.select_for_update(of=("self",)).select_related("pair").get(pk=merge.pk)
            moved = [each for each in held.rows if each.pk in row.moved["memberships"]]
            _check(row, held, moved, on=timezone.localdate(at))
            for each in (_theirs(row, moved), *_live(held)):
                require(by, Permission.MERGE, at=each.organisation)
            flow.advance(row.pair, "undo", by=by, at=at, facts={"note": reason})
            _numbers_back(row, held)
            _rows_back(row, held, moved, reason, by, at)
            row.undone_at = at
            row.save(update_fields=["undone_at"])
            recopy(held.kept)
            recopy(held.dropped)
            record_at((*moved, *_live(held)), "undo_merge", f"撤销合并：{held.kept.name}（{reason}）", by=by, at=at)
    except IntegrityError as error:
        raise Refused.because(NUMBER_TAKEN) from error
    return row.pair


def _theirs(row: Merge, moved: list[Membership]) -> Membership:
    """Return the membership that stands again, else the one that stands still, else the newest."""
    absorbed = row.moved["absorbed"]
    wanted = {absorbed["pk"]} if absorbed else {each.pk for each in moved if each.state in LIVE_STATES}
    return next((each for each in moved if each.pk in wanted), moved[-1])


def _live(held: Held) -> list[Membership]:
    """Return the standing membership of the kept registration, where it has one."""
    found = held.live(held.kept)
    return [found] if found else []


def _check(row: Merge, held: Held, moved: list[Membership], *, on: date) -> None:
    if row.undone_at is not None:
        raise Refused.because("这次合并已经撤销")
    if row.closed_at is not None or on > row.undo_until:
        raise Refused.because(f"合并已超过撤销期限（{row.undo_until.month}月{row.undo_until.day}日），不能再撤销")
    if Merge.objects.filter(dropped=held.kept, undone_at__isnull=True).exists():
        raise Refused.because("合并后的登记又并入了另一份登记，请先撤销后一次合并")
    if {each.pk for each in moved if each.person_id == row.kept_id} != set(row.moved["memberships"]):
        raise Refused.because("并入的会籍后来又有变动，撤销不了，请报上级工会处理")


def _numbers_back(row: Merge, held: Held) -> None:
    """Give each registration its numbers back; what was corrected after the merge stays with the kept one.

    A phone erased since at the member's wish comes back nowhere.
    """
    kept, dropped = held.kept, held.dropped
    erased = kept.phone is None and (row.kept_phone is not None or row.dropped_phone is not None)
    if row.moved["took_id"] and is_same(kept.id_number, row.dropped_id_number):
        hand_over(row.kept_id_number, kept, "id_number")
        kept.gender, kept.born_on = row.kept_gender, row.kept_born_on
    elif kept.id_number is None:
        _told_back(row, kept, dropped)
    if row.moved["took_phone"] and not erased and is_same(kept.phone, row.dropped_phone):
        hand_over(row.kept_phone, kept, "phone")
    kept.save()  # first: the number is unique
    hand_over(row.dropped_id_number, dropped, "id_number")
    if not erased:
        hand_over(row.dropped_phone, dropped, "phone")
    dropped.save()


def _told_back(row: Merge, kept: Person, dropped: Person) -> None:
    """Take back what the kept registration took over of birth and gender, unless it was corrected since."""
    if row.kept_born_on is None and kept.born_on == dropped.born_on:
        kept.born_on = None
    if row.kept_gender == Gender.UNKNOWN and kept.gender == dropped.gender:
        kept.gender = Gender.UNKNOWN


def _rows_back(row: Merge, held: Held, moved: list[Membership], reason: str, by: Actor, at: datetime) -> None:
    kept, dropped, what = held.kept, held.dropped, row.moved
    keys = [each.pk for each in moved]
    Membership.objects.filter(pk__in=keys).update(person=dropped)
    texts.follow(Membership, keys, dropped.pk)
    for each in moved:
        each.person = dropped
    Account.objects.filter(pk=what["account"], person=kept).update(person=dropped)
    back = Consent.objects.filter(pk__in=what["consents"], person=kept)
    if Consent.objects.filter(person=dropped, withdrawn_at__isnull=True).exists():
        back = back.filter(withdrawn_at__isnull=False)
    back.update(person=dropped)
    if what["absorbed"]:
        _revive(what["absorbed"], moved, reason, by, at)


def _revive(was: dict[str, object], moved: list[Membership], reason: str, by: Actor, at: datetime) -> None:
    member = next(each for each in moved if each.pk == was["pk"])
    before = {
        "destination": Organisation.objects.filter(pk=was["destination"]).first(),
        "due_on": _day(was["due_on"]),
        "joined_on": _day(was["joined_on"]),
        "was_parked": was["was_parked"],
        "reason": was["reason"],
    }
    take(member, f"revive_{was['state']}", by=by, at=at, facts={"note": reason, "before": before})


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None


def close_some(*, at: datetime, most: int) -> int:
    """Close merges that can no longer be undone: the numbers kept for that are erased; return how many."""
    on = timezone.localdate(at)
    open_still = Merge.objects.filter(undone_at__isnull=True, closed_at__isnull=True, undo_until__lt=on)
    rows = list(open_still.select_for_update(of=("self",)).select_related("dropped", "pair").order_by("pk")[:most])
    for row in rows:
        row.kept_id_number = row.kept_phone = row.dropped_id_number = row.dropped_phone = None
        row.kept_gender, row.kept_born_on, row.closed_at = Gender.UNKNOWN, None, at
        row.save()
        row.dropped.name, row.dropped.gender, row.dropped.born_on = CLOSED_NAME, Gender.UNKNOWN, None
        row.dropped.save()
        told = "撤销合并的期限已过，清除并入的登记留下的个人信息"
        trail.record("close", row.pair, by=CLOSER, at=at, summary=told, organisation_id=row.pair.organisation_id)
    return len(rows)
