"""Accounts and appointments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongshu.core.access.actions import appoint
from gongshu.core.access.models import Appointment
from gongshu.core.people.models import Account
from gongshu.core.trail.models import Entry
from gongshu.desk import actions
from tests.worlds import BUILDER, NOW, World

ClientOf = Callable[..., Client]
CITY, COUNTY, SISTER = "铜仁市总", "松桃苗族自治县总", "贵阳市总"


def post_of(world: World, name: str, role: str = "office") -> Appointment:
    return world.account(name, role).appointments.get()


def opened(client: Client, world: World, username: str = "zhang", at: str = COUNTY, role: str = "office"):
    wanted = {"name": "张演示", "username": username, "role": role, "department": ""}
    return client.post(f"/people/new/?organisation={world.org(at).pk}", wanted)


def test_an_account_is_opened_with_a_password_that_works_and_is_shown_once(world: World, client_of: ClientOf):
    response = opened(client_of(CITY, "admin"), world)
    password = response.context["password"]
    assert response.status_code == 200
    assert password in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    account = Account.objects.get(username="zhang")
    assert account.check_password(password)
    assert Client().login(username="zhang", password=password)
    assert account.appointments.get().organisation == world.org(COUNTY)
    told = str(list(Entry.objects.values_list("summary", "detail")))
    assert password not in told
    assert "任命张演示为松桃苗族自治县总办公室（综合）" in told


def test_whoever_has_a_first_password_changes_it_before_anything_else(world: World, client_of: ClientOf):
    first = opened(client_of(CITY, "admin"), world).context["password"]
    client = Client()
    client.post("/login/", {"username": "zhang", "password": first})
    for address in ("/", "/venues/"):
        assert client.get(address).url == "/password/"
    assert "请先改密码" in client.get("/password/").content.decode()
    own = "yi-ge-xin-de-mima-7"
    assert client.post("/password/", {"old": first, "new": own, "again": own}).status_code == 200
    assert (client.get("/").status_code, client.get("/venues/").status_code) == (200, 200)


def test_the_same_user_name_is_refused_and_nothing_is_left_half_done(world: World, client_of: ClientOf):
    client = client_of(CITY, "admin")
    opened(client, world)
    response = opened(client, world)
    assert response.status_code == 422
    assert response.context["form"].errors["username"] == ["这个用户名已有人用，请换一个"]
    assert Account.objects.filter(person__name="张演示").count() == 1


@pytest.mark.parametrize("username", ["", "Z", "张三", "a b", "x" * 61])
def test_a_user_name_is_letters_and_figures(world: World, client_of: ClientOf, username: str):
    assert opened(client_of(CITY, "admin"), world, username).status_code == 422


def test_a_role_is_offered_only_at_its_levels(world: World, client_of: ClientOf):
    response = opened(client_of(CITY, "admin"), world, at="碧江区1号企业", role="office")
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["role"]


def test_nobody_appoints_at_a_sister_union(world: World, client_of: ClientOf):
    assert opened(client_of(CITY, "admin"), world, at=SISTER).status_code == 404
    assert not Account.objects.filter(username="zhang").exists()


def test_another_organisation_is_found_by_name_within_reach(world: World, client_of: ClientOf):
    page = client_of(CITY, "admin").get("/people/new/?find=总工会").content.decode()
    assert "碧江区总工会" in page
    assert "贵阳市总工会" not in page
    none = client_of(CITY, "admin").get("/people/new/?find=没有这家").content.decode()
    assert "没有名称含“没有这家”的组织" in none


def test_the_list_is_narrowed_and_downloads(world: World, client_of: ClientOf):
    client = client_of(CITY, "admin")
    ended = post_of(world, COUNTY)
    Appointment.objects.filter(pk=ended.pk).update(until_on=NOW.date() + timedelta(days=1))
    post_of(world, "碧江区总")
    post_of(world, SISTER)

    def names(query: str) -> list[str]:
        return [row.organisation.short_name for row in client.get(f"/people/?{query}").context["table"].page]

    assert names("") == [CITY, COUNTY, "碧江区总"]
    assert names("state=now") == [CITY, "碧江区总"]
    assert names("state=ended") == [COUNTY]
    assert names("role=admin") == [CITY]
    assert client.get("/people/?export=xlsx")["Content-Type"].endswith("spreadsheetml.sheet")


def test_an_appointment_ends_from_a_day_on(world: World, client_of: ClientOf):
    client, post = client_of(CITY, "admin"), post_of(world, COUNTY)
    assert client.post(f"/people/{post.pk}/end/", {"until_on": "2020-01-01"}).status_code == 422
    today = timezone.localdate()
    assert client.post(f"/people/{post.pk}/end/", {"until_on": today.isoformat()}).status_code == 302
    post.refresh_from_db()
    assert post.until_on == today
    assert "没有任职" in client_of(COUNTY).get("/").content.decode()


def test_the_day_offered_for_an_end_is_today_as_a_browser_reads_it(world: World, client_of: ClientOf):
    client, post = client_of(CITY, "admin"), post_of(world, COUNTY)
    for address in (f"/people/{post.pk}/", f"/people/{post.pk}/end/"):
        assert f'value="{timezone.localdate().isoformat()}"' in client.get(address).content.decode()


def test_a_person_is_given_a_further_role(world: World, client_of: ClientOf):
    client, post = client_of(CITY, "admin"), post_of(world, COUNTY)
    assert client.post(f"/people/{post.pk}/again/", {"role": "nonsense"}).status_code == 422
    there = world.org("碧江区总")
    response = client.post(f"/people/{post.pk}/again/?organisation={there.pk}", {"role": "worker", "department": ""})
    assert response.status_code == 302
    assert post.account.appointments.get(role="worker").organisation == there
    assert "碧江区总工会 业务部门" in client.get(f"/people/{post.pk}/").content.decode()


def test_a_new_password_replaces_the_old_one(world: World, client_of: ClientOf):
    client, post = client_of(CITY, "admin"), post_of(world, COUNTY)
    password = client.post(f"/people/{post.pk}/password/").context["password"]
    assert Account.objects.get(pk=post.account_id).check_password(password)
    assert Entry.objects.filter(verb="reset_password", object_id=post.account_id).count() == 1


def test_the_password_of_somebody_with_a_post_above_is_out_of_reach(world: World, client_of: ClientOf):
    post = post_of(world, COUNTY)
    appoint(post.account, "office", world.org("贵州省总"), by=BUILDER, at=NOW)
    before = Account.objects.get(pk=post.account_id).password
    assert client_of(CITY, "admin").post(f"/people/{post.pk}/password/").status_code == 404
    assert Account.objects.get(pk=post.account_id).password == before


def test_an_office_without_the_permission_sees_nothing_of_it(world: World, client_of: ClientOf):
    assert client_of(CITY).get("/people/").status_code == 403
    assert "人员与任职" not in client_of(CITY).get("/").content.decode()


def test_a_first_password_is_never_the_same_and_has_no_letter_mistaken_for_another():
    made = {actions.first_password() for _ in range(200)}
    assert len(made) == 200
    assert not set("".join(made)) & set("01ilo")


def test_the_list_asks_the_same_questions_at_one_and_three_rows(world: World, client_of: ClientOf):
    client = client_of(CITY, "admin")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/people/")
        return len(asked)

    one = count()
    post_of(world, COUNTY)
    post_of(world, "碧江区总")
    assert count() == one
