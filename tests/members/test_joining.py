"""Applying and deciding, one by one and many at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.people.models import Person
from gongshu.core.trail.models import Entry
from gongshu.members.actions import joining, lasting, tallies
from gongshu.members.enums import Form
from gongshu.members.models import Membership, Tally
from gongshu.members.queries.counting import headcount
from tests.members.samples import BASE, COUNTY, FAR, OTHER, applied, facts, id_number, member
from tests.worlds import BUILDER, NOW, World


def test_an_application_waits_in_the_unions_inbox_for_three_working_days(world: World) -> None:
    row = applied(world)
    item = OpenItem.objects.get()
    assert (row.state, item.organisation, item.permission) == ("applied", world.org(BASE), "members.approve")
    assert item.due_on == row.due_on == date(2026, 3, 5)
    assert item.title == "何立申请入会（单位职工）"
    assert headcount(world.org(COUNTY)).counters["pending"] == 1


def test_gender_and_birth_are_read_from_the_identity_number_and_numbers_are_sealed(world: World) -> None:
    new = joining.NewMember(facts("李梅", 7, "13800001111", woman=True), Form.RIDER)
    row = joining.apply(new, organisation=world.org(BASE), by=BUILDER, at=NOW)
    assert (row.gender, row.person.born_on, row.is_real_name, row.has_phone) == ("f", date(1990, 3, 7), True, True)
    stored = Person.objects.get(pk=row.person_id)
    assert (str(stored.id_number), stored.phone.masked()) == ("••••••", "138****1111")
    assert id_number(7, woman=True).encode() not in stored.id_number.raw


def test_an_approved_member_counts_at_the_union_and_everywhere_above(world: World) -> None:
    member(world, order=3, form=Form.TRUCK)
    assert OpenItem.objects.count() == 0
    for name in (BASE, COUNTY, "铜仁市总", "中华全国总"):
        head = headcount(world.org(name), live=True)
        assert (head.cell("truck", "m"), head.cell("truck", "m", "r"), head.members, head.real_name) == (1, 1, 1, 1)
        assert (head.in_new_forms, head.counters["pending"]) == (1, 0)
    assert headcount(world.org(OTHER)).members == 0


def test_a_person_has_one_membership_that_is_not_ended(world: World) -> None:
    row = member(world, order=3)
    with pytest.raises(Refused, match="一人一籍"):
        applied(world, at=FAR, order=3)
    lasting.finish(row, "leave", reason="本人申请", by=BUILDER, at=NOW)
    again = applied(world, at=FAR, order=3)
    assert again.person_id == row.person_id
    with pytest.raises(Refused, match="不必重复申请"):
        applied(world, at=BASE, order=3)
    assert Person.objects.filter(name="何立").count() == 1


def test_an_identity_number_under_another_name_is_refused(world: World) -> None:
    applied(world, "何立", order=3)
    with pytest.raises(Refused, match="另一个姓名"):
        applied(world, "何丽", order=3)


@pytest.mark.parametrize(
    ("told", "form", "words"),
    [
        (facts("", 0), Form.STAFF, "请填写姓名"),
        (facts("何立", 0, "1380000"), Form.STAFF, "手机号码应为11位"),
        (facts("何立", 0), "pilot", "请选择就业形态"),
    ],
)
def test_a_faulty_application_is_refused_and_leaves_nothing(world: World, told, form, words) -> None:
    with pytest.raises(Refused, match=words):
        joining.apply(joining.NewMember(told, form), organisation=world.org(BASE), by=BUILDER, at=NOW)
    assert Person.objects.filter(account=None).count() == 0


def test_a_sister_unions_officer_cannot_apply_or_approve_here(world: World) -> None:
    stranger = world.actor("贵阳市总")
    with pytest.raises(Refused, match="权限"):
        joining.apply(joining.NewMember(facts(), Form.STAFF), organisation=world.org(BASE), by=stranger, at=NOW)
    row = applied(world)
    with pytest.raises(Refused, match="权限"):
        joining.approve(row, by=stranger, at=NOW)


def test_a_refusal_needs_a_reason_and_takes_the_application_off_the_counters(world: World) -> None:
    row = applied(world)
    with pytest.raises(Refused, match="原因"):
        joining.refuse(row, reason=" ", by=BUILDER, at=NOW)
    joining.refuse(row, reason="不在本单位工作", by=BUILDER, at=NOW)
    assert (row.state, row.reason, row.ended_on) == ("refused", "不在本单位工作", NOW.date())
    assert headcount(world.org(BASE)).counters["pending"] == 0


def test_the_second_officer_is_told_that_another_was_quicker(world: World) -> None:
    row = applied(world)
    stale = Membership.objects.get(pk=row.pk)
    joining.approve(row, by=world.actor(COUNTY), at=NOW)
    with pytest.raises(Refused, match="可能已由他人办理"):
        joining.approve(stale, by=world.actor("铜仁市总"), at=NOW)
    assert headcount(world.org(BASE)).members == 1


def test_many_are_approved_at_once_each_with_its_own_entry(world: World) -> None:
    rows = [applied(world, f"张{n:03d}", at=BASE if n % 2 else FAR) for n in range(30)]
    outcome = joining.decide_many([row.pk for row in rows], "approve", by=world.actor("铜仁市总"), at=NOW)
    assert (outcome.done, list(outcome.problems)) == (30, [])
    assert set(Membership.objects.values_list("state", "joined_on", "since_on", "due_on")) == {
        ("active", NOW.date(), NOW.date(), None)
    }
    assert Entry.objects.filter(verb="approve").count() == 30
    assert OpenItem.objects.count() == 0
    assert headcount(world.org("铜仁市总"), live=True).members == 30
    assert tallies.differing() == []


def test_those_already_decided_and_those_out_of_reach_are_told_one_by_one(world: World) -> None:
    mine, done, far = applied(world, "张一"), applied(world, "张二"), applied(world, "张三", at=FAR)
    joining.approve(done, by=BUILDER, at=NOW)
    outcome = joining.decide_many([mine.pk, done.pk, far.pk], "approve", by=world.actor(COUNTY), at=NOW)
    assert outcome.done == 1
    words = [problem.message for problem in outcome.problems]
    assert len(words) == 2
    assert words[0].endswith("可能已由他人办理")
    assert words[1].startswith("张三")
    assert Membership.objects.get(pk=far.pk).state == "applied"
    assert tallies.differing() == []


def test_refusing_many_needs_a_reason(world: World) -> None:
    row = applied(world)
    with pytest.raises(Refused, match="原因"):
        joining.decide_many([row.pk], "refuse", by=BUILDER, at=NOW)
    outcome = joining.decide_many([row.pk], "refuse", by=BUILDER, at=NOW, reason="重复申请")
    assert outcome.done == 1
    assert Membership.objects.get().reason == "重复申请"


def test_so_many_at_once_that_nobody_looks_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="20000"):
        joining.decide_many(range(20_001), "approve", by=BUILDER, at=NOW)


def test_a_correction_moves_the_counters_and_the_roll(world: World) -> None:
    row = member(world, "何立")
    told = facts("何丽", 5, "13900002222", woman=True)
    lasting.correct(row, told, form=Form.COURIER, employer="", by=BUILDER, at=NOW)
    fresh = Membership.objects.get()
    assert (fresh.name, fresh.gender, fresh.form, fresh.is_real_name) == ("何丽", "f", "courier", True)
    head = headcount(world.org(BASE))
    assert [head.members, head.cell("courier", "f"), head.cell("courier", "f", "r")] == [1, 1, 1]
    assert head.counters["phones"] == 1
    assert tallies.differing() == []


def test_a_number_of_somebody_else_cannot_be_given_to_a_member(world: World) -> None:
    member(world, "何立", order=5)
    other = member(world, "张一")
    with pytest.raises(Refused, match="另一个人"):
        lasting.correct(other, facts("张一", 5), form=Form.STAFF, employer="", by=BUILDER, at=NOW)


def test_a_number_is_revealed_with_right_reason_and_trail_only(world: World) -> None:
    row = member(world, order=5)
    officer = world.actor("铜仁市总", "member_officer")
    with pytest.raises(Refused, match="权限"):
        lasting.reveal(row, "id_number", reason="核对", by=world.actor("铜仁市总"), at=NOW)
    with pytest.raises(Refused, match="原因"):
        lasting.reveal(row, "id_number", reason=" ", by=officer, at=NOW)
    with pytest.raises(Refused, match="没有登记"):
        lasting.reveal(row, "phone", reason="核对", by=officer, at=NOW)
    with pytest.raises(Refused, match="没有登记"):
        lasting.reveal(row, "name", reason="核对", by=officer, at=NOW)
    assert Entry.objects.filter(verb="reveal").count() == 0
    assert lasting.reveal(row, "id_number", reason="核对转会材料", by=officer, at=NOW) == id_number(5)
    entry = Entry.objects.get(verb="reveal")
    assert entry.summary == "查看身份证号码：何立（核对转会材料）"
    assert entry.detail == {"field": "id_number", "reason": "核对转会材料"}


def test_keeping_resuming_and_ending_move_the_counters(world: World) -> None:
    row = member(world)
    lasting.keep(row, reason="退休", by=BUILDER, at=NOW)
    assert (headcount(world.org(BASE)).counters["kept"], headcount(world.org(BASE)).members) == (1, 0)
    lasting.resume(row, by=BUILDER, at=NOW)
    assert headcount(world.org(BASE)).members == 1
    lasting.finish(row, "end", reason="去世", by=BUILDER, at=NOW + timedelta(days=3))
    assert (row.state, row.ended_on) == ("ended", date(2026, 3, 5))
    assert not any(getattr(Tally.objects.get(), column) for column in tallies.COLUMNS)


def test_a_membership_lapses_after_six_silent_months_only(world: World) -> None:
    row = member(world)
    with pytest.raises(Refused, match="未满6个月") as refused:
        lasting.lapse(row, months_silent=5, reason="教育拒不改正", by=BUILDER, at=NOW)
    assert refused.value.problems[0].clause.label == "《中国工会章程》第五条"
    lasting.lapse(row, months_silent=6, reason="教育拒不改正", by=BUILDER, at=NOW)
    assert row.state == "lapsed"
