"""The inbox, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongshu.core.access.actions import appoint, end_appointment
from gongshu.core.access.actor import actor_for
from gongshu.core.flow.models import OpenItem
from gongshu.delivery.actions import make_plan
from gongshu.desk.queries import inbox
from gongshu.desk.queries.inbox import Cursor
from tests.delivery.conftest import draft
from tests.delivery.conftest import give as give_task
from tests.members.samples import BASE, applied
from tests.venues.samples import prepared
from tests.worlds import BUILDER, NOW, World

COUNTY = "松桃苗族自治县总"
ClientOf = Callable[..., Client]


def items(world: World, dues: list[date | None], name: str = COUNTY) -> list[OpenItem]:
    """Write open items with these due dates at a desk; titles are their places in the list."""
    return OpenItem.objects.bulk_create(
        OpenItem(
            kind="venues.remedy",
            object_id=number,
            organisation=world.org(name),
            permission="venues.edit",
            title=f"事项{number}",
            url="/",
            state="todo",
            due_on=due,
            opened_at=NOW,
        )
        for number, due in enumerate(dues)
    )


def walked(world: World) -> list[str]:
    """Return the titles of all pages in order."""
    titles: list[str] = []
    after: Cursor | None = None
    while True:
        page = inbox.page(inbox.waiting(world.actor(COUNTY), kind="", narrow=Q()), after)
        titles += [item.title for item in page.items]
        if page.following is None:
            return titles
        after = Cursor.read(str(page.following))


def test_pages_hold_every_item_once_the_most_urgent_first_the_undated_last(world: World):
    start = date(2026, 1, 1)
    dues = [start + timedelta(days=n % 7) if n % 3 else None for n in range(120)]
    made = items(world, dues)
    dated = sorted((row for row in made if row.due_on), key=lambda row: (row.due_on, row.pk))
    undated = [row for row in made if not row.due_on]
    assert walked(world) == [row.title for row in [*dated, *undated]]


@pytest.mark.parametrize("count", [0, 1, 50, 51, 100])
def test_the_last_page_says_that_it_is_the_last(world: World, count: int):
    items(world, [date(2026, 1, 1)] * count)
    assert len(walked(world)) == count


def test_a_page_that_ends_exactly_with_the_dated_goes_on_with_the_undated(world: World):
    items(world, [date(2026, 1, 1)] * 50 + [None] * 3)
    assert walked(world) == [f"事项{n}" for n in range(53)]


@pytest.mark.parametrize("text", ["", "x", "2026-01-01", "2026-13-01.4", "2026-01-01.x", ".", "." + "9" * 30])
def test_a_cursor_that_means_nothing_begins_anew(text: str):
    assert Cursor.read(text) is None


def test_colours_part_the_items_without_overlap(world: World):
    today = date(2026, 3, 2)
    items(world, [today + timedelta(days=n) for n in (-1, 0, 7, 8)] + [None])
    rows = inbox.waiting(world.actor(COUNTY), kind="", narrow=Q())
    parted = {
        code: [row.title for row in rows.filter(inbox.colour(code, on=today, near_days=7))] for code, _ in inbox.COLOURS
    }
    assert parted == {"overdue": ["事项0"], "near": ["事项1", "事项2"], "far": ["事项3"], "undated": ["事项4"]}


def test_home_shows_kind_state_due_and_who_moved_it(world: World, client_of: ClientOf):
    prepared(world)
    page = client_of(COUNTY).get("/").content.decode()
    for said in ("平头服务区司机之家", "筹建", "松桃苗族自治县总office"):
        assert said in page


def test_home_shows_who_gave_a_task_that_was_dispatched_to_many(world: World, client_of: ClientOf):
    by = world.actor("贵州省总")
    plan = make_plan(draft(world), by=by, at=NOW)
    give_task(world, plan.tasks.get(text="开展“五讲五进”宣讲"))
    (row,) = client_of("铜仁市总").get("/").context["rows"]
    assert (row.moved, row.issuer) == (None, world.org("贵州省总"))
    assert "贵州省总" in client_of("铜仁市总").get("/").content.decode()


def test_home_is_narrowed_by_kind_and_colour(world: World, client_of: ClientOf):
    today = timezone.localdate()
    items(world, [today - timedelta(days=3), today + timedelta(days=30), None])
    client = client_of(COUNTY)

    def titles(query: str) -> list[str]:
        return [row.item.title for row in client.get(f"/?{query}").context["rows"]]

    assert titles("") == ["事项0", "事项1", "事项2"]
    assert titles("colour=overdue") == ["事项0"]
    assert titles("colour=undated") == ["事项2"]
    assert titles("kind=venues.venue") == []
    assert titles("kind=nonsense&colour=nonsense&after=nonsense") == ["事项0", "事项1", "事项2"]
    assert "逾期3天" in client.get("/").content.decode()


def test_home_tells_of_applications_at_unions_below_that_may_have_no_account(world: World, client_of: ClientOf):
    told = "件入会申请待审"
    assert told not in client_of(COUNTY).get("/").content.decode()
    applied(world, "张一"), applied(world, "张二", "碧江区1号企业")
    shown = {place: client_of(place).get("/").content.decode() for place in (COUNTY, "铜仁市总")}
    assert "共有 1 件入会申请待审" in shown[COUNTY]
    assert "共有 2 件入会申请待审" in shown["铜仁市总"]
    assert told not in client_of(BASE, "base_officer").get("/").content.decode()  # they stand in its own inbox
    assert told not in client_of(COUNTY, "leader").get("/").content.decode()


def test_home_offers_the_kinds_that_wait_and_the_one_chosen_and_folds_the_rest(world: World, client_of: ClientOf):
    client = client_of(COUNTY)
    empty = client.get("/").context
    assert (empty["kinds"], empty["more_kinds"]) == ([], [])
    items(world, [None])
    page = client.get("/?kind=venues.venue")
    assert [link.label for link in page.context["kinds"]] == ["全部", "阵地", "阵地整改"]
    assert "收文" in [link.label for link in page.context["more_kinds"]]
    assert "chips-more" in page.content.decode()


def test_home_narrowed_by_an_old_address_answers_whose_post_ended(world: World, client_of: ClientOf):
    client = client_of(COUNTY)
    post = world.account(COUNTY).appointments.get()
    end_appointment(post, until=timezone.localdate(), by=BUILDER, at=timezone.now())
    for asked in ("", "?colour=overdue", "?kind=venues.venue", "?after=.5"):
        assert client.get(f"/{asked}").status_code == 200


def test_home_leads_to_the_next_page_and_back(world: World, client_of: ClientOf):
    items(world, [None] * 51)
    client = client_of(COUNTY)
    first = client.get("/")
    second = client.get(f"/{first.context['following']}")
    assert [row.item.title for row in second.context["rows"]] == ["事项50"]
    assert (second.context["following"], second.context["first"]) == ("", "?")


def test_home_asks_the_same_questions_at_one_and_three_rows(world: World, client_of: ClientOf):
    client = client_of(COUNTY)
    prepared(world)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        return len(asked)

    one = count()
    prepared(world, name="第二处")
    prepared(world, name="第三处")
    assert count() == one


def test_whoever_has_no_post_is_told_so(world: World, client_of: ClientOf):
    account = world.account(COUNTY)
    account.appointments.update(until_on=NOW.date() + timedelta(days=1))
    page = client_of(COUNTY).get("/").content.decode()
    assert "您现在没有任职，请联系本级管理员。" in page


def test_two_roles_at_one_desk_see_what_either_may_do_once(world: World):
    account = world.account(COUNTY)
    appoint(account, "worker", world.org(COUNTY), by=BUILDER, at=NOW)
    items(world, [None])
    rows = inbox.waiting(actor_for(account, on=NOW.date()), kind="", narrow=Q())
    assert [row.title for row in rows] == ["事项0"]


def test_another_desk_is_another_inbox(world: World, client_of: ClientOf):
    account = world.account(COUNTY)
    other = appoint(account, "office", world.org("碧江区总"), by=BUILDER, at=NOW)
    items(world, [None], name="碧江区总")
    client = client_of(COUNTY)
    assert [row.item.title for row in client.get("/").context["rows"]] == []
    client.post("/seat/", {"desk": str(other.pk)})
    assert [row.item.title for row in client.get("/").context["rows"]] == ["事项0"]


def test_a_department_is_shown_its_own_assignments_and_not_the_offices(world: World) -> None:
    org = world.org("贵州省总")
    own, other = org.departments.order_by("pk")
    account = world.account("贵州省总", "worker")
    account.appointments.update(department=own)
    rows = [
        (own, "本部门", "sent"),
        (other, "别的部门", "sent"),
        (None, "办公室", "sent"),
        (None, "不分部门", "reported"),
    ]
    common = {"kind": "delivery.assignment", "organisation": org, "permission": "delivery.sign", "opened_at": NOW}
    OpenItem.objects.bulk_create(
        OpenItem(object_id=number, department=department, title=title, url="/", state=state, **common)
        for number, (department, title, state) in enumerate(rows)
    )
    seen = inbox.waiting(actor_for(account, on=NOW.date()), kind="", narrow=Q())
    assert sorted(item.title for item in seen) == ["不分部门", "本部门"]
