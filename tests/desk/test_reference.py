"""What the rules rest on, and what was done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongshu.core.statutes import lookup
from gongshu.core.trail import actions as trail
from tests.worlds import BUILDER, NOW, World

ClientOf = Callable[..., Client]
CITY, COUNTY, SISTER = "铜仁市总", "松桃苗族自治县总", "贵阳市总"


def entries(world: World, count: int, at: str = COUNTY) -> None:
    org = world.org(at)
    for n in range(count):
        trail.record("note", org, by=BUILDER, at=NOW, summary=f"{at}第{n}条", organisation_id=org.pk)


def test_every_instrument_is_listed_and_opens(world: World, client_of: ClientOf):
    client = client_of(COUNTY)
    page = client.get("/statutes/").content.decode()
    for found in lookup.instruments():
        assert found.title in page
        assert client.get(f"/statutes/{found.id}/").status_code == 200


def test_the_list_is_searched_sorted_and_downloads(world: World, client_of: ClientOf):
    client = client_of(COUNTY)
    found = client.get("/statutes/?q=中华人民共和国工会法").context["table"].page
    assert [row.instrument.id for row in found] == ["trade-union-law"]
    first = client.get("/statutes/?sort=-unsure").context["table"].page[0]
    assert first.unsure == max(
        len([c for c in lookup.clauses_of(i.id) if c.needs_checking]) for i in lookup.instruments()
    )
    assert client.get("/statutes/?export=xlsx")["Content-Type"].endswith("spreadsheetml.sheet")


def test_an_unread_clause_is_marked(world: World, client_of: ClientOf):
    assert "待核实" in client_of(COUNTY).get("/statutes/defaults/").content.decode()
    assert client_of(COUNTY).get("/statutes/no-such-law/").status_code == 404


def test_the_trail_shows_what_was_done_within_reach(world: World, client_of: ClientOf):
    entries(world, 1)
    entries(world, 1, SISTER)
    page = client_of(CITY).get("/trail/").content.decode()
    assert f"{COUNTY}第0条" in page
    assert f"{SISTER}第0条" not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=第1条", 1),
        ("q=测试搭建&under=松桃", 3),
        ("under=没有", 0),
        ("since=2026-03-02&until=2026-03-02&q=第", 3),
        ("until=2026-03-01", 0),
        ("since=2026-03-03", 0),
    ],
)
def test_the_trail_is_narrowed(world: World, client_of: ClientOf, query: str, count: int):
    client = client_of(COUNTY)
    trail.Entry.objects.all().delete()
    entries(world, 3)
    assert len(client.get(f"/trail/?{query}").context["entries"]) == count


def test_the_trail_is_read_page_by_page(world: World, client_of: ClientOf):
    client = client_of(COUNTY)
    trail.Entry.objects.all().delete()
    entries(world, 51)
    first = client.get("/trail/")
    second = client.get(f"/trail/{first.context['following']}")
    assert [len(page.context["entries"]) for page in (first, second)] == [50, 1]
    assert (second.context["following"], second.context["first"]) == ("", "?")


def test_the_trail_asks_the_same_questions_at_one_and_three_rows(world: World, client_of: ClientOf):
    client = client_of(COUNTY)
    entries(world, 1)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/trail/")
        return len(asked)

    one = count()
    entries(world, 2)
    assert count() == one


def test_a_base_officer_does_not_see_the_trail(world: World, client_of: ClientOf):
    assert client_of("碧江区1号企业", "base_officer").get("/trail/").status_code == 403
