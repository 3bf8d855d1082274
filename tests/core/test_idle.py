"""A session that nobody used ends before anything is done in its name, and what was typed is there afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongshu.core.access.idle import KEPT, SEEN
from gongshu.delivery.models import Plan
from tests.worlds import PASSWORD, World

COUNTY, OTHER = "松桃苗族自治县总", "碧江区总"
ClientOf = Callable[..., Client]
PLAN = {"title": "2027年重点工作\n安排", "year": "2027", "starts_on": "2027-01-01", "ends_on": "2027-12-31"}


def leave(client: Client, minutes: int) -> None:
    """Let this many minutes pass since the session was last used."""
    session = client.session
    session[SEEN] = (timezone.now() - timedelta(minutes=minutes)).timestamp()
    session.save()


def log_in(client: Client, world: World, name: str, next_page: str = "/") -> str:
    """Log in on the page and return where it leads."""
    fields = {"username": world.account(name).username, "password": PASSWORD, "next": next_page}
    return client.post("/login/", fields)["Location"]


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_it_ends_after_half_an_hour(client_of: ClientOf, minutes: int, status: int) -> None:
    client = client_of(COUNTY)
    leave(client, minutes)
    answer = client.get("/orgs/")
    assert answer.status_code == status
    assert (SESSION_KEY in client.session) == (status == 200)


def test_the_setting_says_how_long(client_of: ClientOf, settings) -> None:
    settings.IDLE_MINUTES = 120
    client = client_of(COUNTY)
    leave(client, 100)
    assert client.get("/orgs/").status_code == 200


def test_the_log_in_page_says_why_and_leads_back(client_of: ClientOf) -> None:
    client = client_of(COUNTY)
    leave(client, 31)
    answer = client.get("/orgs/?at=3")
    assert parse_qs(urlsplit(answer["Location"]).query) == {"next": ["/orgs/?at=3"], "idle": ["1"]}
    assert "超过 30 分钟没有操作，已自动退出" in client.get(answer["Location"]).content.decode()


def test_using_it_starts_the_clock_anew_and_writes_at_most_once_a_minute(client_of: ClientOf) -> None:
    client = client_of(COUNTY)
    leave(client, 20)
    client.get("/orgs/")
    assert timezone.now().timestamp() - client.session[SEEN] < 10
    with CaptureQueriesContext(connection) as asked:
        client.get("/orgs/")
    assert not [query["sql"] for query in asked if query["sql"].startswith("UPDATE")]


def test_what_a_page_asks_by_itself_is_no_use_but_the_walls_is(client_of: ClientOf, world: World) -> None:
    client = client_of(COUNTY)
    leave(client, 20)
    client.get("/messages/", headers={"HX-Request": "true"})
    assert timezone.now().timestamp() - client.session[SEEN] > 1000
    client.get(f"/wall/{world.org(COUNTY).pk}/", headers={"HX-Request": "true"})
    assert timezone.now().timestamp() - client.session[SEEN] < 10
    leave(client, 31)
    answer = client.get("/messages/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")


def test_typing_keeps_it(client_of: ClientOf) -> None:
    client = client_of(COUNTY)
    leave(client, 20)
    assert client.get("/alive/").status_code == 204
    assert timezone.now().timestamp() - client.session[SEEN] < 10


def test_a_form_sent_too_late_does_nothing_and_is_sent_again_after_logging_in(
    client_of: ClientOf, world: World
) -> None:
    client = client_of(COUNTY)
    leave(client, 31)
    answer = client.post("/delivery/new/", PLAN)
    assert (Plan.objects.count(), SESSION_KEY in client.session) == (0, False)
    assert "重点工作" not in json.dumps(client.session[KEPT], ensure_ascii=False)
    wanted = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    assert (wanted, log_in(client, world, COUNTY, wanted)) == ("/kept/", "/kept/")
    page = client.get("/kept/")
    assert "2027年重点工作" in page.content.decode()
    again = dict(page.context["typed"].fields)
    assert again == PLAN
    client.post(page.context["typed"].path, again)
    plan = Plan.objects.get()
    assert (plan.ends_on, KEPT in client.session) == (date(2027, 12, 31), False)


def test_another_person_at_the_same_machine_does_not_see_it(client_of: ClientOf, world: World) -> None:
    client = client_of(COUNTY)
    leave(client, 31)
    client.post("/delivery/new/", PLAN)
    log_in(client, world, OTHER, "/kept/")
    answer = client.get("/kept/")
    assert (answer.status_code, answer["Location"], KEPT in client.session) == (302, "/", False)


def test_it_can_be_thrown_away(client_of: ClientOf, world: World) -> None:
    client = client_of(COUNTY)
    leave(client, 31)
    client.post("/delivery/new/", PLAN)
    log_in(client, world, COUNTY, "/kept/")
    client.post("/kept/drop/")
    assert KEPT not in client.session


def test_files_are_said_to_be_lost(client_of: ClientOf, world: World) -> None:
    client = client_of(COUNTY)
    leave(client, 31)
    client.post("/intake/", {"name": "报告", "file": SimpleUploadedFile("a.txt", b"x")})
    log_in(client, world, COUNTY, "/kept/")
    assert "当时选的附件没有保留" in client.get("/kept/").content.decode()


def test_passwords_and_what_is_far_too_long_are_not_kept(client_of: ClientOf) -> None:
    for path, fields in (("/password/", {"old": "x", "new": "y"}), ("/delivery/new/", {"title": "长" * 300_001})):
        client = client_of(COUNTY)
        leave(client, 31)
        client.post(path, fields)
        assert KEPT not in client.session


def test_a_forged_form_is_not_kept(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.account(COUNTY))
    leave(client, 31)
    assert client.post("/delivery/new/", PLAN).status_code == 302
    assert KEPT not in client.session


def test_a_draft_sent_too_late_is_refused_in_words(client_of: ClientOf) -> None:
    client = client_of(COUNTY)
    leave(client, 31)
    answer = client.post("/delivery/new/", PLAN, headers={"X-Autosave": "1"})
    assert (answer.status_code, KEPT in client.session) == (401, False)
    assert "填写的内容不会丢" in answer.json()["message"]


def test_a_log_in_ends_with_the_browser(world: World) -> None:
    client = Client()
    log_in(client, world, COUNTY)
    assert client.cookies["sessionid"]["expires"] == ""
    assert client.session.get_expire_at_browser_close()
    assert Session.objects.count() == 1


def test_behind_tls_browsers_are_told_to_stay_there(client_of: ClientOf, tmp_path) -> None:
    told = "from config.settings import base as s; print(s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE)"
    for value, expected in (("1", "31536000 True"), ("", "0 False")):
        surroundings = {**os.environ, "GONGSHU_HTTPS": value, "GONGSHU_HOME": str(tmp_path)}
        run = subprocess.run([sys.executable, "-c", told], env=surroundings, capture_output=True, text=True, check=True)
        assert run.stdout.strip() == expected
