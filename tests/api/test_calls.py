"""What every call shares: once only, pages, tags, refusals."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongshu.api.actions import repeating
from gongshu.api.models import Answer
from gongshu.core.trail.models import Entry
from gongshu.delivery import actions as delivery
from gongshu.delivery.enums import Receivers
from gongshu.delivery.models import Task
from gongshu.delivery.rules.drafts import DispatchOrder
from gongshu.members.models import Membership
from gongshu.venues.models import Venue
from tests.api.samples import BASE, CITY, COUNTY, Caller, caller, key
from tests.architecture import routes
from tests.members.samples import applied, facts, member
from tests.venues.samples import opened, prepared
from tests.worlds import NOW, World, build


def new_member(world: World, name: str = "何立") -> dict[str, object]:
    return {"organisation_id": world.org(BASE).pk, "name": name, "form": "rider", "phone": "13800001111"}


def new_venue(world: World, name: str = "城东司机之家") -> dict[str, object]:
    return {"organisation_id": world.org(COUNTY).pk, "kind": "driver_home", "name": name}


def test_a_call_sent_again_is_done_once_and_answered_alike(world: World) -> None:
    by = caller(world)
    first, again = (by.send("/members", new_member(world), Idempotency_Key="apply-0001") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert (first["ETag"], first["Location"]) == (again["ETag"], again["Location"])
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Membership.objects.count() == 1
    assert by.get(first["Location"].removeprefix("/api/v1")).content == first.content


def test_the_kept_answer_is_sealed(world: World) -> None:
    caller(world).send("/members", new_member(world, "欧阳何立"))
    with connection.cursor() as cursor:
        cursor.execute("select body from api_answer")
        raw = bytes(cursor.fetchone()[0])
    assert "欧阳何立".encode() not in raw


def test_a_key_for_another_call_is_refused(world: World) -> None:
    by = caller(world)
    by.send("/members", new_member(world), Idempotency_Key="apply-0001")
    other = by.send("/members", new_member(world, "张三"), Idempotency_Key="apply-0001")
    assert other.status_code == 422
    assert other.json()["type"].endswith("#key-reused")
    elsewhere = by.send("/venues", new_venue(world), Idempotency_Key="apply-0001")
    assert elsewhere.status_code == 422
    assert Membership.objects.count() == 1
    assert Venue.objects.count() == 0


def test_two_systems_may_use_the_same_number(world: World) -> None:
    for by in (caller(world), caller(world)):
        assert by.send("/venues", new_venue(world, f"{id(by)}"), Idempotency_Key="venue-0001").status_code == 201
    assert Venue.objects.count() == 2


def test_what_was_refused_may_be_sent_again_put_right(world: World) -> None:
    by = caller(world)
    wrong = by.send("/members", new_member(world) | {"phone": "123"}, Idempotency_Key="apply-0001")
    assert wrong.status_code == 422
    assert wrong.json()["problems"][0]["field"] == "phone"
    assert Answer.objects.count() == 0
    assert by.send("/members", new_member(world), Idempotency_Key="apply-0001").status_code == 201


def test_after_a_day_the_number_is_free_again(world: World) -> None:
    by = caller(world)
    by.send("/venues", new_venue(world), Idempotency_Key="venue-0001")
    Answer.objects.update(at=timezone.now() - repeating.KEPT)
    assert by.send("/venues", new_venue(world, "城西司机之家"), Idempotency_Key="venue-0001").status_code == 201
    Answer.objects.update(at=timezone.now() - repeating.KEPT + timedelta(minutes=1))
    assert repeating.forget(at=timezone.now()) == 0
    assert repeating.forget(at=timezone.now() + timedelta(minutes=1)) == 1


@pytest.mark.parametrize("token", ["", "short", "with blank 1", "x" * 65, "汉字汉字汉字汉字"])
def test_a_call_that_writes_needs_a_number_of_its_own(world: World, token: str) -> None:
    answer = caller(world).send("/venues", new_venue(world), Idempotency_Key=token.encode().decode("latin-1"))
    assert answer.status_code == 400
    assert Venue.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_done_once() -> None:
    world = build()
    text = key(world)[1]
    told, gate, answers = new_venue(world), threading.Barrier(4), list[tuple[int, bytes]]()

    def send() -> None:
        gate.wait()
        answer = Caller(text).send("/venues", told, Idempotency_Key="venue-0001")
        answers.append((answer.status_code, answer.content))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert answers[0][0] == 201
    assert Venue.objects.count() == 1
    assert Entry.objects.filter(kind="venues.venue").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_kept_with_the_write_or_neither_is(monkeypatch) -> None:
    """Killed between the write and the end of the transaction: nothing is there, and the call sent again is done."""
    world = build()
    by = Caller(key(world)[1])

    def killed(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("gongshu.api.actions.repeating.put", killed)
        with pytest.raises(SystemExit):
            by.send("/venues", new_venue(world), Idempotency_Key="venue-0001")
    assert (Venue.objects.count(), Answer.objects.count()) == (0, 0)
    assert by.send("/venues", new_venue(world), Idempotency_Key="venue-0001").status_code == 201


def walked(by: Caller, path: str) -> list[int]:
    """Return the keys of every row, a page of two at a time."""
    found, cursor = [], ""
    while True:
        page = by.get(f"{path}{'&' if '?' in path else '?'}limit=2&cursor={cursor}").json()
        found += [row["id"] for row in page["items"]]
        cursor = page["next"]
        if not cursor:
            return found


def test_pages_hold_every_row_once(world: World) -> None:
    by = caller(world, CITY)
    for n in range(5):
        member(world, f"张{n}", order=20 + n, at=BASE)
        opened(world, name=f"司机之家{n}")
    assert len(walked(by, "/members")) == len(set(walked(by, "/members"))) == 5
    assert len(set(walked(by, "/members?name=张"))) == 5
    assert len(walked(by, "/venues")) == len(set(walked(by, "/venues"))) == 5
    assert len(walked(by, "/organisations")) == len(set(walked(by, "/organisations"))) == 7
    assert walked(by, f"/organisations?under={world.org(COUNTY).pk}&level=base") == [
        world.org("松桃苗族自治县1号企业").pk,
        world.org("松桃苗族自治县2号企业").pk,
    ]


def test_a_cursor_is_good_for_its_list_filters_and_key_only(world: World) -> None:
    by, other = caller(world, CITY), caller(world, CITY)
    cursor = by.get("/organisations?limit=1").json()["next"]
    assert by.get(f"/organisations?limit=1&cursor={cursor}").status_code == 200
    for path, who in (
        (f"/organisations?limit=1&level=base&cursor={cursor}", by),
        (f"/venues?cursor={cursor}", by),
        (f"/organisations?cursor={cursor}", other),
        (f"/organisations?cursor={cursor[:-1]}", by),
        ("/members?cursor=x", by),
    ):
        answer = who.get(path)
        assert answer.status_code == 422
        assert answer.json()["problems"][0]["field"] == "cursor"


@pytest.mark.parametrize(
    "path", ["/organisations", "/members", "/venues", "/plans", "/plans/{plan}/tasks", "/assignments"]
)
def test_lists_take_the_same_number_of_queries(world: World, path: str) -> None:
    by, counts = caller(world, CITY), []
    first = routes._plan(world)
    for many in (1, 2):
        for n in range(many):
            member(world, order=20 + 2 * many + n)
            opened(world, name=f"司机之家{many}{n}")
            task = Task.objects.create(plan=first, text=f"开展第{many}{n}次宣讲")
            order = DispatchOrder(Receivers.CHILDREN, date(NOW.year, 6, 30), f"form-{many}-{n}")
            delivery.give(task, order, by=world.actor(CITY), at=NOW)
            routes._plan(world)
        with CaptureQueriesContext(connection) as found:
            answer = by.get(path.format(plan=first.pk))
        counts.append((len(answer.json()["items"]), len(found)))
    assert counts[1][0] > counts[0][0] or path == "/organisations"
    assert counts[0][1] == counts[1][1]


def test_what_has_not_changed_is_not_sent_again(world: World) -> None:
    by, venue = caller(world), opened(world)
    tag = by.get(f"/venues/{venue.pk}")["ETag"]
    assert by.get(f"/venues/{venue.pk}", **{"If-None-Match": tag}).status_code == 304
    by.send(f"/venues/{venue.pk}", {"phone": "0856-7654321"}, method="patch")
    assert by.get(f"/venues/{venue.pk}", **{"If-None-Match": tag}).status_code == 200


def test_a_change_meets_what_was_read_or_is_refused(world: World) -> None:
    by, venue = caller(world), opened(world)
    tag = by.get(f"/venues/{venue.pk}")["ETag"]
    done = by.send(f"/venues/{venue.pk}", {"phone": "0856-7654321"}, method="patch", If_Match=tag)
    assert done.status_code == 200
    late = by.send(f"/venues/{venue.pk}", {"address": "别处"}, method="patch", If_Match=tag)
    assert late.status_code == 412
    assert late.json()["type"].endswith("#changed")
    again = by.send(f"/venues/{venue.pk}", {"address": "别处"}, method="patch", If_Match=done["ETag"])
    assert again.json()["address"] == "别处"


def test_a_refusal_says_why_in_which_field_by_which_clause(world: World) -> None:
    venue = prepared(world, equipment=[])
    answer = caller(world).send(f"/venues/{venue.pk}/steps", {"step": "open"})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    (problem,) = answer.json()["problems"]
    assert problem["field"] == "equipment"
    assert problem["clause"]
    assert problem["grade"]


@pytest.mark.parametrize("body", ["{", '"\\ud800"', "[1]", "", '{"name": "\\u0000"}', '{"name": NaN}'])
def test_a_body_that_cannot_be_read_is_refused(world: World, body: str) -> None:
    by = caller(world)
    headers = {"Idempotency-Key": "venue-0001"}
    answer = by.client.post("/api/v1/venues", body, content_type="application/json", headers=headers)
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_what_no_view_is_reached_for_is_answered_alike(world: World) -> None:
    by = caller(world)
    assert by.get("/nothing").json()["title"] == "没有找到"
    assert by.get("/venues?kind=%00").json()["title"] == "请求无法读取"
    form = by.client.post("/api/v1/venues", {"a": "b"}, headers={"Idempotency-Key": "venue-0001"})
    assert form.status_code == 415


def test_people_still_get_pages(client) -> None:
    assert client.get("/nothing/")["Content-Type"].startswith("text/html")
    assert client.get("/login/?next=%00").status_code == 400


def test_a_fault_of_ours_is_told_without_its_words(world: World, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("gongshu.api.views.v1.venues.queries.venues_for", broken)
    answer = caller(world).get("/venues")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert answer.json()["title"] == "系统出错"


def test_members_are_found_by_a_number_in_the_body_only(world: World) -> None:
    row = member(world, order=7, phone="13800001111")
    by, number = caller(world), facts(order=7).id_number
    for text in (number, "13800001111", f" {number.lower()} "):
        found = by.send("/members/search", {"number": text})
        assert [each["id"] for each in found.json()["items"]] == [row.pk]
        assert found["Cache-Control"] == "no-store"
    assert number not in found.content.decode()
    assert by.get(f"/members?name={number}").status_code == 422
    assert by.send("/members/search", {"number": "何立"}).status_code == 422


def test_a_number_is_shown_in_the_clear_with_scope_and_reason_and_is_trailed(world: World) -> None:
    row = member(world, order=7, phone="13800001111")
    told = {"field": "phone", "reason": "核对参保名单"}
    assert caller(world).send(f"/members/{row.pk}/reveal", told).status_code == 403
    holder, text = key(world, role="member_officer", scopes=("members.reveal",))
    by = Caller(text)
    assert by.send(f"/members/{row.pk}/reveal", told | {"reason": " "}).status_code == 422
    answer = by.send(f"/members/{row.pk}/reveal", told)
    assert answer.json() == {"field": "phone", "value": "13800001111"}
    assert answer["Cache-Control"] == "no-store"
    assert Answer.objects.count() == 0
    entry = Entry.objects.get(verb="reveal")
    assert entry.who == holder.display_name
    assert "核对参保名单" in entry.summary


def test_a_member_comes_moves_and_goes(world: World) -> None:
    by = caller(world)
    pk = by.send("/members", new_member(world)).json()["id"]
    assert by.send(f"/members/{pk}/steps", {"step": "approve"}).json()["state"] == "active"
    fixed = by.send(f"/members/{pk}", {"employer": "一号企业", "gender": "f"}, method="patch").json()
    assert (fixed["employer"], fixed["gender"], fixed["phone"]) == ("一号企业", "f", "138****1111")
    other = world.org("松桃苗族自治县2号企业").pk
    moving = by.send(f"/members/{pk}/moves", {"organisation_id": other, "note": "换了工作"}).json()
    assert (moving["state"], moving["destination"]["id"]) == ("arriving", other)
    assert by.send(f"/members/{pk}/steps", {"step": "accept"}).json()["organisation"]["id"] == other
    assert by.send(f"/members/{pk}/steps", {"step": "leave"}).status_code == 422
    assert by.send(f"/members/{pk}/steps", {"step": "leave", "note": "退休"}).json()["state"] == "left"
    assert by.send(f"/members/{pk}/steps", {"step": "fly"}).status_code == 422


def test_codes_that_are_none_are_refused_in_words(world: World) -> None:
    by, row = caller(world), applied(world)
    assert by.get("/members?standing=gone").status_code == 422
    assert by.get("/members?form=pilot").status_code == 422
    assert by.send("/members", new_member(world) | {"gender": "x"}).status_code == 422
    assert by.send(f"/members/{row.pk}", {"gender": "x"}, method="patch").status_code == 422
    assert by.send(f"/members/{row.pk}/moves", {"organisation_id": 10**9}).status_code == 422
    assert by.send("/venues", new_venue(world) | {"hours": "周三至周一 8:00-9:00"}).status_code == 422


def test_a_task_is_signed_for_and_reported(world: World) -> None:
    row = routes._assignment(world)
    by = caller(world)
    assert by.send(f"/assignments/{row.pk}/report", {"text": "已办"}).status_code == 422
    assert by.send(f"/assignments/{row.pk}/sign").json()["state"] == "working"
    done = by.send(f"/assignments/{row.pk}/report", {"text": "宣讲 12 场"}).json()
    assert (done["state"], done["report"]) == ("reported", "宣讲 12 场")
    assert [
        each["id"] for each in by.get(f"/assignments?state=reported&dispatch={row.dispatch_id}").json()["items"]
    ] == [row.pk]
    assert by.get(f"/tasks/{row.task_id}").json()["given"] == 1
    assert caller(world, CITY).send(f"/assignments/{row.pk}/sign").status_code == 422


def test_a_venue_opens_moves_its_target_and_closes(world: World) -> None:
    plan, by, city = routes._plan(world), caller(world), caller(world, CITY)
    told = new_venue(world) | {
        "address": "平头镇",
        "hours": "每天 全天",
        "equipment": list(opened(world).equipment),
    }
    pk = by.send("/venues", told).json()["id"]
    assert by.send(f"/venues/{pk}/steps", {"step": "open"}).json()["state"] == "open"
    (task,) = [row for row in city.get(f"/plans/{plan.pk}/tasks").json()["items"] if row["targets"]]
    assert task["targets"][0]["goal"].startswith("10")
    assert by.send(f"/venues/{pk}/steps", {"step": "suspend"}).status_code == 422
    assert by.send(f"/venues/{pk}/steps", {"step": "suspend", "note": "检修"}).json()["state_reason"] == "检修"
    changed = by.send(f"/venues/{pk}", {"hours": "周一至周五 8:00-20:00"}, method="patch").json()
    assert len(changed["spans"]) == 5
    assert by.send(f"/venues/{pk}/steps", {"step": "resume"}).json()["state"] == "open"
    assert by.send(f"/venues/{pk}/steps", {"step": "close", "note": "搬迁"}).json()["state"] == "closed"
    assert by.send(f"/venues/{pk}", {"address": "别处"}, method="patch").status_code == 422
    assert by.get(f"/venues?state=closed&organisation={world.org(COUNTY).pk}").json()["items"][0]["id"] == pk


def test_a_union_is_renamed_by_the_one_above(world: World) -> None:
    org = world.org(COUNTY)
    body = {"name": "松桃县总工会", "short_name": "松桃县总"}
    assert caller(world).send(f"/organisations/{org.pk}", body, method="patch").status_code == 422
    by = caller(world, CITY)
    assert by.send(f"/organisations/{org.pk}", {"name": "碧江区总工会"}, method="patch").status_code == 422
    assert by.send(f"/organisations/{org.pk}", {"name": " "}, method="patch").status_code == 422
    done = by.send(f"/organisations/{org.pk}", body, method="patch").json()
    assert (done["name"], done["short_name"]) == ("松桃县总工会", "松桃县总")
    assert Entry.objects.get(verb="rename").detail["before"]["name"] == "松桃苗族自治县总工会"


@pytest.mark.django_db(transaction=True)
def test_many_reads_at_once_with_one_key_are_all_answered() -> None:
    world = build()
    text = key(world)[1]
    gate, statuses = threading.Barrier(6), list[int]()

    def read() -> None:
        gate.wait()
        statuses.extend(Caller(text).get("/venues").status_code for _ in range(5))
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 30
