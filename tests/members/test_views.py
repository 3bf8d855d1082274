"""Whole requests: the roll, one member, the applications, the head count, the export."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from gongshu.core.people.models import Person
from gongshu.core.trail.models import Entry
from gongshu.members.actions import joining, lasting, moving, tallies
from gongshu.members.exports import BATCH
from gongshu.members.models import Membership
from tests.members.samples import BASE, CITY, COUNTY, FAR, OTHER, applied, id_number, member
from tests.worlds import BUILDER, NOW, World


def names(response) -> list[str]:
    """Return the names a list shows, in order."""
    return re.findall(r'<td data-label="姓名"[^>]*><a href="/members/\d+/">([^<]+)</a>', response.content.decode())


def sheet(response) -> str:
    """Return the words of the exported workbook."""
    return ZipFile(BytesIO(response.content)).read("xl/worksheets/sheet1.xml").decode()


@pytest.fixture
def officer(client_of) -> Client:
    return client_of(CITY)


def test_the_roll_shows_members_within_reach_by_union(world: World, officer: Client) -> None:
    member(world, "张一", OTHER), member(world, "王二", BASE), member(world, "李三", "云岩区1号企业")
    applied(world, "赵四", BASE)
    assert names(officer.get("/members/")) == ["王二", "张一"]
    assert names(officer.get(f"/members/?at={world.org(OTHER).pk}")) == ["张一"]
    assert names(officer.get("/members/?q=张")) == ["张一"]
    assert names(officer.get("/members/?standing=pending")) == ["赵四"]
    assert names(officer.get("/members/?form=truck")) == []
    assert officer.get(f"/members/?at={world.org('云岩区1号企业').pk}").status_code == 404


def test_pages_follow_each_other_by_cursor(world: World, officer: Client) -> None:
    for n in range(52):
        member(world, f"张{n:02d}")
    first = officer.get("/members/")
    assert names(first) == [f"张{n:02d}" for n in range(50)]
    [following] = re.findall(r'href="(\?[^"]*after=[^"]+)" rel="next"', first.content.decode())
    second = officer.get(f"/members/{following.replace('&amp;', '&')}")
    assert names(second) == ["张50", "张51"]
    assert "回到第一页" in second.content.decode()


def test_a_whole_number_finds_its_person_and_is_not_shown(world: World, officer: Client) -> None:
    member(world, "何立", order=3, phone="13800001111")
    response = officer.get("/members/?q=13800001111")
    assert names(response) == ["何立"]
    assert names(officer.get(f"/members/?q={id_number(3)}")) == ["何立"]
    assert names(officer.get("/members/?q=13800001112")) == []


@pytest.mark.parametrize("address", ["/members/", "/members/?q=张", "/members/applications/", "/members/headcount/"])
def test_a_page_costs_as_many_queries_at_one_row_as_at_many(
    world: World, officer: Client, django_assert_max_num_queries, address: str
) -> None:
    for n in range(4):
        member(world, f"张{n}", (BASE, OTHER, FAR)[n % 3]), applied(world, f"李{n}", (BASE, FAR)[n % 2])
        with django_assert_max_num_queries(14):
            assert officer.get(address).status_code == 200


def test_a_member_is_shown_masked_with_history_and_what_may_be_done(world: World, officer: Client) -> None:
    row = member(world, "何立", order=3, phone="13800001111")
    words = officer.get(row.get_absolute_url()).content.decode()
    assert "138****1111" in words
    assert "13800001111" not in words
    assert id_number(3) not in words
    assert "查看完整号码" not in words
    assert {"保留会籍", "退会", "转会"} <= set(re.findall(r"保留会籍|退会|转会", words))
    moving.ask(row, world.org(FAR), by=BUILDER, at=NOW)
    moving.accept(row, by=BUILDER, at=NOW)
    words = officer.get(row.get_absolute_url()).content.decode()
    assert "历次会籍所在" in words


def test_a_number_is_shown_once_to_whoever_may_with_a_reason(world: World, client_of) -> None:
    row = member(world, "何立", order=3)
    keeper = client_of(CITY, "member_officer")
    address = reverse("members:reveal", args=[row.pk])
    assert keeper.post(address, {"field": "id_number"}).status_code == 422
    assert Entry.objects.filter(verb="reveal").count() == 0
    response = keeper.post(address, {"field": "id_number", "reason": "核对转会材料"})
    assert id_number(3) in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert Entry.objects.get(verb="reveal").summary == "查看身份证号码：何立（核对转会材料）"
    assert keeper.post(address, {"field": "phone", "reason": "核对"}).status_code == 422
    assert client_of(CITY).post(address, {"field": "id_number", "reason": "核对"}).status_code == 403


def test_steps_are_taken_from_the_page_and_refusals_are_told(world: World, officer: Client) -> None:
    row = applied(world)
    approve = reverse("members:step", args=[row.pk, "approve"])
    assert officer.post(approve).status_code == 302
    again = officer.post(approve)
    assert again.status_code == 422
    assert "可能已由他人办理" in again.content.decode()
    keep = reverse("members:step", args=[row.pk, "keep"])
    assert "请写明原因" in officer.post(keep).content.decode()
    officer.post(keep, {"note": "退休"})
    assert Membership.objects.get().state == "kept"
    assert officer.post(reverse("members:step", args=[row.pk, "lapse"])).status_code == 404


def test_whoever_lets_a_member_go_out_of_sight_is_led_back_to_the_roll(world: World, client_of) -> None:
    row = member(world)
    moving.ask(row, world.org(FAR), by=BUILDER, at=NOW)
    accept = reverse("members:step", args=[row.pk, "accept"])
    assert client_of("碧江区总").post(accept).url == row.get_absolute_url()
    assert Membership.objects.get().organisation == world.org(FAR)


def test_an_officer_registers_and_corrects_a_member(world: World, officer: Client) -> None:
    address = f"/members/new/?at={world.org(BASE).pk}"
    told = {"name": "何立", "id_number": id_number(3), "phone": "13800001111", "form": "courier", "employer": ""}
    assert officer.post(address, {**told, "id_number": "123"}).status_code == 422
    response = officer.post(address, told)
    row = Membership.objects.get()
    assert response.url == row.get_absolute_url()
    assert (row.organisation, row.form, row.gender) == (world.org(BASE), "courier", "m")
    refused = officer.post(address, told)
    assert refused.status_code == 422
    assert "不必重复申请" in refused.content.decode()
    edit = reverse("members:edit", args=[row.pk])
    form = officer.get(edit).content.decode()
    assert "已登记 138****1111，不改的留空" in form
    assert 'name="gender"' not in form
    assert officer.post(edit, {"name": "何立", "form": "rider"}).status_code == 302
    row.refresh_from_db()
    assert (row.form, row.is_real_name) == ("rider", True)
    assert officer.post(edit, {"name": "", "form": "rider"}).status_code == 422


def test_a_move_is_asked_for_from_the_page(world: World, officer: Client) -> None:
    row = member(world)
    address = reverse("members:move", args=[row.pk])
    assert "碧江区1号企业" in officer.get(address, {"find": "碧江区1号"}).content.decode()
    assert "没有叫这个名称的工会" in officer.get(address, {"find": "无此工会"}).content.decode()
    assert officer.post(address, {"destination": "0"}).status_code == 422
    assert "已在这个工会" in officer.post(address, {"destination": world.org(BASE).pk}).content.decode()
    assert officer.post(address, {"destination": world.org(FAR).pk}).status_code == 302
    assert Membership.objects.get().state == "arriving"


def test_applications_are_decided_many_at_once(world: World, officer: Client) -> None:
    rows = [applied(world, f"张{n}", (BASE, FAR)[n % 2]) for n in range(5)]
    joining.approve(rows[0], by=BUILDER, at=NOW)
    address = "/members/applications/"
    assert names(officer.get(address)) == ["张2", "张4", "张1", "张3"]
    response = officer.post(address, {"action": "approve", "rows": [rows[0].pk, rows[1].pk]})
    words = response.content.decode()
    assert "已批准 1 件" in words
    assert "可能已由他人办理" in words
    assert officer.post(address, {"action": "refuse", "rows": [rows[2].pk]}).status_code == 422
    officer.post(address, {"action": "refuse", "rows": [rows[2].pk], "reason": "重复"})
    officer.post(address, {"action": "approve", "all": "1"})
    assert sorted(Membership.objects.values_list("name", "state")) == [
        ("张0", "active"), ("张1", "active"), ("张2", "refused"), ("张3", "active"), ("张4", "active"),
    ]  # fmt: skip
    assert names(officer.get(address)) == []


def test_moves_to_unions_below_are_seen_where_applications_are(world: World, officer: Client, client_of) -> None:
    row = member(world, "张一", FAR)
    moving.ask(row, world.org(BASE), by=BUILDER, at=NOW)
    shown = officer.get("/members/applications/").content.decode()
    assert ["转入待接" in shown, names(officer.get("/members/applications/"))] == [True, ["张一"]]
    assert "张一" not in client_of("碧江区总").get("/members/applications/").content.decode()
    assert officer.get(f"/members/{row.pk}/").status_code == 200


def test_the_head_count_is_shown_with_its_time_and_of_this_moment(world: World, officer: Client) -> None:
    member(world, form="truck", order=3)
    words = officer.get("/members/headcount/").content.decode()
    assert "此刻的数" in words
    assert re.search(r'货车司机</th><td class="number">1</td>', words)
    tallies.refresh_summaries(at=NOW)
    assert "截至 2026年3月2日" in officer.get("/members/headcount/").content.decode()
    assert "截至" not in officer.get("/members/headcount/?live=1").content.decode()
    member(world, "张一")
    of_county = re.compile(r'松桃苗族自治县总</a></td><td class="number" data-label="在籍会员">(\d+)</td>')
    for address, shown in (("/members/headcount/", "1"), ("/members/headcount/?live=1", "2")):
        assert of_county.search(officer.get(address).content.decode())[1] == shown
    county = officer.get(f"/members/headcount/?at={world.org(COUNTY).pk}").content.decode()
    assert "截至 2026年3月2日" in county
    assert re.search(r"下级工会.{0,80}此刻的数", county, re.DOTALL)
    assert re.search(r'1号企业</a></td><td class="number" data-label="在籍会员">2</td>', county)


def test_whoever_may_count_only_sees_no_names(world: World, client_of) -> None:
    leader = client_of(CITY, "leader")
    assert leader.get("/members/headcount/").status_code == 200
    assert leader.get("/members/").status_code == 403


def test_the_export_holds_what_is_filtered_with_numbers_masked(world: World, officer: Client) -> None:
    member(world, "何立", order=3, phone="13800001111"), member(world, "张一", FAR)
    words = sheet(officer.post("/members/export/?q=何"))
    assert "138****1111" in words
    assert [text in words for text in ("何立", "张一", "13800001111", id_number(3))] == [True, False, False, False]
    assert "何立" in sheet(officer.post("/members/export/?q=13800001111"))
    entry = Entry.objects.filter(verb="export").first()
    assert entry.summary == "导出会员名册：铜仁市总，1 人，号码已隐去中间部分"
    assert officer.get("/members/export/").status_code == 405


def test_a_base_union_takes_out_its_own_roll_masked(world: World, client_of) -> None:
    member(world, "何立", order=3), member(world, "张一", FAR)
    base = client_of(BASE, "base_officer")
    words = sheet(base.post("/members/export/"))
    assert [text in words for text in ("何立", "张一", id_number(3))] == [True, False, False]
    assert base.post("/members/export/", {"in_clear": "on", "reason": "核对"}).status_code == 422


def test_whole_numbers_are_exported_with_right_and_reason_only(world: World, officer: Client, client_of) -> None:
    member(world, "何立", order=3)
    assert officer.post("/members/export/", {"in_clear": "on", "reason": "核对"}).status_code == 422
    keeper = client_of(CITY, "member_officer")
    assert keeper.post("/members/export/", {"in_clear": "on"}).status_code == 422
    assert Entry.objects.filter(verb="export").count() == 0
    assert id_number(3) in sheet(keeper.post("/members/export/", {"in_clear": "on", "reason": "上报核对"}))
    assert Entry.objects.get(verb="export").detail == {"count": 1, "in_clear": True, "reason": "上报核对"}


def test_a_list_longer_than_a_batch_is_exported_whole(world: World, officer: Client) -> None:
    row = member(world, order=3)
    names = [f"会员{number:04d}" for number in range(BATCH + 1)]
    people = Person.objects.bulk_create([Person(name=name) for name in names], batch_size=500)
    values = {name: getattr(row, name) for name in ("organisation", "form", "state", "state_since", "applied_at")}
    many = [Membership(person=person, name=person.name, **values) for person in people]
    Membership.objects.bulk_create(many, batch_size=500)
    words = sheet(officer.post("/members/export/"))
    assert words.count("<row ") == BATCH + 3
    assert all(name in words for name in (*names, "何立"))


def test_a_formula_in_a_name_stays_words(world: World, officer: Client) -> None:
    row = member(world)
    lasting.correct(row, joining.PersonFacts("=1+1"), form="staff", employer="", by=BUILDER, at=NOW)
    assert "=1+1" in sheet(officer.post("/members/export/"))
