"""Whole requests about founding and ending unions, and the tree of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongshu.core.jobs.models import Job
from gongshu.core.orgs.models import Organisation
from gongshu.organising.models import Committee, Ending, Founding, Vacancy
from tests.organising.samples import BASE, CITY, CODE, COUNTY, OTHER, SISTER, applied, elected, ended, founded, merging
from tests.worlds import World

FORM = {
    "name": "梵净制衣有限公司工会",
    "shape": "committee",
    "asker": "workers",
    "employers": f"梵净制衣 有限公司 {CODE}",
    "members": "30",
    "years": "3",
    "industry": "C",
    "nominees": "何立 主席\n张一，副主席\n王二 女职工委员\n",
    "relatives": "",
    "managers": "",
}
ClientOf = Callable[..., Client]


def text(response) -> str:
    return response.content.decode()


def test_a_county_founds_a_union_from_the_form_to_the_tree(world: World, client_of: ClientOf) -> None:
    client = client_of(COUNTY)
    assert "由松桃苗族自治县总工会审批" in text(client.get("/organising/new/"))
    response = client.post("/organising/new/", FORM)
    row = Founding.objects.get()
    assert (response.status_code, response.url) == (302, row.get_absolute_url())
    assert [each.name for each in row.facts.employers] == ["梵净制衣有限公司"]
    address = row.get_absolute_url()
    client.post(f"{address}step/submit/")
    assert client.post(f"{address}step/approve/").status_code == 302
    union = Organisation.objects.get(name="梵净制衣有限公司工会")
    assert f"/organising/history/?at={union.pk}" in text(client.get(address))
    assert "梵净制衣有限公司工会" in text(client.get("/organising/history/"))
    assert "梵净制衣有限公司工会" in text(client.get("/organising/?state=founded"))


def test_what_is_in_the_way_is_said_before_and_after_the_button_with_its_clause(
    world: World, client_of: ClientOf
) -> None:
    client = client_of(COUNTY)
    client.post("/organising/new/", {**FORM, "relatives": "王二"})
    address = Founding.objects.get().get_absolute_url()
    said = "王二是企业主要负责人的近亲属，不得作为委员会成员的人选"
    before = text(client.get(address))
    assert (said in before, "报请审批前还要解决" in before) == (True, True)
    refused = client.post(f"{address}step/submit/")
    assert refused.status_code == 422
    assert (said in text(refused), "第十条" in text(refused)) == (True, True)
    assert client.post(f"{address}step/demolish/").status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("employers", "梵净制衣", "缺统一社会信用代码"),
        ("nominees", "何立", "看不出职务"),
        ("nominees", "何立 书记", "看不出职务"),
        ("relatives", "赵四", "委员人选中没有：赵四"),
        ("name", "梵净制衣", "工会名称应当以"),
        ("employers", "梵净制衣 91350100M000100Y44", "校验位不符"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field_and_kept(
    world: World, client_of: ClientOf, field: str, typed: str, said: str
) -> None:
    response = client_of(COUNTY).post("/organising/new/", {**FORM, field: typed})
    assert response.status_code == 422
    assert (said in text(response), typed in text(response)) == (True, True)
    assert Founding.objects.count() == 0


def test_an_application_is_changed_on_a_form_that_shows_it(world: World, client_of: ClientOf) -> None:
    client, row = client_of(COUNTY), applied(world)
    page = text(client.get(f"{row.get_absolute_url()}edit/"))
    assert (f"梵净制衣有限公司 {CODE}" in page, "王二 女职工委员" in page) == (True, True)
    assert client.post(f"{row.get_absolute_url()}edit/", {**FORM, "members": "40"}).status_code == 302
    row.refresh_from_db()
    assert row.members == 40
    refused = client.post(f"{row.get_absolute_url()}edit/", {**FORM, "name": "无名"})
    assert refused.status_code == 422


def test_a_base_union_asks_for_its_merger_and_the_county_approves(world: World, client_of: ClientOf) -> None:
    base, county = client_of(BASE, "base_officer"), client_of(COUNTY)
    form = {"way": "merge", "ground": "merged", "successor": world.org(OTHER).name, "reason": "两家企业合并"}
    response = base.post("/organising/endings/new/", form)
    row = Ending.objects.get()
    assert (response.status_code, response.url) == (302, row.get_absolute_url())
    address = row.get_absolute_url()
    base.post(f"{address}step/submit/")
    assert base.post(f"{address}step/approve/").status_code == 422
    assert county.post(f"{address}step/approve/").status_code == 302
    assert Job.objects.filter(name="organising.settle").count() == 1
    assert client_of(SISTER).get(address).status_code == 404
    history = text(county.get(f"/organising/history/?at={world.org(BASE).pk}"))
    assert (f"由它承继" in history, world.org(OTHER).name in history) == (True, True)  # noqa: F541
    assert world.org(BASE).name in text(county.get("/organising/endings/"))
    assert county.post(f"{address}step/demolish/").status_code == 404


def test_an_end_without_ground_and_a_successor_nobody_knows_are_refused(world: World, client_of: ClientOf) -> None:
    client = client_of(COUNTY)
    address = f"/organising/endings/new/?at={world.org(BASE).pk}"
    assert "任何组织和个人不得随意撤销、合并工会组织" in text(client.get(address))
    form = {"way": "dissolve", "ground": "other", "successor": "", "reason": "人少"}
    refused = client.post(address, form)
    assert (refused.status_code, "第十三条" in text(refused)) == (422, True)
    unknown = client.post(address, {**form, "successor": "查无此会"})
    assert "范围内没有叫“查无此会”的工会" in text(unknown)
    assert Ending.objects.count() == 0


def test_a_part_of_a_name_is_enough_where_only_one_successor_has_it(world: World, client_of: ClientOf) -> None:
    client = client_of(COUNTY)
    address = f"/organising/endings/new/?at={world.org(BASE).pk}"
    form = {"way": "merge", "ground": "merged", "reason": "两家企业合并"}
    several = text(client.post(address, {**form, "successor": "企业"}))
    assert ("不止一个" in several, world.org(OTHER).name in several) == (True, True)
    client.post(address, {**form, "successor": OTHER[-4:]})
    assert Ending.objects.get().successor == world.org(OTHER)


def test_the_tree_of_a_chosen_day_is_shown_with_what_became_of_it(world: World, client_of: ClientOf) -> None:
    client = client_of(COUNTY)
    ended(merging(world))
    county = world.org(COUNTY).pk
    before = text(client.get(f"/organising/history/?at={county}&on=2026-03-01"))
    after = text(client.get(f"/organising/history/?at={county}&on=2026-03-02"))
    base = world.org(BASE).name
    assert (f">{base}<" in before, f"已并入{OTHER}" in before, f">{base}<" in after) == (True, True, False)
    gone = text(client.get(f"/organising/history/?at={world.org(BASE).pk}&on=2026-03-02"))
    assert "这一天它不在组织树中" in gone
    assert client.get(f"/organising/history/?at={world.org(SISTER).pk}").status_code == 404
    assert client.get("/organising/history/?on=never").status_code == 200


def test_lists_download_and_ask_as_many_questions_at_many_rows_as_at_few(world: World, client_of: ClientOf) -> None:
    client = client_of(CITY)
    asked: dict[str, list[int]] = {}
    for n in range(3):
        founded(world, name=f"第{n}园区工会联合会", shape="area", employers=(), members=0)
        if n < 2:
            ended(merging(world, *((BASE, OTHER), ("碧江区1号企业", "碧江区2号企业"))[n]))
        for address in ("/organising/", "/organising/endings/", f"/organising/history/?at={world.org(COUNTY).pk}"):
            client.get(address)
            with CaptureQueriesContext(connection) as questions:
                client.get(address)
            asked.setdefault(address, []).append(len(questions))
    assert {address: len(set(counts)) for address, counts in asked.items()} == dict.fromkeys(asked, 1)
    for address in ("/organising/?export=xlsx", "/organising/endings/?export=xlsx"):
        assert client.get(address)["Content-Type"].startswith("application/vnd.openxmlformats")
    assert timezone.now() - Founding.objects.latest("pk").state_since > timedelta(0)


TERM = {
    "body": "union",
    "began_on": "2024-03-01",
    "years": "3",
    "holders": "何立 主席\n张一 副主席\n王二 委员",
    "relatives": "",
}


def test_a_term_from_the_election_to_a_vacancy_filled(world: World, client_of: ClientOf) -> None:
    client = client_of(BASE, "base_officer")
    assert "没有登记在任的工会委员会" in text(client.get("/organising/committees/"))
    refused = client.post("/organising/committees/new/", {**TERM, "years": "4", "relatives": "王二"})
    page = text(refused)
    assert (refused.status_code, "第十六条" in page, "第十条" in page) == (422, True, True)
    response = client.post("/organising/committees/new/", TERM)
    committee = Committee.objects.get()
    assert (response.status_code, response.url) == (302, committee.get_absolute_url())
    leave = f"/organising/posts/{committee.holdings.get(name='何立').pk}/leave/"
    told = {"why": "transfer", "on": "2026-03-01"}
    assert "第十八条" in text(client.post(leave, told))
    assert client.post(leave, {**told, "has_consents": "on"}).status_code == 302
    fill = f"/organising/vacancies/{Vacancy.objects.get().pk}/fill/"
    assert fill in text(client.get(committee.get_absolute_url()))
    assert client.post(fill, {"name": "赵四", "on": "2020-01-01"}).status_code == 422
    assert client.post(fill, {"name": "赵四", "on": "2026-03-02"}).status_code == 302
    page = text(client.get(committee.get_absolute_url()))
    assert ("赵四" in page, "工作调动" in page, "待补选" in page) == (True, True, False)
    assert "第1届工会委员会" in text(client.get("/organising/committees/"))
    put_off = f"{committee.get_absolute_url()}put-off/"
    assert client.get(put_off).status_code == 403
    county = client_of(COUNTY)
    assert county.post(put_off, {"until": "2028-01-01", "reason": "企业搬迁"}).status_code == 422
    assert county.post(put_off, {"until": "2027-08-01", "reason": "企业搬迁"}).status_code == 302
    assert "企业搬迁" in text(client.get(committee.get_absolute_url()))


def test_the_list_of_terms_shows_what_is_overdue_below_at_a_constant_number_of_questions(
    world: World, client_of: ClientOf
) -> None:
    client = client_of(CITY)
    past = timezone.localdate() - timedelta(days=4 * 365)
    asked = set()
    for org in (BASE, OTHER, "碧江区1号企业"):
        elected(world, org, began=past)
        client.get("/organising/terms/")
        with CaptureQueriesContext(connection) as questions:
            page = text(client.get("/organising/terms/"))
        asked.add(len(questions))
    assert len(asked) == 1
    assert (page.count("已到期未换届"), "任期届满未换届" in page) == (3, True)
    assert f"/organising/terms/?at={world.org(COUNTY).pk}" in page
    near = text(client.get("/organising/terms/?near=overdue&body=union"))
    assert near.count("已到期未换届") == 3
    assert "没有符合条件的委员会" in text(client.get("/organising/terms/?near=3"))
    assert client.get("/organising/terms/?export=xlsx")["Content-Type"].startswith("application/vnd.openxmlformats")
