"""Registrations of one person twice: found, told apart, merged, undone; counters and trail stay right."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client

from gongshu.core.base.problems import Refused
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.messages.models import Message, PersonText
from gongshu.core.orgs.actions import NewOrganisation, add
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.people.identity import PersonFacts
from gongshu.core.people.models import Account, Person
from gongshu.core.people.protected import is_same
from gongshu.core.people.queries import by_id_number, by_phone
from gongshu.core.people.resealing import columns
from gongshu.core.trail.models import Entry
from gongshu.members.actions import finding, joining, lasting, merging, moving, own_hand, tallies, unmerging
from gongshu.members.actions.merging import Choice
from gongshu.members.enums import LIVE_STATES, Form
from gongshu.members.jobs import find_duplicates
from gongshu.members.models import Consent, Membership, Merge, Pair
from gongshu.members.queries import pairs
from gongshu.members.queries.counting import headcount
from gongshu.members.queries.pairs import candidates, homes, is_whole
from tests.members.samples import (
    BASE,
    CITY,
    COUNTY,
    FAR,
    OTHER,
    PHONE,
    applied,
    facts,
    id_number,
    member,
    proved,
    twins,
)
from tests.worlds import BUILDER, NOW, World, build

LATER = NOW + timedelta(days=5)
SECOND_PHONE = "13900002222"


def found() -> dict[tuple[str, ...], set[str]]:
    """Return what is found by the names of the unions of each pair."""
    names = dict(Membership.objects.values_list("person_id", "organisation__short_name"))
    return {tuple(sorted(names[person] for person in key)): grounds for key, grounds in candidates().items()}


def merged(pair: Pair, keep: Person | None = None, **more: int) -> Merge:
    kept = keep or pair.first
    return merging.merge(pair, Choice(kept.pk, **more), reason="持身份证核对", by=BUILDER, at=NOW)


def snapshot() -> list[object]:
    """Return all that a merge may touch, number by number in the clear, trail and pairs apart."""
    persons = [
        (p.pk, p.name, p.gender, p.born_on, p.id_number and p.id_number.reveal(), p.phone and p.phone.reveal())
        for p in Person.objects.order_by("pk")
    ]
    found_by = [(by_phone(row[5]).count() if row[5] else 0, bool(row[4] and by_id_number(row[4]))) for row in persons]
    skip = {"state_since"}
    fields = [f.attname for f in Membership._meta.concrete_fields if f.attname not in skip]
    consents = list(Consent.objects.order_by("pk").values_list("pk", "person_id"))
    accounts = list(Account.objects.order_by("pk").values_list("pk", "person_id"))
    texts = list(PersonText.objects.order_by("pk").values_list("pk", "person"))
    return [texts, persons, found_by, list(Membership.objects.order_by("pk").values_list(*fields)), consents, accounts]


# ---- finding


def test_what_is_alike_is_found_and_what_is_not_is_left(world: World) -> None:
    member(world, "何立", order=7, phone=PHONE)
    member(world, "何立", at=OTHER, phone=PHONE)  # the same phone
    member(world, "何力", at=FAR, phone=PHONE)  # one of the family: another name
    assert found() == {(BASE, OTHER): {"phone"}}


def test_name_and_birth_are_enough_only_while_a_number_is_missing(world: World) -> None:
    member(world, "王敏", order=3)
    member(world, "王敏", at=OTHER, order=4)  # both numbers checked, born the same day: two people
    assert found() == {}
    told = PersonFacts("王敏", born_on=date(1990, 3, 7))
    new = joining.NewMember(told, Form.STAFF)
    joining.apply(new, organisation=world.org(FAR), by=BUILDER, at=NOW)
    assert found() == {tuple(sorted((BASE, FAR))): {"birth"}, tuple(sorted((FAR, OTHER))): {"birth"}}


def test_name_and_employer_with_a_number_missing(world: World) -> None:
    for union, order in ((BASE, 5), (OTHER, 0)):
        new = joining.NewMember(facts("李娜", order), Form.STAFF, employer="梵净制衣有限公司")
        joining.apply(new, organisation=world.org(union), by=BUILDER, at=NOW)
    assert found() == {(BASE, OTHER): {"employer"}}
    Membership.objects.filter(organisation=world.org(OTHER)).update(employer="别的公司")
    assert found() == {}


def test_a_number_told_of_two_registrations_puts_them_on_the_list(world: World) -> None:
    member(world, order=7)
    other = member(world, at=OTHER)
    with pytest.raises(Refused, match="重复登记"):
        lasting.correct(other, facts(order=7), form=Form.STAFF, employer="", by=BUILDER, at=NOW)
    pair = Pair.objects.get()
    assert (pair.grounds, pair.is_exact, pair.organisation) == ("id", True, world.org(COUNTY))
    assert Entry.objects.filter(kind="members.pair", verb="start").count() == 1


def test_officers_without_the_right_put_nothing_on_the_list(world: World) -> None:
    member(world, order=7)
    other = member(world, at=OTHER)
    by = world.actor(FAR, "base_officer")
    with pytest.raises(Refused, match="权限"):
        lasting.correct(other, facts(order=7), form=Form.STAFF, employer="", by=by, at=NOW)
    assert not Pair.objects.exists()


def test_the_nearest_union_above_both_decides(world: World) -> None:
    near, far = twins(world), None
    assert near.organisation == world.org(COUNTY)
    member(world, "张一", phone=SECOND_PHONE)
    member(world, "张一", at=FAR, phone=SECOND_PHONE)
    finding.write(candidates(), at=NOW)
    far = Pair.objects.exclude(pk=near.pk).get()
    assert far.organisation == world.org(CITY)
    move = Membership.objects.get(person=far.second)
    moving.accept(moving.ask(move, world.org(BASE), by=BUILDER, at=NOW), by=BUILDER, at=NOW)
    finding.write(candidates(), at=NOW)  # a later search: both are in one union now
    far.refresh_from_db()
    assert far.organisation == world.org(BASE)
    assert homes([]) == {}


def run(number: int) -> Job:
    """Search as the night does and return the job."""
    job = enqueue(find_duplicates, key=f"test:{number}")
    Worker().drain()
    job.refresh_from_db()
    return job


def test_the_job_writes_once_and_takes_off_what_is_no_longer_alike(world: World) -> None:
    member(world, order=7, phone=PHONE)
    other = member(world, at=OTHER, phone=PHONE)
    assert run(1).result["summary"].startswith("相符 1 对")
    assert run(2).result["new"] == 0
    assert Pair.objects.get().state == "found"
    lasting.correct(other, facts("何力"), form=Form.STAFF, employer="", by=BUILDER, at=NOW)
    run(3)
    assert Pair.objects.get().state == "gone"
    lasting.correct(other, facts("何立"), form=Form.STAFF, employer="", by=BUILDER, at=NOW)
    run(4)
    assert Pair.objects.get().state == "found"


def test_told_apart_is_remembered(world: World) -> None:
    pair = finding.set_apart(twins(world), reason="父子同名", by=BUILDER, at=NOW)
    finding.write(candidates(), at=LATER)
    pair.refresh_from_db()
    assert (pair.state, pair.note, Pair.objects.count()) == ("apart", "父子同名", 1)
    with pytest.raises(Refused):
        merged(pair)
    assert finding.reopen(pair, reason="再看", by=BUILDER, at=LATER).state == "found"


# ---- merging


def test_merged_registrations_are_one_person_with_one_membership(world: World) -> None:
    pair = twins(world)
    before = headcount(world.org(COUNTY), live=True)
    merged(pair)
    after = headcount(world.org(COUNTY), live=True)
    assert (before.members, after.members, after.real_name, after.counters["phones"]) == (2, 1, 1, 1)
    assert tallies.differing() == []
    rows = Membership.objects.filter(person=pair.first)
    assert sorted(rows.values_list("state", flat=True)) == ["absorbed", "active"]
    assert rows.filter(state__in=LIVE_STATES).get().organisation == world.org(BASE)
    assert not Membership.objects.filter(person=pair.second).exists()
    assert [person.pk for person in by_phone(PHONE)] == [pair.first_id]
    told = Entry.objects.filter(verb="merge", kind="members.membership").values_list("object_id", flat=True)
    assert set(told) == set(rows.values_list("pk", flat=True))
    assert candidates() == {}


def test_the_kept_one_takes_the_numbers_it_lacks_and_the_roll_follows(world: World) -> None:
    pair = twins(world)
    merged(pair, keep=pair.second)
    row = Membership.objects.get(person=pair.second, state="active")
    assert (row.organisation, row.is_real_name, row.gender) == (world.org(OTHER), True, "m")
    person = Person.objects.get(pk=pair.second_id)
    assert person.id_number.reveal() == id_number(7)
    assert by_id_number(id_number(7)) == person
    assert person.born_on == date(1990, 3, 7)
    assert tallies.differing() == []


def test_where_numbers_differ_the_officer_says_which_is_right(world: World) -> None:
    member(world, order=7, phone=PHONE)
    member(world, at=OTHER, order=8, phone=PHONE)
    finding.write(candidates(), at=NOW)
    pair = Pair.objects.get()
    merged(pair, id_from=pair.second_id)
    kept = Person.objects.get(pk=pair.first_id)
    assert kept.id_number.reveal() == id_number(8)
    assert by_id_number(id_number(7)) is None
    unmerging.undo(Merge.objects.get(), reason="核错了", by=BUILDER, at=LATER)
    assert by_id_number(id_number(7)).pk == pair.first_id
    assert by_id_number(id_number(8)).pk == pair.second_id


def test_an_ended_membership_moves_over_as_it_was(world: World) -> None:
    pair = twins(world)
    old = Membership.objects.get(person=pair.second)
    lasting.finish(old, "leave", reason="离职", by=BUILDER, at=NOW)
    row = merged(pair)
    old.refresh_from_db()
    assert (old.person, old.state, row.moved["absorbed"]) == (pair.first, "left", None)
    assert not Message.objects.exists()


def test_the_only_standing_membership_lives_on_with_the_kept_person(world: World) -> None:
    pair = twins(world)
    lasting.finish(Membership.objects.get(person=pair.first), "leave", reason="离职", by=BUILDER, at=NOW)
    before = snapshot()
    merged(pair)
    row = Membership.objects.get(state="active")
    assert (row.person, row.organisation, row.is_real_name) == (pair.first, world.org(OTHER), True)
    assert tallies.differing() == []
    unmerging.undo(Merge.objects.get(), reason="核错了", by=BUILDER, at=LATER)
    assert snapshot() == before
    assert tallies.differing() == []


def test_the_union_that_loses_a_member_is_told(world: World) -> None:
    pair = twins(world)
    world.account(OTHER, "base_officer")
    merged(pair)
    assert Message.objects.get().subject == "何立的重复登记已合并"


def test_the_worker_logs_in_to_the_one_that_is_left(world: World) -> None:
    pair = twins(world)
    merged(pair, keep=pair.second)
    client = Client()
    proved(client, "/my/login/", PHONE)
    assert OTHER in client.get("/my/").content.decode()


def test_an_application_does_not_swallow_a_membership(world: World) -> None:
    applied(world, phone=PHONE)
    member(world, at=OTHER, phone=PHONE)
    finding.write(candidates(), at=NOW)
    pair = Pair.objects.get()
    with pytest.raises(Refused, match="请保留已有会籍的那一份"):
        merged(pair)
    merged(pair, keep=pair.second)
    assert Membership.objects.filter(state="absorbed").get().organisation == world.org(BASE)
    assert tallies.differing() == []


def test_two_working_accounts_are_refused(world: World) -> None:
    pair = twins(world)
    for place, name in enumerate((COUNTY, CITY)):
        person = (pair.first, pair.second)[place]
        Account.objects.filter(pk=world.account(name).pk).update(person=person)
    with pytest.raises(Refused, match="工作账号"):
        merged(pair)
    assert Pair.objects.get().state == "found"


def test_who_reaches_one_union_only_may_not_merge(world: World) -> None:
    pair = twins(world, FAR)
    for name in (COUNTY, "碧江区总"):
        with pytest.raises(Refused, match="权限"):
            merging.merge(pair, Choice(pair.first_id), reason="核对", by=world.actor(name), at=NOW)
    with pytest.raises(Refused, match="请写明原因"):
        merging.merge(pair, Choice(pair.first_id), reason=" ", by=world.actor(CITY), at=NOW)
    merging.merge(pair, Choice(pair.first_id), reason="核对", by=world.actor(CITY), at=NOW)


def test_three_registrations_of_one_person(world: World) -> None:
    for union in (BASE, OTHER, FAR):
        member(world, at=union, phone=PHONE)
    finding.write(candidates(), at=NOW)
    persons = list(Person.objects.filter(memberships__isnull=False).order_by("pk"))
    known = {(p.first_id, p.second_id): p for p in Pair.objects.all()}
    a, b, c = (person.pk for person in persons)
    first = merged(known[a, b])
    known[b, c].refresh_from_db()
    assert known[b, c].state == "gone"
    second = merging.merge(known[a, c], Choice(c), reason="核对", by=BUILDER, at=NOW)
    assert Membership.objects.filter(person=c).count() == 3
    assert tallies.differing() == []
    with pytest.raises(Refused, match="请先撤销后一次合并"):
        unmerging.undo(first, reason="核错了", by=BUILDER, at=LATER)
    unmerging.undo(second, reason="核错了", by=BUILDER, at=LATER)
    unmerging.undo(first, reason="核错了", by=BUILDER, at=LATER)
    assert Membership.objects.filter(state="active").count() == 3
    assert tallies.differing() == []


# ---- undoing


@pytest.mark.parametrize("state", ["active", "kept", "parked", "applied", "reviewing", "leaving", "arriving"])
def test_undone_all_is_as_it_was(world: World, state: str) -> None:
    pair = _pair_with(world, state)
    own_hand.consent(pair.second, by=BUILDER, at=NOW)
    before = snapshot()
    row = merged(pair)
    assert snapshot() != before
    assert tallies.differing() == []
    assert unmerging.undo(row, reason="核错了", by=BUILDER, at=LATER).state == "found"
    assert snapshot() == before
    assert tallies.differing() == []


def _pair_with(world: World, state: str) -> Pair:
    """Return a pair whose second registration is in a state of its membership."""
    member(world, order=7, phone=PHONE)
    if state in ("applied", "reviewing"):
        other = applied(world, at=OTHER, phone=PHONE)
        if state == "reviewing":
            joining.review(other, by=BUILDER, at=NOW)
    else:
        other = member(world, at=OTHER, phone=PHONE)
    if state == "kept":
        lasting.keep(other, reason="退休", by=BUILDER, at=NOW)
    if state == "parked":
        moving.park(other, reason="撤销", by=BUILDER, at=NOW)
    if state == "arriving":
        moving.ask(other, world.org(FAR), by=BUILDER, at=NOW)
    if state == "leaving":
        moving.ask(other, world.org(FAR), by=world.actor("碧江区总"), at=NOW)
    finding.write(candidates(), at=NOW)
    return Pair.objects.get()


def test_undone_after_both_have_changed(world: World) -> None:
    pair = twins(world)
    row = merged(pair)
    stays = Membership.objects.get(state="active")
    lasting.correct(stays, facts("何立", 9), form=Form.COURIER, employer="快递", by=BUILDER, at=NOW)
    moving.accept(moving.ask(stays, world.org(FAR), by=BUILDER, at=NOW), by=BUILDER, at=NOW)
    own_hand.change_phone(Person.objects.get(pk=pair.first_id), SECOND_PHONE, at=NOW)
    unmerging.undo(row, reason="核错了", by=BUILDER, at=LATER)
    kept, other = Person.objects.get(pk=pair.first_id), Person.objects.get(pk=pair.second_id)
    assert (kept.id_number.reveal(), kept.phone.reveal()) == (id_number(9), SECOND_PHONE)  # corrected since: stays
    assert (other.id_number, other.phone.reveal()) == (None, PHONE)
    assert Membership.objects.get(person=kept).organisation == world.org(FAR)
    assert Membership.objects.get(person=other).state == "active"
    assert tallies.differing() == []


def test_a_number_given_to_somebody_else_since_stands_in_the_way(world: World) -> None:
    pair = twins(world)
    row = merged(pair, keep=pair.second)
    lasting.correct(
        Membership.objects.get(state="active"), facts(order=9), form=Form.STAFF, employer="", by=BUILDER, at=NOW
    )
    member(world, "赵六", at=FAR, order=7)
    with pytest.raises(Refused, match="现已登记在另一份登记上"):
        unmerging.undo(row, reason="核错了", by=BUILDER, at=LATER)
    row.refresh_from_db()
    assert row.undone_at is None
    assert tallies.differing() == []


def test_a_union_that_is_no_more_stands_in_the_way(world: World) -> None:
    row = merged(twins(world))
    org = world.org(OTHER)
    org.ended_on = NOW.date()
    org.save()
    with pytest.raises(Refused, match="已经撤销"):
        unmerging.undo(row, reason="核错了", by=BUILDER, at=LATER)


def test_a_phone_erased_at_the_members_wish_comes_back_nowhere(world: World) -> None:
    pair = twins(world)
    own_hand.consent(pair.second, by=BUILDER, at=NOW)
    row = merged(pair)
    own_hand.withdraw_consent(Person.objects.get(pk=pair.first_id), at=NOW)
    row.refresh_from_db()
    assert row.dropped_phone is None
    unmerging.undo(row, reason="核错了", by=BUILDER, at=LATER)
    assert not Person.objects.exclude(phone_index=None).exists()


def test_a_phone_erased_after_two_merges_is_left_nowhere(world: World) -> None:
    pair = twins(world)
    own_hand.consent(pair.first, by=BUILDER, at=NOW)
    merged(pair)
    third = member(world, at=FAR)
    finding.write({(pair.first_id, third.person_id): {"phone"}}, at=NOW)
    merged(Pair.objects.get(second=third.person), keep=third.person)
    own_hand.withdraw_consent(Person.objects.get(pk=third.person_id), at=NOW)
    assert not Merge.objects.exclude(kept_phone=None, dropped_phone=None).exists()


def test_after_thirty_days_it_stands_and_the_numbers_are_erased(world: World) -> None:
    pair = twins(world)
    row = merged(pair)
    last, after = NOW + timedelta(days=30), NOW + timedelta(days=31)
    assert unmerging.close_some(at=last, most=10) == 0
    assert unmerging.close_some(at=after, most=10) == 1
    assert unmerging.close_some(at=after, most=10) == 0
    row.refresh_from_db()
    assert (row.dropped_phone, row.kept_id_number, row.dropped.name) == (None, None, "（已并入另一份登记）")
    with pytest.raises(Refused, match="超过撤销期限"):
        unmerging.undo(row, reason="核错了", by=BUILDER, at=after)
    assert is_same(Person.objects.get(pk=pair.first_id).phone, None) is False


def test_undone_once_only(world: World) -> None:
    row = merged(twins(world))
    unmerging.undo(row, reason="核错了", by=BUILDER, at=LATER)
    with pytest.raises(Refused, match="已经撤销"):
        unmerging.undo(row, reason="核错了", by=BUILDER, at=LATER)
    again = merged(Pair.objects.get())
    assert Merge.objects.filter(undone_at=None).get() == again


def test_numbers_kept_for_undoing_are_rotated_with_the_others() -> None:
    assert {"members.Merge.kept_id_number", "members.Merge.dropped_phone"} <= {column.label for column in columns()}


def test_every_line_that_points_at_persons_is_known_to_merging() -> None:
    """A new model that points at a person must be carried over by `merging` and back by `unmerging`."""
    pointing = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("gongshu.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Person
    }
    carried = {
        "members.Membership.person",
        "members.Consent.person",
        "people.Account.person",
        "messages.PersonText.person",
    }
    own = {"members.Pair.first", "members.Pair.second", "members.Merge.kept", "members.Merge.dropped"}
    assert pointing == carried | own


# ---- at the same time


def together(*acts: Callable[[], object]) -> list[str]:
    outcomes: list[str] = []

    def act(one: Callable[[], object]) -> None:
        try:
            one()
            outcomes.append("ok")
        except Refused as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes, key=lambda told: told != "ok")


@pytest.mark.django_db(transaction=True)
def test_two_officers_merging_the_same_pair() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time anyway")
    pair = twins(build())
    ways = [Pair.objects.get(pk=pair.pk) for _ in range(2)]
    told = together(lambda: merged(ways[0]), lambda: merged(ways[1], keep=pair.second))
    assert told[0] == "ok"
    assert len(told) == 2
    assert told[1] != "ok"
    assert Membership.objects.filter(state__in=LIVE_STATES).count() == 1
    assert Merge.objects.count() == 1
    assert tallies.differing() == []


@pytest.mark.django_db(transaction=True)
def test_merging_while_the_member_is_corrected() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time anyway")
    pair = twins(build())
    other = Membership.objects.select_related("organisation", "person").get(person=pair.second)
    told = together(
        lambda: merged(pair),
        lambda: lasting.correct(other, facts("何立", 9), form=Form.RIDER, employer="", by=BUILDER, at=NOW),
    )
    assert "ok" in told
    assert tallies.differing() == []
    assert Membership.objects.filter(state__in=LIVE_STATES).count() == 1


@pytest.mark.django_db(transaction=True)
def test_merging_while_the_worker_takes_consent_back() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time anyway")
    pair = twins(build())
    own_hand.consent(pair.first, by=BUILDER, at=NOW)
    with transaction.atomic():
        held = merging.locked(pair.first_id, pair.second_id)  # as far as a merge locks before it moves anything
        thread = threading.Thread(target=together, args=(lambda: own_hand.withdraw_consent(pair.first, at=NOW),))
        thread.start()
        time.sleep(0.5)
        Consent.objects.filter(person=held.kept).update(person=held.kept)  # raises for a deadlock
    thread.join()
    assert Consent.objects.filter(withdrawn_at__isnull=False).count() == 1


# ---- pages


def test_the_pages_show_masked_numbers_and_do_it_all(world: World, client_of: Callable) -> None:
    pair = twins(world)
    client = client_of(COUNTY)
    assert pair.get_absolute_url() in client.get("/members/duplicates/").content.decode()
    page = client.get(pair.get_absolute_url()).content.decode()
    assert "138****1111" in page
    assert PHONE not in page
    assert id_number(7) not in page
    address = pair.get_absolute_url()
    assert client.post(f"{address}merge/", {"keep": pair.first_id}).status_code == 422
    assert client.post(f"{address}merge/", {"keep": pair.first_id, "reason": "核对"}).status_code == 302
    page = client.get(address).content.decode()
    assert "撤销合并" in page
    assert "138****" not in page
    assert client.post(f"{address}merge/", {"keep": pair.first_id, "reason": "核对"}).status_code == 422
    row = Membership.objects.get(person=pair.first, state="active")
    assert "本人的其他会籍" in client.get(row.get_absolute_url()).content.decode()
    assert client.post(f"{address}undo/", {"reason": "核错了"}).status_code == 302
    assert client.post(f"{address}undo/", {"reason": "核错了"}).status_code == 422
    assert client.post(f"{address}judge/apart/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}judge/apart/", {"reason": "父子"}).status_code == 302
    assert client.post(f"{address}judge/other/", {"reason": "父子"}).status_code == 404
    assert Pair.objects.get().state == "apart"


def test_the_list_says_when_it_was_last_looked_for(world: World, client_of: Callable) -> None:
    client = client_of(COUNTY)
    assert "上次查找于" not in client.get("/members/duplicates/").content.decode()
    client.post("/members/duplicates/find/")
    Worker().drain()
    assert "上次查找于" in client.get("/members/duplicates/").content.decode()


def test_who_reaches_one_of_the_two_is_told_nothing(world: World, client_of: Callable) -> None:
    pair = twins(world, FAR)
    for name in (COUNTY, "碧江区总", "贵阳市总"):
        client = client_of(name)
        assert client.get(pair.get_absolute_url()).status_code == 404
        assert client.post(f"{pair.get_absolute_url()}merge/", {"keep": pair.first_id}).status_code == 404
        assert pair.get_absolute_url() not in client.get("/members/duplicates/").content.decode()
    assert client_of(CITY, "leader").get(pair.get_absolute_url()).status_code == 403
    assert client_of(CITY).get(pair.get_absolute_url()).status_code == 200


def test_after_a_move_out_of_reach_the_old_union_is_told_nothing(world: World, client_of: Callable) -> None:
    pair = twins(world)
    row = Membership.objects.get(person=pair.second)
    moving.accept(moving.ask(row, world.org(FAR), by=BUILDER, at=NOW), by=BUILDER, at=NOW)
    assert client_of(COUNTY).get(pair.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("state", ["found", "merged"])
def test_after_a_move_beyond_every_common_union_the_old_one_is_told_nothing(
    world: World, client_of: Callable, state: str
) -> None:
    pair = twins(world)
    if state == "merged":
        merged(pair)
    away = add(NewOrganisation("湖北省总工会", Level.PROVINCE, Kind.LOCAL))
    row = Membership.objects.get(person=pair.first, state__in=LIVE_STATES)
    Membership.objects.filter(pk=row.pk).update(organisation=away)
    assert client_of(COUNTY).get(pair.get_absolute_url()).status_code == 404


def test_the_list_costs_the_same_however_long(world: World, client_of: Callable, django_assert_max_num_queries) -> None:
    client = client_of(COUNTY)
    twins(world)
    with django_assert_max_num_queries(20) as few:
        client.get("/members/duplicates/")
    for n in range(15):
        phone = f"139{n:08d}"
        member(world, f"张{n}", phone=phone), member(world, f"张{n}", at=OTHER, phone=phone)
    finding.write(candidates(), at=NOW)
    assert Pair.objects.count() == 16
    with django_assert_max_num_queries(len(few)):
        client.get("/members/duplicates/")


def test_a_search_cut_off_takes_nothing_off_the_list(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    twins(world)
    for union in (BASE, FAR):
        member(world, "张一", at=union, phone=SECOND_PHONE)
    run(1)
    assert is_whole(candidates())
    monkeypatch.setattr(pairs, "MOST", 1)
    assert len(candidates()) == 1
    run(2)
    assert set(Pair.objects.values_list("state", flat=True)) == {"found"}
    assert Pair.objects.count() == 2
