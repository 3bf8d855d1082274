"""Whole requests about putting a union under another one."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import parent
from gongshu.organising.models import Relocation
from tests.organising.samples import BASE, CITY, COUNTY, OTHER, SISTER, moved, moving_away
from tests.worlds import World

ClientOf = Callable[..., Client]
NEAR, NEW = "碧江区总", "/organising/moves/new/"


def text(response) -> str:
    return response.content.decode()


def test_a_county_is_moved_from_the_search_to_the_tree(world: World, client_of: ClientOf) -> None:
    county, sister = world.org(COUNTY), world.org(SISTER)
    client = client_of(COUNTY)
    assert "申请划转" in text(client.get(f"/organising/history/?at={county.pk}"))
    found = text(client.get(f"{NEW}?at={county.pk}&name=贵阳"))
    assert f"?at={county.pk}&amp;to={sister.pk}" in found
    assert "碧江区" not in found
    address = f"{NEW}?at={county.pk}&to={sister.pk}"
    shown = text(client.get(address))
    assert all(word in shown for word in ("随同划转的工会", "待办事项", "上级分解的指标", "提交申请"))
    response = client.post(address, {"reason": "区划调整"})
    row = Relocation.objects.get()
    assert (response.status_code, response.url) == (302, row.get_absolute_url())
    client.post(f"{row.get_absolute_url()}step/submit/")
    client_of(CITY).post(f"{row.get_absolute_url()}step/release/", {"note": "同意"})
    page = text(client_of(SISTER).get(row.get_absolute_url()))
    assert "接收" in page
    assert client_of(SISTER).post(f"{row.get_absolute_url()}step/accept/").status_code == 302
    assert parent(Organisation.objects.get(pk=county.pk)) == sister
    assert "已划转" in text(client.get(row.get_absolute_url()))
    assert "隶属贵阳市总工会" in text(client.get(f"/organising/history/?at={county.pk}"))
    assert "松桃苗族自治县总工会" in text(client_of(SISTER).get("/organising/moves/?state=moved"))


def test_what_was_typed_stays_and_what_is_in_the_way_is_said(world: World, client_of: ClientOf) -> None:
    client, county = client_of(CITY), world.org(COUNTY)
    base = world.org(BASE)
    shown = client.get(f"{NEW}?at={county.pk}&to={base.pk}")
    assert "不能划转到自己或者自己的下级之下" in text(shown)
    assert "提交申请" not in text(shown)
    address = f"{NEW}?at={county.pk}&to={world.org(SISTER).pk}"
    assert client.post(address, {"reason": ""}).status_code == 422
    moving_away(world, COUNTY, SISTER)
    again = client.post(address, {"reason": "某文〔2026〕1号"})
    assert (again.status_code, "某文〔2026〕1号" in text(again), "正在办理" in text(again)) == (422, True, True)
    assert "没有找到" in text(client.get(f"{NEW}?at={county.pk}&name=没有这个"))


def test_out_of_reach_is_not_found_and_the_wrong_desk_is_told(world: World, client_of: ClientOf) -> None:
    row = moving_away(world)
    address = row.get_absolute_url()
    assert client_of(SISTER).get(address).status_code == 404
    assert client_of(SISTER).get(f"{NEW}?at={world.org(BASE).pk}").status_code == 404
    assert client_of(COUNTY).get(f"{NEW}?to=999999").status_code == 404
    assert client_of(COUNTY).get(f"{NEW}?to=9999999999999999999").status_code == 200
    refused = client_of(NEAR).post(f"{address}step/submit/")
    assert (refused.status_code, "没有在" in text(refused)) == (422, True)
    assert client_of(COUNTY).post(f"{address}step/dance/").status_code == 404
    assert client_of(COUNTY, "leader").post(NEW).status_code == 403


def test_the_list_costs_the_same_however_long(world: World, client_of: ClientOf) -> None:
    client, counts = client_of(CITY), []
    for org in (BASE, OTHER):
        moving_away(world, org)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/organising/moves/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert client.get("/organising/moves/?export=xlsx").status_code == 200


def test_pages_of_those_who_moved_lead_along_the_new_line(world: World, client_of: ClientOf) -> None:
    moved(world, COUNTY, SISTER)
    assert client_of(CITY).get(f"/orgs/{world.org(BASE).pk}/").status_code == 404
    assert "贵阳市总" in text(client_of(SISTER).get(f"/orgs/{world.org(BASE).pk}/"))
