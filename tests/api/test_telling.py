"""Telling: signed, tried again, given up, and seen on the pages."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongshu.api.actions import delivering, hooks
from gongshu.api.enums import HookState, Outcome
from gongshu.api.models import Delivery, Hook
from gongshu.api.rules.hooks import MINUTES, MOST_TRIES
from gongshu.core.base.problems import Refused
from gongshu.core.jobs.worker import Worker
from gongshu.core.messages.models import Message
from tests.api.listening import follow, listening, tell
from tests.api.receivers import Receiver, is_genuine
from tests.api.samples import CITY, hook, key
from tests.venues.samples import opened
from tests.worlds import World


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
