"""Issuing and revoking keys, and whom they act as."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongshu.api.actions import keys
from gongshu.api.actions.keys import KeyOrder
from gongshu.api.models import ApiKey
from gongshu.api.queries.keys import actor_of
from gongshu.api.rules.keys import issuing, months_later
from gongshu.core.access.actor import Actor, can
from gongshu.core.base.problems import Refused
from gongshu.core.trail.models import Entry
from gongshu.delivery.enums import Permission as Delivery
from gongshu.members.enums import Permission as Members
from tests.api.samples import BASE, CITY, COUNTY, SISTER, Caller, caller, hook, key, until
from tests.members.samples import member
from tests.worlds import World

DAY = date(2026, 3, 2)
ORDER = KeyOrder("人社数据对接", "office", ("members.read",), until())


def issued(world: World, order: KeyOrder = ORDER, at: str = COUNTY, by: Actor | None = None) -> tuple[ApiKey, str]:
    return keys.issue(order, organisation=world.org(at), by=by or world.actor(CITY, "admin"), at=timezone.now())


def refused(world: World, **more: object) -> list[str]:
    with pytest.raises(Refused) as refusal:
        issued(world, **more)  # type: ignore[arg-type]
    return [problem.field or problem.message for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("name", "scopes", "until_on", "field"),
    [
        (" ", ("members.read",), DAY + timedelta(1), "name"),
        ("对接", (), DAY + timedelta(1), "scopes"),
        ("对接", ("members.read",), DAY, "until_on"),
        ("对接", ("members.read",), date(2027, 3, 3), "until_on"),
    ],
)
def test_what_a_key_must_have(name: str, scopes: tuple[str, ...], until_on: date, field: str) -> None:
    assert [problem.field for problem in issuing(name, scopes, until_on, on=DAY, months=12)] == [field]


def test_a_key_may_last_to_the_day_and_no_longer() -> None:
    assert issuing("对接", ("members.read",), date(2027, 3, 2), on=DAY, months=12) == []


@pytest.mark.parametrize(
    ("day", "later"), [(date(2026, 1, 31), date(2027, 1, 28)), (date(2026, 12, 5), date(2027, 12, 5))]
)
def test_twelve_months_on(day: date, later: date) -> None:
    assert months_later(day, 12) == later


def test_only_a_digest_of_the_secret_is_kept(world: World) -> None:
    row, text = issued(world)
    secret = text.rpartition("_")[2]
    assert bytes(row.digest) == keys.digest_of(text.removeprefix(f"gsk_{row.prefix}_"))
    assert secret not in str(vars(ApiKey.objects.get(pk=row.pk)))
    assert secret not in str(list(Entry.objects.values_list("summary", "detail")))


def test_an_officer_without_the_right_issues_nothing(world: World) -> None:
    assert "权限" in refused(world, by=world.actor(COUNTY))[0]


def test_nobody_issues_keys_for_a_sister_union(world: World) -> None:
    assert "权限" in refused(world, at=SISTER)[0]


def test_a_role_gets_no_scope_it_could_not_use(world: World) -> None:
    assert refused(world, order=replace(ORDER, scopes=("members.reveal",))) == ["scopes"]


def test_a_role_of_another_level_is_refused(world: World) -> None:
    assert refused(world, order=replace(ORDER, role="base_officer")) == ["role"]
    assert refused(world, order=replace(ORDER, role="nobody")) == ["role"]


def test_two_keys_of_one_name_do_not_stand_side_by_side(world: World) -> None:
    row, _ = issued(world)
    assert refused(world) == ["name"]
    keys.revoke(row, by=world.actor(CITY, "admin"), at=timezone.now())
    assert issued(world)[0].pk != row.pk


def test_who_issues_but_cannot_appoint_gives_no_more_than_they_hold(world: World) -> None:
    admin = world.actor(CITY, "admin")
    held = replace(admin.held[0], role=replace(admin.held[0].role, grants=frozenset({"api.keys", "orgs.see"})))
    weak = replace(admin, held=(held,), seat=held)
    assert refused(world, by=weak) == ["role"]
    assert issued(world, order=replace(ORDER, scopes=("organisations.read",)), by=weak)[0].pk


def test_a_key_acts_in_its_role_without_what_its_scopes_leave_out(world: World) -> None:
    actor = actor_of(issued(world)[0])
    assert can(actor, Members.SEE, at=world.org(BASE))
    assert not can(actor, Members.EDIT, at=world.org(BASE))
    assert not can(actor, Delivery.SEE, at=world.org(COUNTY))
    assert not can(actor, Members.SEE, at=world.org(SISTER))
    assert actor.display_name == "接口（松桃苗族自治县总·人社数据对接）"


def test_a_key_whose_role_is_gone_may_nothing(world: World) -> None:
    row, text = issued(world)
    ApiKey.objects.filter(pk=row.pk).update(role="abolished")
    assert Caller(text).get("/members").status_code == 403


def test_the_trail_names_the_connection(world: World) -> None:
    row, text = key(world)
    pk = member(world).pk
    assert Caller(text).send(f"/members/{pk}/steps", {"step": "keep", "note": "退休"}).status_code == 200
    entry = Entry.objects.order_by("-pk").first()
    assert entry is not None
    assert (entry.who, entry.account_id) == (row.display_name, None)


def test_revoked_expired_and_orphaned_keys_open_nothing(world: World) -> None:
    row, text = issued(world)
    assert Caller(text).get("/members").status_code == 200
    ApiKey.objects.filter(pk=row.pk).update(until_on=timezone.localdate())
    assert Caller(text).get("/members").status_code == 401
    ApiKey.objects.filter(pk=row.pk).update(until_on=until())
    world.org(COUNTY).__class__.objects.filter(pk=world.org(COUNTY).pk).update(ended_on=timezone.localdate())
    assert Caller(text).get("/members").status_code == 401
    world.org(COUNTY).__class__.objects.filter(pk=world.org(COUNTY).pk).update(ended_on=None)
    keys.revoke(row, by=world.actor(CITY, "admin"), at=timezone.now())
    assert Caller(text).get("/members").status_code == 401
    with pytest.raises(Refused, match="已经作废"):
        keys.revoke(row, by=world.actor(CITY, "admin"), at=timezone.now())


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "x", lambda t: "gsk_", lambda t: t.replace("gsk", "x")]
)
def test_a_slip_in_the_secret_opens_nothing(world: World, change) -> None:
    assert Caller(change(issued(world)[1])).get("/members").status_code == 401


def test_a_bucket_holds_so_many_calls_and_says_when_to_come_again(world: World, settings) -> None:
    settings.API_PER_MINUTE = 12
    by, other = caller(world), caller(world)
    answers = [by.get("/venues") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 5
    assert "每分钟最多 12 次" in answers[2].json()["problems"][0]["message"]
    assert other.get("/venues").status_code == 200


def test_a_bucket_fills_again(world: World, settings, monkeypatch) -> None:
    settings.API_PER_MINUTE = 12
    by = caller(world)
    while by.get("/venues").status_code == 200:
        pass
    later = timezone.now() + timedelta(seconds=6)
    monkeypatch.setattr("gongshu.api.views.v1.calls.timezone.now", lambda: later)
    assert [by.get("/venues").status_code for _ in range(2)] == [200, 429]


def test_the_key_is_shown_once_and_its_page_says_what_it_may(world: World, client_of) -> None:
    admin = client_of(CITY, "admin")
    address = f"{reverse('api:new_key')}?organisation={world.org(COUNTY).pk}"
    assert "发放密钥" in admin.get(address).content.decode()
    told = {"name": "人社数据对接", "role": "office", "scopes": ["members.read"], "until_on": str(until())}
    page = admin.post(address, told).content.decode()
    row = ApiKey.objects.get()
    text = page.split("gsk_")[1].split("<")[0]
    assert Caller(f"gsk_{text}").get("/members").status_code == 200
    shown = admin.get(row.get_absolute_url()).content.decode()
    assert "会员：读" in shown
    assert text.partition("_")[2] not in shown
    assert admin.post(reverse("api:revoke", args=[row.pk])).status_code == 302
    assert admin.post(reverse("api:revoke", args=[row.pk])).status_code == 422
    assert "已作废" in admin.get(reverse("api:keys")).content.decode()


def test_what_is_wrong_with_a_key_is_told_beside_the_field(world: World, client_of) -> None:
    admin = client_of(CITY, "admin")
    told = {"name": "对接", "role": "office", "scopes": ["members.reveal"], "until_on": str(until())}
    answer = admin.post(reverse("api:new_key"), told)
    assert answer.status_code == 422
    assert "办不了" in answer.content.decode()


@pytest.mark.parametrize("page", ["api:keys", "api:hooks"])
def test_lists_take_the_same_number_of_queries(world: World, client_of, page: str) -> None:
    admin = client_of(CITY, "admin")
    admin.get(reverse(page))
    counts = []
    for many in (1, 2):
        for _ in range(many):
            hook(world, key(world)[0])
        with CaptureQueriesContext(
            connection,
        ) as found:
            admin.get(reverse(page))
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_the_reference_needs_no_login_and_no_script(db: None, client) -> None:
    page = client.get(reverse("api:reference")).content.decode()
    assert "POST /api/v1/venues/{pk}/steps" in page
    assert "ProblemsOut" in page
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")
