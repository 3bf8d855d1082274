"""Workers join, move, correct, leave and take back consent by their own hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.people.models import Person
from gongshu.core.trail.models import Entry
from gongshu.members.actions import joining, own_hand, tallies
from gongshu.members.enums import Form
from gongshu.members.models import Consent, Membership
from tests.members.samples import BASE, FAR, OTHER, id_number, member
from tests.worlds import BUILDER, NOW, World

pytestmark = pytest.mark.django_db
PHONE, STRANGE = "13812345678", "13987654321"


def told(name: str = "石山", order: int = 0, form: str = Form.TRUCK, employer: str = "") -> own_hand.Told:
    return own_hand.Told(name, form, id_number(order) if order else "", employer)


def joined(world: World, *, at: str = BASE, phone: str = PHONE, **more) -> Membership:
    return own_hand.apply(told(**more), phone=phone, organisation=world.org(at), at=NOW)


def refused(do) -> str:
    with pytest.raises(Refused) as refusal:
        do()
    return str(refusal.value.problems[0])


def test_an_application_waits_in_the_unions_inbox_for_three_working_days(world: World):
    row = joined(world, order=7)
    item = OpenItem.objects.get()
    assert (row.state, row.source, row.is_real_name, row.has_phone) == ("applied", "phone", True, True)
    assert (item.organisation, item.due_on) == (world.org(BASE), date(2026, 3, 5))
    assert row.person.phone.reveal() == PHONE


def test_an_application_comes_with_consent_and_the_trail_names_the_worker(world: World):
    row = joined(world)
    assert list(Consent.objects.values_list("person", "wording", "withdrawn_at")) == [
        (row.person_id, own_hand.WORDING, None)
    ]
    written = Entry.objects.filter(kind__startswith="members.").order_by("pk").values_list("verb", "who", "account")
    assert list(written) == [("start", "石山（本人）", None), ("consent", "石山（本人）", None)]


def test_a_wrong_identity_number_is_told_beside_its_field_and_nothing_is_kept(world: World):
    bad = own_hand.Told("石山", Form.TRUCK, id_number(3)[:-1] + ("0" if id_number(3)[-1] != "0" else "1"))
    with pytest.raises(Refused) as refusal:
        own_hand.apply(bad, phone=PHONE, organisation=world.org(BASE), at=NOW)
    assert [(p.field, p.message) for p in refusal.value.problems] == [
        ("id_number", "身份证号码校验位不符，请核对是否录错")
    ]
    assert Person.objects.filter(name="石山").count() == 0


def test_nobody_applies_twice(world: World):
    joined(world, order=7)
    assert "不必重复申请" in refused(lambda: joined(world, order=7, at=OTHER))
    assert "不必重复申请" in refused(lambda: joined(world, at=OTHER))
    assert Membership.objects.count() == 1


def test_knowing_somebodys_name_and_number_does_not_give_their_membership_another_phone(world: World):
    row = member(world, "石山", order=7, phone=PHONE)
    assert refused(lambda: joined(world, order=7, phone=STRANGE)) == str(own_hand.NOT_YOURS)
    assert Person.objects.get(pk=row.person_id).phone.reveal() == PHONE


def test_a_number_registered_under_another_name_is_refused_in_the_same_words(world: World):
    member(world, "何立", order=7, phone=PHONE)
    assert refused(lambda: joined(world, order=7)) == str(own_hand.NOT_YOURS)


def test_a_member_without_a_phone_is_not_given_one_by_an_application_that_fails(world: World):
    row = member(world, "石山", order=7)
    assert "一人一籍" in refused(lambda: joined(world, order=7))
    assert Person.objects.get(pk=row.person_id).phone is None


def test_somebody_known_by_phone_and_name_gives_the_number_later(world: World):
    first = joined(world)
    own_hand.withdraw(first, person=first.person, at=NOW)
    again = joined(world, order=7)
    assert again.person_id == first.person_id
    assert again.is_real_name is True


def test_three_persons_may_share_a_phone_and_a_fourth_goes_to_the_union(world: World):
    for name in ("石山", "石水", "石木"):
        joined(world, name=name)
    assert "已为3人办理会籍" in refused(lambda: joined(world, name="石火"))
    assert Person.objects.filter(name="石火").count() == 0


def approved(world: World, **more) -> Membership:
    return joining.approve(joined(world, **more), by=BUILDER, at=NOW + timedelta(hours=1))


def test_a_member_asks_to_move_and_the_new_union_takes_over(world: World):
    row = approved(world)
    own_hand.move(row, world.org(FAR), person=row.person, at=NOW)
    item = OpenItem.objects.get()
    assert (row.state, item.organisation) == ("arriving", world.org(FAR))
    own_hand.stop_move(row, person=row.person, at=NOW)
    assert (row.state, row.destination, OpenItem.objects.count()) == ("active", None, 0)


def test_nobody_acts_on_anothers_membership(world: World):
    row, other = approved(world), Person.objects.create(name="别人")
    for act in (
        lambda: own_hand.move(row, world.org(FAR), person=other, at=NOW),
        lambda: own_hand.leave(row, reason="不", person=other, at=NOW),
        lambda: own_hand.withdraw(row, person=other, at=NOW),
        lambda: own_hand.correct(row, told(), person=other, at=NOW),
    ):
        assert refused(act) == "只能办理本人的会籍"
    assert Membership.objects.get().state == "active"


def test_leaving_ends_the_membership_with_the_reason(world: World):
    row = approved(world)
    own_hand.leave(row, reason="到外省工作", person=row.person, at=NOW)
    assert (row.state, row.reason, row.ended_on) == ("left", "到外省工作", NOW.date())


def test_correcting_adds_a_number_but_changes_none_that_is_on_file(world: World):
    row = approved(world)
    own_hand.correct(row, told("石三", order=7, employer="众达"), person=row.person, at=NOW)
    fresh = Membership.objects.select_related("person").get()
    assert (fresh.name, fresh.employer, fresh.is_real_name) == ("石三", "众达", True)
    own_hand.correct(fresh, told("石四", order=8), person=fresh.person, at=NOW)
    kept = Membership.objects.select_related("person").get()
    assert (kept.name, kept.person.id_number.reveal()) == ("石三", id_number(7))


def test_correcting_cannot_take_anothers_number(world: World):
    member(world, "何立", order=7)
    row = approved(world)
    assert refused(lambda: own_hand.correct(row, told(order=7), person=row.person, at=NOW)) == str(own_hand.NOT_YOURS)


def test_taking_back_consent_erases_the_phone_ends_the_application_and_keeps_counters_right(world: World):
    row = joined(world, order=7)
    own_hand.withdraw_consent(row.person, at=NOW)
    person = Person.objects.get(pk=row.person_id)
    assert (person.phone, person.phone_index, Membership.objects.get().state) == (None, None, "withdrawn")
    assert Consent.objects.get().withdrawn_at == NOW
    assert tallies.differing() == []


def test_taking_back_consent_leaves_a_membership_standing(world: World):
    row = approved(world)
    own_hand.withdraw_consent(row.person, at=NOW)
    assert Membership.objects.values_list("state", "has_phone").get() == ("active", False)
    assert tallies.differing() == []
    assert "没有可以撤回的同意" in refused(lambda: own_hand.withdraw_consent(row.person, at=NOW))


def test_ones_own_copy_holds_everything_in_full_and_is_written_down(world: World):
    row = approved(world, order=7)
    found = own_hand.own_copy(row.person, at=NOW)
    assert (found["身份证号码"], found["手机号码"]) == (id_number(7), PHONE)
    assert [(each["所在工会"], each["会籍"]) for each in found["会籍"]] == [(row.organisation.name, "在籍")]
    assert Entry.objects.filter(verb="own_copy").count() == 1
