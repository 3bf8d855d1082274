"""Whole requests about venues."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongshu.venues import actions
from gongshu.venues.models import Inspection, Remedy, Venue
from gongshu.venues.rules.checks import Finding
from gongshu.venues.rules.kinds import kinds
from tests.venues.samples import opened, prepared
from tests.worlds import NOW, World

COUNTY, CITY, SISTER = "松桃苗族自治县总", "铜仁市总", "贵阳市总"
FORM = {
    "name": "平头服务区司机之家",
    "address": "平头镇",
    "hours": "全天",
    "phone": "",
    "equipment": list(kinds()["driver_home"].required),
}
PNG = b"\x89PNG\r\n\x1a\n0000"
ClientOf = Callable[..., Client]


def text(response) -> str:
    return response.content.decode()


def test_a_county_registers_opens_and_closes_a_driver_home(world: World, client_of: ClientOf):
    client = client_of(COUNTY)
    assert "货车司机停车、休息" in text(client.get("/venues/new/"))
    response = client.post("/venues/new/?kind=driver_home", FORM)
    venue = Venue.objects.get()
    assert (response.status_code, response.url) == (302, venue.get_absolute_url())
    assert (venue.organisation, venue.hours_words) == (world.org(COUNTY), "每天 全天")
    client.post(f"{venue.get_absolute_url()}step/open/")
    page = text(client.get(venue.get_absolute_url()))
    assert "此刻开门" in page
    refused = client.post(f"{venue.get_absolute_url()}step/close/", {"note": ""})
    assert refused.status_code == 422
    assert "请写明原因，将在阵地页面上公布" in text(refused)
    client.post(f"{venue.get_absolute_url()}step/close/", {"note": "拆迁"})
    venue.refresh_from_db()
    assert (venue.state, venue.state_reason) == ("closed", "拆迁")
    assert "拆迁" in text(client.get(venue.get_absolute_url()))


def test_a_refusal_to_open_names_the_notice(world: World, client_of: ClientOf):
    venue = prepared(world, equipment=[])
    response = client_of(COUNTY).post(f"{venue.get_absolute_url()}step/open/")
    assert response.status_code == 422
    assert "交办运函〔2025〕1059号" in text(response)


def test_a_refusal_from_an_unverified_source_says_so(world: World, client_of: ClientOf):
    venue = prepared(world, kind="rest_stop", equipment=[])
    page = text(client_of(COUNTY).post(f"{venue.get_absolute_url()}step/open/"))
    assert "待核实" in page


def test_nothing_typed_is_lost_by_an_error(world: World, client_of: ClientOf):
    bad = {**FORM, "hours": "周末随便", "phone": "13800138000"}
    response = client_of(COUNTY).post("/venues/new/?kind=driver_home", bad)
    assert response.status_code == 422
    page = text(response)
    for said in ("看不懂“周末随便”", "不填个人手机号", 'value="平头镇"', 'value="周末随便"'):
        assert said in page
    assert Venue.objects.count() == 0


def test_the_same_name_is_refused_beside_the_field(world: World, client_of: ClientOf):
    prepared(world)
    response = client_of(COUNTY).post("/venues/new/?kind=driver_home", FORM)
    assert response.status_code == 422
    assert response.context["form"].errors["name"] == ["本单位已经登记过同名的阵地，请核对或换一个名称"]


def test_a_city_registers_for_a_county_of_its_own_but_not_for_a_sister(world: World, client_of: ClientOf):
    client = client_of(CITY)
    mine, other = world.org(COUNTY), world.org("南明区总")
    assert client.post(f"/venues/new/?kind=driver_home&organisation={mine.pk}", FORM).status_code == 302
    assert Venue.objects.get().organisation == mine
    for wrong in (str(other.pk), "9" * 18):
        assert client.post(f"/venues/new/?kind=driver_home&organisation={wrong}", FORM).status_code == 404


def test_a_venue_is_changed_and_its_picture_shown(world: World, client_of: ClientOf):
    venue, client = prepared(world), client_of(COUNTY)
    assert client.get(f"/venues/{venue.pk}/photo/").status_code == 404
    photo = SimpleUploadedFile("门口.png", PNG)
    response = client.post(f"/venues/{venue.pk}/edit/", {**FORM, "address": "新址", "photo": photo})
    assert response.status_code == 302
    venue.refresh_from_db()
    assert venue.address == "新址"
    shown = client.get(f"/venues/{venue.pk}/photo/")
    assert (b"".join(shown.streaming_content), shown["Content-Type"]) == (PNG, "image/png")
    newer = SimpleUploadedFile("新.png", PNG + b"new")
    client.post(f"/venues/{venue.pk}/edit/", {**FORM, "address": "新址", "photo": newer})
    former = f"/venues/{venue.pk}/photo/?version={venue.photo_id}"
    assert former in client.get(venue.get_absolute_url()).content.decode()
    assert b"".join(client.get(former).streaming_content) == PNG
    venue.refresh_from_db()
    venue.photo.location.unlink()
    assert client.get(f"/venues/{venue.pk}/photo/").status_code == 404


@pytest.mark.parametrize("name", ["计划.pdf", "假图.png"])
def test_what_is_no_picture_is_not_kept_as_one(world: World, client_of: ClientOf, name: str):
    venue = prepared(world)
    upload = SimpleUploadedFile(name, b"%PDF-1.4 not a picture")
    response = client_of(COUNTY).post(f"/venues/{venue.pk}/edit/", {**FORM, "photo": upload})
    assert response.status_code == 422
    assert Venue.objects.get().photo is None


def test_a_refused_picture_leaves_no_venue_half_registered(world: World, client_of: ClientOf):
    upload = SimpleUploadedFile("假图.png", b"%PDF-1.4 not a picture")
    response = client_of(COUNTY).post("/venues/new/?kind=driver_home", {**FORM, "photo": upload})
    assert (response.status_code, Venue.objects.count()) == (422, 0)


def test_an_edit_that_opening_would_not_allow_is_refused(world: World, client_of: ClientOf):
    venue = opened(world)
    response = client_of(COUNTY).post(f"/venues/{venue.pk}/edit/", {**FORM, "address": ""})
    assert response.status_code == 422
    assert response.context["form"].errors["address"] == ["开放前须填写地址，职工才找得到"]
    assert 'value="每天 全天"' in text(client_of(COUNTY).get(f"/venues/{venue.pk}/edit/"))


def test_a_city_inspects_and_the_county_puts_it_right(world: World, client_of: ClientOf):
    venue, city, county = opened(world), client_of(CITY), client_of(COUNTY)
    assert "不用拍照，不用打卡" in text(city.get(f"/venues/{venue.pk}/inspect/"))
    assert city.post(f"/venues/{venue.pk}/inspect/", {"faults": ["shower"]}).status_code == 422
    assert city.post(f"/venues/{venue.pk}/inspect/", {"faults": ["shower"], "note": "没有热水"}).status_code == 302
    assert Inspection.objects.get().faults == ["淋浴"]
    assert "平头服务区司机之家：没有热水" in text(county.get("/"))
    remedy = Remedy.objects.get()
    assert county.post(f"/venues/remedies/{remedy.pk}/finish/", {"note": ""}).status_code == 422
    assert county.post(f"/venues/remedies/{remedy.pk}/finish/", {"note": "修好了"}).status_code == 302
    assert "没有热水" not in text(county.get("/"))


def test_a_sister_union_knows_nothing_of_a_venue(world: World, client_of: ClientOf):
    venue, sister = opened(world), client_of(SISTER)
    actions.inspect(venue, [Finding("shower", False)], note="x", due_on=None, by=world.actor(CITY), at=NOW)
    assert "平头服务区" not in text(sister.get("/venues/"))
    for address in ("", "edit/", "inspect/", "photo/"):
        assert sister.get(f"/venues/{venue.pk}/{address}").status_code == 404
    assert sister.post(f"/venues/{venue.pk}/step/close/", {"note": "x"}).status_code == 404
    assert sister.post(f"/venues/remedies/{Remedy.objects.get().pk}/finish/").status_code == 404


def test_an_unknown_step_is_not_found(world: World, client_of: ClientOf):
    assert client_of(COUNTY).post(f"/venues/{prepared(world).pk}/step/fly/").status_code == 404


def test_the_list_is_narrowed_by_kind_state_flag_branch_and_words(world: World, client_of: ClientOf):
    opened(world)
    faulty = opened(world, "碧江区总", kind="reading_room", name="书屋", equipment=["shelves", "seats"])
    actions.inspect(faulty, [Finding("seats", False)], note="缺椅子", due_on=None, by=world.actor(CITY), at=NOW)
    prepared(world, name="筹建中")
    client = client_of(CITY)

    def names(query: str) -> set[str]:
        return {row.name for row in client.get(f"/venues/?{query}").context["table"].page.object_list}

    assert names("") == {"平头服务区司机之家", "书屋", "筹建中"}
    assert names("kind=reading_room") == {"书屋"}
    assert names("state=preparing") == {"筹建中"}
    assert names("flag=repair") == {"书屋"}
    assert names("flag=idle") == {"平头服务区司机之家", "书屋"}
    assert names(f"under={world.org('碧江区总').pk}") == {"书屋"}
    assert names("q=平头服务区司机") == {"平头服务区司机之家"}


def test_the_list_downloads_what_is_shown(world: World, client_of: ClientOf):
    opened(world)
    response = client_of(CITY).get("/venues/?export=xlsx")
    with ZipFile(BytesIO(response.content)) as book:
        assert "平头服务区司机之家" in book.read("xl/worksheets/sheet1.xml").decode()


def test_the_list_asks_the_same_questions_at_one_and_three_rows(world: World, client_of: ClientOf):
    client = client_of(CITY)
    opened(world)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/venues/")
        return len(asked)

    one = count()
    opened(world, name="第二处")
    opened(world, "碧江区总", name="第三处")
    assert Venue.objects.count() == 3
    assert count() == one


def test_a_leader_sees_and_may_not_change(world: World, client_of: ClientOf):
    venue = opened(world)
    leader = client_of(CITY, "leader")
    page = text(leader.get(venue.get_absolute_url()))
    assert "step/close/" not in page
    assert "/edit/" not in page
    assert leader.get(f"/venues/{venue.pk}/edit/").status_code == 403


def test_a_base_union_registers_its_own_place(world: World, client_of: ClientOf):
    base = world.org("松桃苗族自治县1号企业")
    client = client_of(base.short_name, "base_officer")
    assert client.post("/venues/new/?kind=workers_home", {"name": "之家"}).status_code == 302
    assert Venue.objects.get().organisation == base
