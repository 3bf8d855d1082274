"""Which events are told to whom: each once, in order, and none passed over."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from config.catalogue import MACHINES
from gongshu.api.actions import following, hooks
from gongshu.api.actions import keys as key_actions
from gongshu.api.enums import HookState
from gongshu.api.models import ApiKey, Delivery, Hook, Reader
from gongshu.api.rules.hooks import (
    DISPATCH,
    MINUTES,
    MOST_TRIES,
    NEEDS_OF,
    TOLD,
    UNION,
    Happened,
    next_try,
    signed,
    subscribing,
)
from gongshu.core.base.problems import Refused
from gongshu.core.trail import actions as trail
from gongshu.core.trail.models import Entry
from gongshu.delivery import actions as delivery
from gongshu.members.actions import lasting, merging, moving, unmerging
from gongshu.venues import actions as venues
from tests.api.listening import AT, follow, in_line, listening
from tests.api.receivers import Receiver
from tests.api.samples import BASE, CITY, COUNTY, SISTER, hook, key
from tests.architecture import routes
from tests.architecture.sources import modules
from tests.members import samples as people
from tests.members.samples import FAR, OTHER, member
from tests.organising import samples as unions
from tests.processes import database_url
from tests.rosters import samples as rosters
from tests.venues.samples import opened
from tests.worlds import BUILDER, World, build


def test_a_signature_is_as_the_standard_has_it() -> None:
    """The sample of the Standard Webhooks reference libraries."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    headers = signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_waits_grow_and_end() -> None:
    found = [next_try(tries, at=AT) for tries in range(1, MOST_TRIES + 1)]
    assert found == [*(AT + timedelta(minutes=minutes) for minutes in MINUTES), None]


@pytest.mark.parametrize(("events", "sentence"), [([], "请至少选一类事件"), (["moon.full"], "没有这类事件")])
def test_a_hook_tells_of_something_that_there_is(events: list[str], sentence: str) -> None:
    [problem] = subscribing(events, frozenset(NEEDS_OF.values()))
    assert (problem.field, problem.message) == ("events", sentence)


def test_a_payload_names_records_and_nothing_about_a_person(world: World) -> None:
    happened = Happened("member.joined", AT, 7, "members.membership", 12, 34)
    assert happened.payload() == {
        "type": "member.joined",
        "timestamp": "2026-03-02T09:00:00+08:00",
        "data": {"member_id": 12, "organisation_id": 34},
    }


def test_every_event_is_put_in_line_once(world: World) -> None:
    listening(world, "https://192.0.32.10/")
    by = world.actor(COUNTY)
    venue = opened(world)
    venues.close(venue, reason="搬迁", by=by, at=AT)
    row = member(world)
    moving.ask(row, world.org(OTHER), by=BUILDER, at=AT)
    moving.accept(row, by=BUILDER, at=AT)
    lasting.finish(row, "leave", reason="退休", by=BUILDER, at=AT)
    given = routes._assignment(world)
    delivery.sign(given, by=by, at=AT)
    delivery.report(given, "已办", by=by, at=AT)
    assert follow() > 0
    assert follow() == 0
    county = world.org(COUNTY).pk
    assert in_line() == [
        ("venue.opened", {"venue_id": venue.pk, "organisation_id": county}),
        ("venue.closed", {"venue_id": venue.pk, "organisation_id": county}),
        ("member.joined", {"member_id": row.pk, "organisation_id": world.org(BASE).pk}),
        ("member.transferred", {"member_id": row.pk, "organisation_id": world.org(OTHER).pk}),
        ("member.left", {"member_id": row.pk, "organisation_id": world.org(OTHER).pk}),
        ("task.dispatched", {"dispatch_id": given.dispatch_id, "organisation_id": world.org(CITY).pk}),
        ("assignment.reported", {"assignment_id": given.pk, "organisation_id": county}),
    ]


def test_founding_and_ending_of_unions_are_told(world: World) -> None:
    listening(world, "https://192.0.32.10/", CITY)
    founded = unions.founded(world)
    ended = unions.ended(unions.dissolving(world, OTHER)).organisation
    follow()
    assert ("organisation.founded", {"organisation_id": founded.pk}) in in_line()
    assert ("organisation.ended", {"organisation_id": ended.pk}) in in_line()


def test_nobody_is_told_what_their_key_may_not_read(world: World) -> None:
    for at in (SISTER, COUNTY):
        listening(world, f"https://192.0.32.10/{at.encode().hex()[:8]}", at)
    narrow = key(world, scopes=("venues.read",))[0]
    with pytest.raises(Refused, match="会员入会"):
        hook(world, narrow, events=("member.joined",))
    hook(world, narrow, "https://192.0.32.10/venues", ("venue.opened",))
    Hook.objects.update(made_at=AT - timedelta(days=1))
    member(world, at=FAR)
    opened(world)
    follow()
    told = {(row.hook.url.rpartition("/")[2], row.event) for row in Delivery.objects.select_related("hook")}
    assert told == {(COUNTY.encode().hex()[:8], "venue.opened"), ("venues", "venue.opened")}


def test_the_union_that_was_left_is_told_too(world: World) -> None:
    listening(world, "https://192.0.32.10/sister", SISTER)
    of = key(world, BASE, "base_officer", ("organisations.read", "members.read"))[0]
    hook(world, of, "https://192.0.32.10/left", ("member.joined", "member.transferred", "organisation.moved"))
    Hook.objects.update(made_at=AT - timedelta(days=1))
    row = member(world)
    moving.ask(row, world.org(OTHER), by=BUILDER, at=AT)
    moving.accept(row, by=BUILDER, at=AT)
    union = world.org(FAR)
    detail = {"from": world.org(BASE).pk}
    trail.record("move", union, by=BUILDER, at=AT, summary="划转", detail=detail, organisation_id=union.pk)
    follow()
    told = [(row.hook.url[-4:], row.event) for row in Delivery.objects.select_related("hook").order_by("pk")]
    assert told == [("left", "member.joined"), ("left", "member.transferred"), ("left", "organisation.moved")]


def test_a_roster_brought_in_is_told_once(world: World, receiver: Receiver) -> None:
    listening(world, receiver.url)
    roster = rosters.entered(world, [rosters.row(1), rosters.row(2)])
    follow()
    assert in_line() == [("member.imported", {"roster_id": roster.pk, "organisation_id": roster.organisation_id})]


def test_every_event_is_of_a_step_or_an_entry_there_is() -> None:
    steps = {(machine.model.lower(), step.name) for machine in MACHINES for step in machine.steps}
    written = {(UNION, "found"), (UNION, "end"), (UNION, "move"), (DISPATCH, "write")}
    assert TOLD.keys() - steps == written
    for kind, verb in written:
        assert any(f'record("{verb}"' in path.read_text(encoding="utf-8") for path in modules()), kind


def test_only_the_events_asked_for_and_only_from_then_on(world: World) -> None:
    row, _ = listening(world, "https://192.0.32.10/", events=("member.joined",))
    Hook.objects.filter(pk=row.pk).update(made_at=AT + timedelta(minutes=30))
    opened(world)
    member(world)  # approved an hour after the samples' time
    follow()
    assert [event for event, _ in in_line()] == ["member.joined"]
    Hook.objects.filter(pk=row.pk).update(made_at=AT + timedelta(hours=2))
    member(world, "张三")
    follow()
    assert len(in_line()) == 1


def test_while_nobody_listens_nothing_is_kept(world: World) -> None:
    row, _ = listening(world, "https://192.0.32.10/")
    hooks.pause(row, by=world.actor(CITY, "admin"), at=AT)
    opened(world)
    assert follow() == 0
    hooks.resume(row, by=world.actor(CITY, "admin"), at=AT)
    follow()
    assert in_line() == []


def test_an_expired_or_revoked_key_is_told_nothing(world: World) -> None:
    row, _ = listening(world, "https://192.0.32.10/")
    ApiKey.objects.update(until_on=timezone.localdate())
    opened(world)
    follow()
    assert in_line() == []
    key_actions.revoke(row.key, by=world.actor(CITY, "admin"), at=AT)
    row.refresh_from_db()
    assert row.state == HookState.PAUSED
    with pytest.raises(Refused, match="已经作废"):
        hooks.resume(row, by=world.actor(CITY, "admin"), at=AT)
    with pytest.raises(Refused, match="已经作废"):
        hook(world, row.key)


def other_connection() -> psycopg.Connection:
    """Return another connection to the test database, in a transaction of its own."""
    return psycopg.connect(database_url())


COPY = (
    "insert into trail_entry (at, who, organisation_id, verb, kind, object_id, summary, detail, clause)"
    " select at, who, organisation_id, verb, kind, object_id, summary, detail, clause from trail_entry where id = %s"
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ending", ["commit", "rollback"])
def test_an_entry_committed_late_is_not_passed_over(ending: str) -> None:
    """A number taken first and committed last: reading waits for it, then goes on in order, whatever became of it."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time: numbers are committed in order")
    world = build()
    listening(world, "https://192.0.32.10/")
    venue = opened(world)
    row = Entry.objects.filter(kind="venues.venue", verb="open").get()
    while follow():
        continue
    before = len(in_line())
    with other_connection() as other:
        other.execute(COPY, [row.pk])
        trail.record("open", venue, by=BUILDER, at=AT, summary="后到先交", organisation_id=venue.organisation_id)
        for _ in range(5):
            assert follow() == 0
        getattr(other, ending)()
    assert follow() == (2 if ending == "commit" else 1)
    numbers = list(Delivery.objects.order_by("pk").values_list("entry_id", flat=True))
    assert len(numbers) == before + (2 if ending == "commit" else 1)
    assert numbers == sorted(numbers)


@pytest.mark.django_db(transaction=True)
def test_who_begins_to_write_later_holds_nothing_up() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time")
    world = build()
    listening(world, "https://192.0.32.10/")
    venue = opened(world)
    row = Entry.objects.filter(kind="venues.venue", verb="open").get()
    while follow():
        continue
    with other_connection() as first, other_connection() as second:
        first.execute(COPY, [row.pk])
        trail.record("open", venue, by=BUILDER, at=AT, summary="后到先交", organisation_id=venue.organisation_id)
        assert follow() == 0
        second.execute(COPY, [row.pk])
        first.rollback()
        assert follow() == 1


def test_numbers_are_read_a_patch_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "PATCH", 2)
    listening(world, "https://192.0.32.10/")
    opened(world)
    opened(world, name="城西司机之家")
    while follow():
        continue
    assert [event for event, _ in in_line()] == ["venue.opened", "venue.opened"]
    assert Reader.objects.get().position == Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]


def test_a_merged_registration_is_told_as_left_and_as_joined_when_that_is_undone(world: World) -> None:
    listening(world, "https://192.0.32.10/", CITY)
    pair = people.twins(world)
    told = {"reason": "持身份证核对", "by": BUILDER, "at": timezone.now()}
    row = merging.merge(pair, merging.Choice(pair.first_id), **told)
    unmerging.undo(row, **told)
    follow()
    gone = {"member_id": row.moved["absorbed"]["pk"], "organisation_id": world.org(OTHER).pk}
    assert in_line()[-2:] == [("member.left", gone), ("member.joined", gone)]


def test_the_trail_keeps_no_secret_of_a_receivers_address(world: World) -> None:
    row, _ = listening(world, "https://192.0.32.10/send?key=abc-123")
    hooks.pause(row, by=BUILDER, at=timezone.now())
    assert Entry.objects.filter(verb__in=("subscribe", "pause"), summary__contains="192.0.32.10/send?…").count() == 2
    assert not Entry.objects.filter(summary__contains="abc-123").exists()
