"""The tree and the pages of organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongshu.core.orgs.actions import add_many
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.ui.shapes import Branch
from gongshu.desk.queries import reach
from tests.worlds import World, union

ClientOf = Callable[..., Client]


def labels(branch: Branch, depth: int = 0) -> Iterator[str]:
    yield "-" * depth + branch.label
    for child in branch.children:
        yield from labels(child, depth + 1)


def test_the_tree_is_open_along_the_way_and_closed_beside_it(world: World):
    tree = reach.tree_to(world.org("贵州省总"), world.org("铜仁市总"))
    assert list(labels(tree)) == ["贵州省总", "-贵阳市总", "-铜仁市总", "--松桃苗族自治县总", "--碧江区总"]


def test_a_wide_branch_is_cut_with_a_way_to_all(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reach, "SHOWN_CHILDREN", 2)
    county = world.org("碧江区总")
    add_many([union("第三家工会", Level.BASE, Kind.BASE)], under=county)
    county.refresh_from_db()
    assert list(labels(reach.tree_to(county, county)))[1:] == [
        "-碧江区1号企业",
        "-碧江区2号企业",
        "-共 3 个，全部列出",
    ]


def test_an_officer_sees_the_tree_from_their_own_union_down(world: World, client_of: ClientOf):
    page = client_of("铜仁市总").get("/orgs/").content.decode()
    assert "松桃苗族自治县总" in page
    assert "贵阳市总" not in page
    sister = world.org("贵阳市总")
    assert client_of("铜仁市总").get(f"/orgs/?at={sister.pk}").status_code == 404
    assert client_of("铜仁市总").get(f"/orgs/{sister.pk}/").status_code == 404


def test_a_base_officer_sees_their_own_union_alone(world: World, client_of: ClientOf):
    client = client_of("碧江区1号企业", "base_officer")
    assert "碧江区1号企业" in client.get("/orgs/").content.decode()
    assert [org.short_name for org in client.get("/orgs/list/").context["table"].page] == ["碧江区1号企业"]


def test_a_page_tells_departments_posts_figures_and_what_stands_below(world: World, client_of: ClientOf):
    page = client_of("贵州省总").get(f"/orgs/{world.org('贵州省总').pk}/").content.decode()
    for said in ("基层工作部", "贵州省总office", "开放的阵地", "铜仁市总工会", "520000"):
        assert said in page


def test_a_name_is_searched_for_within_reach(world: World, client_of: ClientOf):
    found = client_of("铜仁市总").get("/orgs/list/?q=1号企业").context["table"].page
    assert [org.short_name for org in found] == ["松桃苗族自治县1号企业", "碧江区1号企业"]


@pytest.mark.parametrize("address", ["/orgs/list/", "/orgs/{pk}/"])
def test_lists_download(world: World, client_of: ClientOf, address: str):
    response = client_of("铜仁市总").get(address.format(pk=world.org("铜仁市总").pk) + "?export=xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("address", ["/orgs/", "/orgs/list/", "/orgs/{pk}/"])
def test_pages_ask_the_same_questions_at_two_and_five_rows(world: World, client_of: ClientOf, address: str):
    county = world.org("碧江区总")
    client, address = client_of("碧江区总"), address.format(pk=county.pk)
    client.get(address)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    two = count()
    add_many([union(f"第{n}家工会", Level.BASE, Kind.BASE) for n in range(3)], under=county)
    assert count() == two
