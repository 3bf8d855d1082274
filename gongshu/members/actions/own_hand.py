"""What workers do with their own membership and data, by their own hand: no role, their person is their right."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, system_actor
from gongshu.core.base.identity import check_mobile, normal_number
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.messages.texts import of_person
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.identity import PersonFacts, fact_problems, fill
from gongshu.core.people.models import Person
from gongshu.core.people.protected import put
from gongshu.core.people.queries import by_id_number, by_phone
from gongshu.core.trail import actions as trail
from gongshu.members import rules
from gongshu.members.actions import joining, lasting, moving, tallies
from gongshu.members.enums import ENDED_STATES, PENDING_STATES, Form, Source
from gongshu.members.models import Consent, Membership, Merge
from gongshu.members.queries.joining import live_of, live_of_phone, most_persons, real_name_is_required

WORDING = "2026-11"  # the version of templates/members/join/_wording.html
NOT_YOURS = Problem(
    "姓名、身份证号码与登记的不一致，或者登记的是另一个手机号码。请用原来的手机号码登录，或者带身份证到工会办理",
    field="id_number",
)


@dataclass(frozen=True)
class Told:
    """What somebody tells who joins by phone."""

    name: str
    form: str
    id_number: str = ""
    employer: str = ""


def hand_of(person: Person) -> Actor:
    """Return the actor of a person acting for themselves, named so in the trail."""
    return system_actor(f"{person.name}（本人）")


def own(membership: Membership, person: Person) -> Actor:
    """Return the actor of a person acting on their own membership; raises Refused for another's."""
    if membership.person_id != person.pk:
        raise Refused.because("只能办理本人的会籍")
    return hand_of(person)


def told_problems(told: Told, *, at: datetime) -> list[Problem]:
    """Return what is wrong with what is told, each beside its field."""
    found = rules.joining(rules.MembershipFacts(told.name, told.form), Form.values)
    wrong = fact_problems(PersonFacts(told.name, told.id_number), on=timezone.localdate(at))
    return found + [each for each in wrong if each not in found]


def apply(told: Told, *, phone: str, organisation: Organisation, at: datetime) -> Membership:
    """Put in the application of whoever has shown that a phone is theirs, with their consent; raises Refused."""
    refuse_if(told_problems(told, at=at))
    try:
        with transaction.atomic():
            person = _person(told, phone, organisation, at)
            held = joining.already_held(person)
            if held:
                raise Refused([held])
            new = joining.NewMember(PersonFacts(told.name), told.form, employer=told.employer, source=Source.PHONE)
            membership = joining.put_in(person, new, organisation=organisation, by=hand_of(person), at=at)
            consent(person, by=hand_of(person), at=at)
    except IntegrityError as error:
        raise Refused.because("申请刚刚已经提交，请到“我的”查看进度") from error
    return membership


def _person(told: Told, phone: str, union: Organisation, at: datetime) -> Person:
    """Return the person who tells this: known by number or by name and phone, else new.

    A number on file with another phone is refused: else whoever knows name and number could take the person over.
    """
    name = told.name.strip()
    known = by_id_number(told.id_number) if told.id_number else by_phone(phone).filter(name=name).first()
    same_phone = by_phone(phone)
    if known is None:
        known = same_phone.filter(name=name, id_index__isnull=True).first() or Person()
    elif known.name != name or (known.phone is not None and not same_phone.filter(pk=known.pk).exists()):
        raise Refused([NOT_YOURS])
    most = most_persons(union, on=timezone.localdate(at))
    if len({m.person_id for m in live_of_phone(phone)} - {known.pk}) >= most:
        raise Refused.because(f"这个手机号码已为{most}人办理会籍，请用本人的手机号码，或者到工会当面办理")
    fill(known, PersonFacts(name, told.id_number, phone)).save()
    if known.id_number is None and real_name_is_required(union, on=timezone.localdate(at)):
        raise Refused.because("请填写身份证号码", field="id_number")
    return known


def consent(person: Person, *, by: Actor, at: datetime) -> None:
    """Keep a person's consent to the present wording."""
    standing = Consent.objects.filter(person=person, withdrawn_at__isnull=True)
    if standing.filter(wording=WORDING).exists():
        return
    standing.update(withdrawn_at=at)
    row = Consent.objects.create(person=person, wording=WORDING, given_at=at)
    trail.record("consent", row, by=by, at=at, summary=f"同意个人信息处理告知书（{WORDING}）：{person.name}")


def move(membership: Membership, destination: Organisation, *, person: Person, at: datetime) -> Membership:
    """Ask to move to another union: it waits for that union, and goes on by itself after its days."""
    by = own(membership, person)
    return moving.ask(membership, destination, by=by, at=at, note="本人申请")


def stop_move(membership: Membership, *, person: Person, at: datetime) -> Membership:
    """Withdraw one's move; a membership parked before cannot be taken back by its member."""
    return moving.stop(membership, by=own(membership, person), at=at, note="本人撤回")


def withdraw(membership: Membership, *, person: Person, at: datetime) -> Membership:
    """Withdraw one's application."""
    return joining.withdraw(membership, by=own(membership, person), at=at, note="本人撤回")


def leave(membership: Membership, *, reason: str, person: Person, at: datetime) -> Membership:
    """Leave the union; nobody has to say why."""
    return lasting.finish(membership, "leave", reason=reason or "本人提出", by=own(membership, person), at=at)


def correct(membership: Membership, told: Told, *, person: Person, at: datetime) -> Membership:
    """Correct one's own data. Name and number, once the number is on file, are for the union to correct."""
    by = own(membership, person)
    if membership.state in ENDED_STATES:
        raise Refused.because("会籍已经终止，不能更正；需要更正的请到工会办理")
    is_fixed = person.id_number is not None
    other = by_id_number(told.id_number) if told.id_number and not is_fixed else None
    if other is not None and other.pk != person.pk:
        raise Refused([NOT_YOURS])
    facts = PersonFacts(person.name) if is_fixed else PersonFacts(told.name, told.id_number, gender=person.gender)
    return lasting.correct(membership, facts, form=told.form, employer=told.employer, by=by, at=at)


def change_phone(person: Person, phone: str, *, at: datetime) -> Person:
    """Give a person the new number they have shown to be theirs."""
    refuse_if(check_mobile(phone, field="phone"))
    return _set_phone(person, normal_number(phone), summary="更换手机号码", verb="change_phone", at=at)


def _set_phone(person: Person, phone: str, *, summary: str, verb: str, at: datetime) -> Person:
    by = hand_of(person)
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        put(row, "phone", phone)
        row.save(update_fields=["phone", "phone_index"])
        for member in Membership.objects.select_for_update(of=("self",)).filter(person=row):
            before = _note_phone(member, bool(phone))
            tallies.moved(before, member)
        trail.record(verb, row, by=by, at=at, summary=f"{summary}：{row.name}")
    return row


def _note_phone(member: Membership, has_phone: bool) -> Membership:
    """Set and save whether a member has a phone; return the row as it was."""
    before = Membership.objects.get(pk=member.pk)
    member.has_phone = has_phone
    member.save(update_fields=["has_phone"])
    return before


def _one_with(person: Person) -> set[int]:
    """Return the keys of a person and of all registrations that were merged into theirs, one after another."""
    found, more = {person.pk}, {person.pk}
    while more:
        rows = Merge.objects.filter(kept__in=more, undone_at__isnull=True)
        more = set(rows.values_list("dropped", flat=True)) - found
        found |= more
    return found


def withdraw_consent(person: Person, *, at: datetime) -> None:
    """Take back one's consent: the phone is erased at once, a pending application ends, a membership stays.

    个人信息保护法 arts. 15, 47. The number that proves a standing membership is kept as long as the law wants it.
    """
    with transaction.atomic():
        list(Membership.objects.select_for_update().filter(person=person).order_by("pk"))  # in the order of a merge
        list(Person.objects.select_for_update().filter(pk=person.pk))
        standing = Consent.objects.select_for_update().filter(person=person, withdrawn_at__isnull=True)
        if not standing.exists():
            raise Refused.because("没有可以撤回的同意：您的信息由工会登记，需要删除的请到工会办理")
        live = live_of(person)
        if live and live.state in PENDING_STATES:
            withdraw(live, person=person, at=at)
        for row in standing:
            trail.record("unconsent", row, by=hand_of(person), at=at, summary=f"撤回个人信息处理同意：{person.name}")
        standing.update(withdrawn_at=at)
        Merge.objects.filter(kept__in=_one_with(person)).update(kept_phone=None, dropped_phone=None)
        _set_phone(person, "", summary="撤回同意，删除手机号码", verb="erase_phone", at=at)


def ends_with(person: Person, tail: str) -> bool:
    """Tell whether a person's identity number ends like this; the number itself is shown to nobody."""
    held = person.id_number.reveal()[-len(tail) :] if person.id_number and tail else ""
    return bool(held) and hmac.compare_digest(normal_number(tail).encode(), held.encode())


def own_copy(person: Person, *, at: datetime) -> Mapping[str, Any]:
    """Return all that is kept of a person, in words, and write into the trail that they took it (art. 45)."""
    rows = Membership.objects.filter(person=person).select_related("organisation", "destination").order_by("pk")
    found = {
        "姓名": person.name,
        "性别": person.get_gender_display(),
        "出生日期": person.born_on.isoformat() if person.born_on else None,
        "身份证号码": person.id_number.reveal() if person.id_number else None,
        "手机号码": person.phone.reveal() if person.phone else None,
        "会籍": [_told_of(row) for row in rows],
        "同意记录": [
            {"告知书": each.wording, "同意时间": each.given_at, "撤回时间": each.withdrawn_at}
            for each in person.consents.order_by("pk")
        ],
        "告知短信": [{"时间": each.at, "内容": each.text, "发出": each.sent_at} for each in of_person(person.pk)],
        "取得时间": at,
    }
    trail.record("own_copy", person, by=hand_of(person), at=at, summary=f"本人取得个人信息副本：{person.name}")
    return found


def _told_of(row: Membership) -> Mapping[str, Any]:
    return {
        "所在工会": row.organisation.name,
        "会籍": row.state_label,
        "就业形态": row.get_form_display(),
        "用人单位": row.employer,
        "申请时间": row.applied_at,
        "入会日期": row.joined_on.isoformat() if row.joined_on else None,
        "终止日期": row.ended_on.isoformat() if row.ended_on else None,
        "转往工会": row.destination.name if row.destination else None,
        "历次所在": [
            {"工会": home.organisation.name, "起": str(home.from_on or ""), "止": str(home.until_on), "缘由": home.why}
            for home in row.past_homes.select_related("organisation").order_by("until_on")
        ],
    }
