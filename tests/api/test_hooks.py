"""Telling other systems what happened."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from gongshu.api.actions import delivering, following, hooks
from gongshu.api.actions import keys as key_actions
from gongshu.api.enums import HookState, Outcome
from gongshu.api.models import ApiKey, Delivery, Hook, Reader
from gongshu.api.rules import addresses
from gongshu.api.rules.hooks import MINUTES, MOST_TRIES, Happened, next_try, signed
from gongshu.core.base.problems import Refused
from gongshu.core.jobs.worker import Worker
from gongshu.core.messages.models import Message
from gongshu.core.trail import actions as trail
from gongshu.core.trail.models import Entry
from gongshu.delivery import actions as delivery
from gongshu.members.actions import lasting, moving
from gongshu.venues import actions as venues
from tests.api.receivers import Receiver, is_genuine, receiving
from tests.api.samples import BASE, CITY, COUNTY, SISTER, hook, key
from tests.architecture import routes
from tests.members.samples import FAR, OTHER, member
from tests.organising import samples as unions
from tests.processes import database_url
from tests.venues.samples import opened
from tests.worlds import BUILDER, World, build

AT = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.get_fixed_timezone(480))


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """Return a receiver on this machine, whose net the operator allows."""
    settings.WEBHOOK_PRIVATE = ["127.0.0.0/8"]
    with receiving() as found:
        yield found


def listening(world: World, url: str, at: str = COUNTY, events: tuple[str, ...] = ()) -> tuple[Hook, str]:
    """Return an address told of everything since the samples' day, and its secret."""
    wanted = list(events) or sorted(set(following.TOLD.values()))
    row, secret = hooks.subscribe(key(world, at)[0], url, wanted, by=BUILDER, at=timezone.now())
    Hook.objects.filter(pk=row.pk).update(owner=world.account(CITY, "admin"))
    Hook.objects.filter(pk=row.pk).update(made_at=AT - timedelta(days=1))
    follow()
    return row, secret


def follow(at: datetime | None = None) -> int:
    with transaction.atomic():
        return following.follow(at=at or timezone.now())


def tell(at: datetime | None = None) -> int:
    """Tell what is due; return how many events arrived."""
    now = at or timezone.now()
    with transaction.atomic():
        taken = delivering.claim(at=now)
    return delivering.settle(taken, delivering.tell(taken, at=now), at=now)


def in_line() -> list[tuple[str, dict[str, Any]]]:
    return [(row.event, row.payload["data"]) for row in Delivery.objects.order_by("pk")]


# what is told


def test_a_signature_is_as_the_standard_has_it() -> None:
    """The sample of the Standard Webhooks reference libraries."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    headers = signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_waits_grow_and_end() -> None:
    found = [next_try(tries, at=AT) for tries in range(1, MOST_TRIES + 1)]
    assert found == [*(AT + timedelta(minutes=minutes) for minutes in MINUTES), None]


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


# telling


def test_the_worker_tells_it_signed(world: World, receiver: Receiver) -> None:
    _, secret = listening(world, receiver.url)
    venue = opened(world)
    Worker().drain()
    ((headers, body),) = receiver.came
    assert is_genuine(secret, headers, body)
    assert not is_genuine(secret, headers, body + b" ")
    assert receiver.told[0]["data"] == {"venue_id": venue.pk, "organisation_id": venue.organisation_id}
    told = Delivery.objects.get()
    assert (told.outcome, told.status, told.tries) == (Outcome.DONE, 204, 1)
    assert headers["webhook-id"] == told.message_id


def test_an_address_that_fails_is_tried_later_in_order_and_then_stopped(world: World, receiver: Receiver) -> None:
    row, _ = listening(world, receiver.url)
    opened(world)
    opened(world, name="城西司机之家")
    follow()
    receiver.status, now = 500, timezone.now()
    for minutes in MINUTES:
        assert tell(now) == 0
        assert tell(now + timedelta(minutes=minutes) - timedelta(seconds=1)) == 0
        now += timedelta(minutes=minutes)
    assert len(receiver.came) == len(MINUTES)
    assert tell(now) == 0
    first, second = Delivery.objects.order_by("pk")
    assert (first.outcome, first.tries, first.note) == (Outcome.DEAD, MOST_TRIES, "对方答复 500")
    assert (second.outcome, second.tries) == (Outcome.WAITING, 0)
    row.refresh_from_db()
    assert row.state == HookState.FAILED
    assert Message.objects.get().url == row.get_absolute_url()
    assert tell(now + timedelta(days=2)) == 0
    receiver.status = 200
    by = world.actor(CITY, "admin")
    with pytest.raises(Refused, match="先恢复"):
        hooks.send_again(first, by=by, at=now)
    hooks.resume(row, by=by, at=now)
    hooks.send_again(Delivery.objects.select_related("hook").get(pk=first.pk), by=by, at=now)
    assert tell(now) == 2
    assert {told["data"]["venue_id"] for told in receiver.told[-2:]} == {
        told["data"]["venue_id"] for told in (first.payload, second.payload)
    }


def test_an_address_that_is_gone_is_stopped_at_once(world: World, receiver: Receiver) -> None:
    row, _ = listening(world, receiver.url)
    opened(world)
    follow()
    receiver.status = 410
    tell()
    row.refresh_from_db()
    assert row.state == HookState.FAILED
    assert Delivery.objects.get().outcome == Outcome.DEAD


def test_one_address_that_fails_holds_no_other_up(world: World, receiver: Receiver, unused_port: int) -> None:
    listening(world, f"http://127.0.0.1:{unused_port}/")
    listening(world, receiver.url)
    opened(world)
    follow()
    assert tell() == 1
    assert "没有应答" in Delivery.objects.get(outcome=Outcome.WAITING).note


def test_it_follows_no_redirect(world: World, receiver: Receiver) -> None:
    listening(world, receiver.url)
    opened(world)
    follow()
    receiver.status = 307
    assert tell() == 0
    assert len(receiver.came) == 1


def test_a_receiver_that_never_ends_its_answer_is_cut_off(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBHOOK_PRIVATE = ["127.0.0.0/8"]
    monkeypatch.setattr(delivering, "LONGEST", 0.5)
    server = socket.create_server(("127.0.0.1", 0))
    is_over = threading.Event()

    def drip() -> None:
        line, _ = server.accept()
        with line:
            line.sendall(b"HTTP/1.1 2")
            while not is_over.wait(0.05):
                try:
                    line.sendall(b"a")
                except OSError:
                    break

    thread = threading.Thread(target=drip)
    thread.start()
    listening(world, f"http://127.0.0.1:{server.getsockname()[1]}/")
    opened(world)
    follow()
    assert tell() == 0
    is_over.set()
    thread.join()
    server.close()
    assert "没有应答" in Delivery.objects.get().note


def test_a_worker_killed_in_the_middle_leaves_it_in_line(world: World, receiver: Receiver) -> None:
    listening(world, receiver.url)
    opened(world)
    follow()
    now = timezone.now()
    with transaction.atomic():
        assert len(delivering.claim(at=now)) == 1
        assert delivering.claim(at=now) == []
    assert tell(now + delivering.LEASE) == 1


def test_the_log_is_forgotten_after_a_month(world: World, receiver: Receiver) -> None:
    row, _ = listening(world, receiver.url)
    hooks.ping(row, by=world.actor(CITY, "admin"), at=timezone.now())
    assert tell() == 1
    assert receiver.told[0]["type"] == "ping"
    assert delivering.forget(at=timezone.now() + timedelta(days=29)) == 0
    assert delivering.forget(at=timezone.now() + timedelta(days=30)) == 1


# where to


INSIDE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
    *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
    *("64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:10.0.0.1", "fe80::1%eth0"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_not_called(address: str) -> None:
    where = addresses.target("https://oa.example.cn/")
    assert addresses.reaching(where, [address], ()) != []
    assert addresses.reaching(where, ["1.1.1.1", address], ()) != []


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_addresses_outside_are_called_by_https_only(address: str) -> None:
    assert addresses.reaching(addresses.target("https://oa.example.cn/"), [address], ()) == []
    assert addresses.reaching(addresses.target("http://oa.example.cn/"), [address], ()) != []


def test_a_net_the_operator_allows_is_called() -> None:
    allowed = addresses.nets(["10.0.0.0/8", " fd00::/8"])
    for scheme in ("http", "https"):
        where = addresses.target(f"{scheme}://oa/")
        assert addresses.reaching(where, ["10.1.2.3"], allowed) == []
        assert addresses.reaching(where, ["fd00::1"], allowed) == []
        assert addresses.reaching(where, ["10.1.2.3", "192.168.0.1"], allowed) != []
    assert addresses.reaching(addresses.target("http://oa/"), ["10.1.2.3", "1.1.1.1"], allowed) != []


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://a.cn/", "file:///etc/passwd", "https://", "https:///x", "javascript:1", "//a.cn/", "oa.example.cn"),
        *("https://a b.cn/", "https://工会.cn/", "https://u:p@a.cn/", "https://a.cn:0/", "https://a.cn:99999/"),
        *("https://a.cn/\r\nX: y", "https://[::1/"),
    ],
)
def test_what_is_no_address_is_refused_in_words(url: str) -> None:
    with pytest.raises(ValueError, match=r"[一-鿿]"):
        addresses.target(url)


def test_the_port_and_the_query_are_kept() -> None:
    assert addresses.target("https://a.cn:8443/x?y=1") == addresses.Target("https", "a.cn", 8443, "/x?y=1")
    assert addresses.target("https://a.cn") == addresses.Target("https", "a.cn", 443, "/")


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://localhost/", "https://10.0.0.1/", "https://2130706433/"]
)
def test_an_address_inside_is_refused_when_it_is_written_down(world: World, url: str) -> None:
    with pytest.raises(Refused) as refusal:
        hook(world, key(world)[0], url)
    assert refusal.value.problems[0].field == "url"


def test_a_name_that_leads_inside_by_now_is_not_called(world: World, receiver: Receiver, settings: Any) -> None:
    listening(world, receiver.url)
    opened(world)
    follow()
    settings.WEBHOOK_PRIVATE = []
    assert tell() == 0
    assert receiver.came == []
    assert "内部地址" in Delivery.objects.get().note


def test_it_connects_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name looked up again while connecting could lead elsewhere by then."""
    asked: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], *_: object) -> socket.socket:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    line = delivering._Pinned(addresses.target("http://oa.example.cn:8080/"), "10.1.2.3")
    with pytest.raises(ConnectionRefusedError):
        line.request("POST", "/")
    assert asked == [("10.1.2.3", 8080)]


def test_an_address_is_written_down_once(world: World) -> None:
    of = key(world)[0]
    hook(world, of)
    with pytest.raises(Refused, match="已经登记过"):
        hook(world, of)


# pages


def test_the_pages_subscribe_test_pause_resume_and_send_again(
    world: World, receiver: Receiver, client_of: Callable[..., Any]
) -> None:
    admin, of = client_of(CITY, "admin"), key(world)[0]
    told = {"url": receiver.url, "events": ["venue.opened"]}
    page = admin.post(reverse("api:new_hook", args=[of.pk]), told).content.decode()
    secret = "whsec_" + page.split("whsec_")[1].split("<")[0]
    row = Hook.objects.get()
    address = row.get_absolute_url()
    assert secret not in admin.get(address).content.decode()
    assert admin.post(reverse("api:hook_act", args=[row.pk, "ping"])).status_code == 302
    assert tell() == 1
    assert is_genuine(secret, *receiver.came[0])
    shown = admin.get(address).content.decode()
    assert "已送达" in shown
    again = reverse("api:send_again", args=[Delivery.objects.get().pk])
    assert admin.post(again).status_code == 302
    assert tell() == 1
    assert receiver.came[0][0]["webhook-id"] == receiver.came[1][0]["webhook-id"]
    assert admin.post(reverse("api:hook_act", args=[row.pk, "pause"])).status_code == 302
    assert admin.post(again).status_code == 422
    assert "已暂停" in admin.get(reverse("api:hooks")).content.decode()
    assert admin.post(reverse("api:hook_act", args=[row.pk, "resume"])).status_code == 302
    assert admin.post(reverse("api:hook_act", args=[row.pk, "fly"])).status_code == 404


def test_a_bad_address_is_told_beside_the_field_and_nothing_typed_is_lost(
    world: World, client_of: Callable[..., Any]
) -> None:
    admin, of = client_of(CITY, "admin"), key(world)[0]
    told = {"url": "https://10.0.0.1/told", "events": ["venue.opened"]}
    answer = admin.post(reverse("api:new_hook", args=[of.pk]), told)
    assert answer.status_code == 422
    assert "内部地址" in answer.content.decode()
    assert "https://10.0.0.1/told" in answer.content.decode()


def test_exports_hold_what_the_lists_show(world: World, client_of: Callable[..., Any]) -> None:
    admin, row = client_of(CITY, "admin"), hook(world, key(world)[0])
    hooks.ping(row, by=world.actor(CITY, "admin"), at=timezone.now())
    for address in (reverse("api:keys"), reverse("api:hooks"), row.get_absolute_url()):
        assert admin.get(f"{address}?export=xlsx").status_code == 200
