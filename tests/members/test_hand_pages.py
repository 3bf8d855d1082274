"""The pages of the worker's side: joining in three steps, the home, the door apart from the officers'."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongshu.core.access import worker
from gongshu.core.messages.models import PhoneCode
from gongshu.core.orgs.actions import add_many
from gongshu.core.orgs.enums import Level
from gongshu.members.actions import codes, joining, own_hand
from gongshu.members.enums import Form
from gongshu.members.models import Membership
from tests.members.samples import BASE, COUNTY, FAR, code_to, id_number, member, proved
from tests.worlds import BUILDER, NOW, World, union

pytestmark = pytest.mark.django_db
PHONE, STRANGE = "13812345678", "13987654321"


def join_page(world: World, at: str = BASE) -> str:
    return f"/join/{codes.code_of(world.org(at), by=BUILDER, at=NOW).code}/"


def words(response) -> str:
    return response.content.decode()


def entered(phone: str = PHONE) -> Client:
    client = Client()
    proved(client, "/my/login/", phone)
    PhoneCode.objects.all().delete()
    return client


def test_three_steps_lead_from_the_poster_to_the_inbox_of_the_union(world: World, client: Client, client_of):
    page = join_page(world)
    assert proved(client, page, PHONE).url == page
    assert client.get(page).url == f"{page}about/"
    told = {"name": "石山", "form": Form.TRUCK, "id_number": id_number(7), "employer": "众达"}
    assert client.post(f"{page}about/", told).url == f"{page}agree/"
    assert id_number(7) not in words(client.get(f"{page}agree/"))
    assert client.post(f"{page}agree/", {"agreed": "on"}).url == "/my/"
    row = Membership.objects.get()
    assert (row.organisation, row.state, row.employer) == (world.org(BASE), "applied", "众达")
    assert "石山" in words(client_of(BASE, "member_officer").get("/members/applications/"))
    assert "松桃苗族自治县1号企业工会" in words(client.get("/my/"))


def test_nothing_is_skipped_and_nothing_kept_without_consent(world: World, client: Client):
    page = join_page(world)
    assert [client.get(f"{page}{step}/").url for step in ("about", "agree")] == [page, page]
    proved(client, page, PHONE)
    assert client.get(f"{page}agree/").url == f"{page}about/"
    client.post(f"{page}about/", {"name": "石山", "form": Form.TRUCK})
    answer = client.post(f"{page}agree/", {})
    assert answer.status_code == 422
    assert "请先勾选同意" in words(answer)
    assert Membership.objects.count() == 0


def test_what_was_typed_survives_an_error_and_going_back(world: World, client: Client):
    page = join_page(world)
    proved(client, page, PHONE)
    wrong = {"name": "石山", "form": Form.COURIER, "id_number": "520102199003070011", "employer": "众达"}
    answer = client.post(f"{page}about/", wrong)
    assert answer.status_code == 422
    assert ["校验位不符" in words(answer), 'value="石山"' in words(answer), 'value="众达"' in words(answer)] == [
        True
    ] * 3
    client.post(f"{page}about/", {**wrong, "id_number": id_number(7)})
    again = words(client.get(f"{page}about/"))
    assert [f'value="{text}"' in again for text in ("石山", "众达", id_number(7))] == [True] * 3


def test_the_session_holds_neither_phone_nor_number_in_the_clear(world: World, client: Client):
    page = join_page(world)
    proved(client, page, PHONE)
    client.post(f"{page}about/", {"name": "石山", "form": Form.COURIER, "id_number": id_number(7)})
    kept = json.dumps(dict(client.session))
    assert [text for text in (PHONE, id_number(7), "石山") if text in kept] == []


def test_a_worker_who_is_known_is_not_asked_name_and_number_again(world: World):
    row = member(world, "石山", order=7, phone=PHONE)
    own_hand.leave(row, reason="换工作", person=row.person, at=NOW)
    client, page = entered(), join_page(world, FAR)
    asked = words(client.get(f"{page}about/"))
    assert ['name="name"' in asked, 'name="id_number"' in asked] == [False, False]
    client.post(f"{page}about/", {"form": Form.RIDER})
    client.post(f"{page}agree/", {"agreed": "on"})
    again = Membership.objects.get(state="applied")
    assert (again.person_id, again.is_real_name, again.form) == (row.person_id, True, Form.RIDER)


def test_without_a_code_occupation_and_place_lead_to_a_union_and_say_why(world: World, client: Client):
    county = world.org(COUNTY)
    assert "货车司机" in words(client.get("/join/"))
    assert "申请加入" not in words(client.get("/join/", {"form": Form.TRUCK, "at": world.org("铜仁市总").pk}))
    shown = words(client.get("/join/", {"form": Form.TRUCK, "at": county.pk}))
    assert ["申请加入" in shown, "当地还没有专门接收货车司机的工会" in shown, "待核实" in shown] == [True] * 3
    answer = client.post("/join/choose/", {"union": county.pk, "form": Form.TRUCK})
    assert answer.url == f"{join_page(world, COUNTY)}?form=truck"
    client.get(answer.url)
    proved(client, answer.url, PHONE)
    about = words(client.get(f"{join_page(world, COUNTY)}about/"))
    assert '<option value="truck" selected>' in about


@pytest.mark.parametrize("at", ["0", "x", "9" * 30])
def test_a_place_that_is_none_is_not_found(world: World, client: Client, at: str):
    assert client.get("/join/", {"form": Form.TRUCK, "at": at}).status_code == 404
    assert client.post("/join/choose/", {"union": at}).status_code == 404


def test_a_firms_union_is_no_place_but_found_by_name(world: World, client: Client):
    base = world.org(BASE)
    assert client.get("/join/", {"form": Form.STAFF, "at": base.pk}).status_code == 404
    assert base.name in words(client.get("/join/", {"form": Form.STAFF, "find": "1号企业"}))


def test_choosing_a_place_costs_the_same_however_many_there_are(world: World, client: Client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/join/", {"form": Form.TRUCK})
        return len(seen)

    few = cost()
    add_many([union(f"第{n}省总工会", Level.PROVINCE) for n in range(5)], under=world.org("中华全国总"))
    assert few == cost()


def test_asking_for_a_code_tells_nobody_who_is_registered(world: World):
    member(world, "石山", phone=PHONE)
    known, strange = (Client().post("/my/login/", {"phone": phone}) for phone in (PHONE, STRANGE))
    blank = [words(each).replace(PHONE, "号").replace(STRANGE, "号") for each in (known, strange)]
    cut = [text.split('name="csrfmiddlewaretoken"')[-1].split(">", 1)[1] for text in blank]
    assert (known.status_code, cut[0]) == (strange.status_code, cut[1])


def test_a_number_nobody_has_leads_to_joining(world: World, client: Client):
    assert proved(client, "/my/login/", STRANGE).url == "/my/unknown/"
    assert "申请加入工会" in words(client.get("/my/unknown/"))
    assert client.get("/my/").url == "/my/login/?next=%2Fmy%2F"


def test_a_wrong_code_is_told_beside_its_field_and_lets_nobody_in(world: World, client: Client):
    member(world, "石山", phone=PHONE)
    client.post("/my/login/", {"phone": PHONE})
    answer = client.post("/my/login/", {"phone": PHONE, "code": f"{(int(code_to(PHONE)) + 1) % 10**6:06d}"})
    assert (answer.status_code, "验证码不对" in words(answer)) == (422, True)
    assert client.get("/my/").status_code == 302


def test_asking_again_at_once_leaves_the_place_for_the_code_open(world: World, client: Client):
    client.post("/my/login/", {"phone": PHONE})
    again = client.post("/my/login/", {"phone": PHONE})
    assert (again.status_code, 'name="code"' in words(again)) == (422, True)


def test_logging_in_goes_where_one_wanted_to_but_never_elsewhere(world: World):
    member(world, "石山", phone=PHONE)
    client = Client()
    assert proved(client, "/my/login/?next=/my/card/", PHONE).url == "/my/card/"
    PhoneCode.objects.all().delete()
    assert proved(client, "/my/login/?next=https://example.org/", PHONE).url == "/my/"


def test_those_who_share_a_phone_choose_and_show_the_end_of_their_number(world: World):
    row = member(world, "石山", order=7, phone=PHONE)
    member(world, "石水", phone=PHONE)
    client = Client()
    assert proved(client, "/my/login/", PHONE).url == "/my/who/"
    shown = words(client.get("/my/who/"))
    assert [name in shown for name in ("石*", "石山")] == [True, False]
    for tail in ("0000", id_number(7)[-1], ""):
        assert client.post("/my/who/", {"person": row.person_id, "tail": tail}).status_code == 422
    assert client.get("/my/").status_code == 302
    assert client.post("/my/who/", {"person": row.person_id, "tail": id_number(7)[-4:].lower()}).url == "/my/"
    assert "石山，您好" in words(client.get("/my/"))


def test_guessing_the_end_of_a_number_ends_the_visit(world: World):
    row = member(world, "石山", order=7, phone=PHONE)
    member(world, "石水", phone=PHONE)
    client = Client()
    proved(client, "/my/login/", PHONE)
    for _ in range(4):
        assert client.post("/my/who/", {"person": row.person_id, "tail": "0000"}).status_code == 422
    assert client.post("/my/who/", {"person": row.person_id, "tail": "0000"}).url == "/my/login/"
    assert client.post("/my/who/", {"person": row.person_id, "tail": id_number(7)[-4:]}).url == "/my/login/"


def test_one_door_does_not_open_the_other(world: World, client_of):
    member(world, "石山", phone=PHONE)
    worker_client = entered()
    assert worker_client.get("/members/").url.startswith("/login/")
    assert client_of(BASE, "member_officer").get("/my/").url.startswith("/my/login/")


def test_a_visit_ends_after_half_a_day_and_when_the_phone_is_anothers(world: World, monkeypatch):
    row = member(world, "石山", phone=PHONE)
    late, changed = entered(), entered()
    monkeypatch.setattr(worker, "LASTS", timedelta(seconds=-1))
    over = entered()
    assert over.get("/my/").status_code == 302
    assert late.get("/my/").status_code == 200
    own_hand.change_phone(row.person, STRANGE, at=timezone.now())
    assert changed.get("/my/").status_code == 302


def test_changing_the_phone_needs_a_code_to_the_new_one(world: World):
    row = member(world, "石山", phone=PHONE)
    client = entered()
    assert proved(client, "/my/phone/", STRANGE).url == "/my/"
    row.person.refresh_from_db()
    assert row.person.phone.reveal() == STRANGE
    assert client.get("/my/").status_code == 200


def test_a_member_who_scans_another_unions_code_moves_in_one_step(world: World):
    row = member(world, "石山", phone=PHONE)
    client = entered()
    assert "一人一籍，不用重新入会" in words(client.get(join_page(world, FAR)))
    assert client.post("/my/move/", {"union": world.org(FAR).pk}).url == "/my/"
    row.refresh_from_db()
    assert (row.state, row.destination) == ("arriving", world.org(FAR))
    assert "撤回转会" in words(client.get("/my/"))
    client.post("/my/stop-move/")
    row.refresh_from_db()
    assert row.state == "active"


def test_moving_to_where_one_is_or_to_nowhere_is_refused(world: World):
    row = member(world, "石山", phone=PHONE)
    client = entered()
    for chosen in (row.organisation_id, "", "x", "99999999"):
        assert client.post("/my/move/", {"union": chosen}).status_code == 422
    row.refresh_from_db()
    assert row.state == "active"


def test_an_application_shows_its_way_and_can_be_withdrawn(world: World, client: Client):
    row = own_hand.apply(
        own_hand.Told("石山", Form.TRUCK), phone=PHONE, organisation=world.org(BASE), at=timezone.now()
    )
    client = entered()
    shown = words(client.get("/my/"))
    assert ["办理进度" in shown, "松桃苗族自治县1号企业" in shown, "会员卡" in shown] == [True, True, False]
    assert client.get("/my/card/").status_code == 404
    client.post("/my/withdraw/")
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert "撤回申请" in words(client.get("/my/"))


def test_a_refusal_is_told_with_its_reason(world: World):
    row = own_hand.apply(own_hand.Told("石山", Form.TRUCK), phone=PHONE, organisation=world.org(BASE), at=NOW)
    joining.refuse(row, reason="不在本单位工作", by=world.actor(BASE, "member_officer"), at=NOW)
    assert "不在本单位工作" in words(entered().get("/my/"))


def test_the_card_changes_by_itself_with_and_without_a_script(world: World):
    member(world, "石山", phone=PHONE)
    client = entered()
    page, part = client.get("/my/card/"), client.get("/my/card/", headers={"HX-Request": "true"})
    assert ['<noscript><meta http-equiv="refresh"' in words(page), "<html" in words(part)] == [True, False]
    assert ['hx-trigger="load delay:' in words(each) for each in (page, part)] == [True, True]
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_the_counter_learns_no_more_than_it_must(world: World, client_of):
    member(world, "欧阳明", phone=PHONE, order=7)
    card = entered().get("/my/card/").context["card"]
    shown = words(client_of(FAR, "member_officer").get("/members/check/", {"token": card.token}))
    assert ["有效" in shown, "欧阳*" in shown, "欧阳明" in shown] == [True, True, False]
    assert client_of("铜仁市总", "leader").get("/members/check/").status_code == 403


def test_leaving_and_correcting_work_from_the_pages(world: World):
    row = member(world, "石山", phone=PHONE)
    client = entered()
    told = {"name": "石三", "form": Form.RIDER, "employer": "众达"}
    assert client.post("/my/correct/", told).url == "/my/?saved=1"
    assert "已保存" in words(client.get("/my/?saved=1"))
    assert client.post("/my/leave/", {"reason": "退" * 201}).status_code == 422
    assert client.post("/my/leave/", {"reason": ""}).url == "/my/"
    row.refresh_from_db()
    assert (row.name, row.form, row.state) == ("石三", "rider", "left")


def test_ones_data_is_shown_masked_downloaded_whole_and_consent_taken_back(world: World):
    own_hand.apply(own_hand.Told("石山", Form.TRUCK, id_number(7)), phone=PHONE, organisation=world.org(BASE), at=NOW)
    client = entered()
    shown = words(client.get("/my/data/"))
    assert [PHONE in shown, id_number(7) in shown, "138****5678" in shown] == [False, False, True]
    copy = client.post("/my/data/copy/")
    assert copy["Cache-Control"] == "private, no-store"
    assert f"身份证号码：{id_number(7)}" in words(copy)
    assert "已撤回同意" in words(client.post("/my/data/unconsent/"))
    assert client.get("/my/").status_code == 302
    assert Membership.objects.get().state == "withdrawn"


def test_a_worker_who_meets_a_missing_page_is_led_back_to_their_own(client: Client, db: None):
    for path in ("/join/none0000/", "/my/nothing/"):
        missing = client.get(path)
        assert (missing.status_code, 'href="/my/"' in words(missing), 'href="/"' in words(missing)) == (
            404,
            True,
            False,
        )


def test_large_type_is_kept_on_the_device(client: Client, db: None):
    assert 'class="large"' not in words(client.get("/join/"))
    client.post("/my/large/", {"next": "/join/"})
    assert 'class="large"' in words(client.get("/join/"))
    client.post("/my/large/", {"next": "/join/"})
    assert 'class="large"' not in words(client.get("/join/"))


def test_a_new_code_makes_the_old_posters_worthless(world: World, client_of, client: Client):
    officer, base = client_of(BASE, "member_officer"), world.org(BASE)
    assert "生成入会码" in words(officer.get("/members/poster/"))
    officer.post("/members/poster/renew/")
    old = join_page(world)
    assert old in words(officer.get("/members/poster/"))
    officer.post("/members/poster/renew/")
    assert (client.get(old).status_code, client.get(join_page(world)).status_code) == (404, 200)
    assert base.join_code.code != old


def test_the_poster_is_a_word_file_with_the_code_in_it(world: World, client_of):
    officer = client_of(BASE, "member_officer")
    assert officer.get("/members/poster/file/").status_code == 404
    officer.post("/members/poster/renew/")
    made = officer.get("/members/poster/file/")
    assert made.content[:2] == b"PK"
    assert "attachment" in made["Content-Disposition"]
    assert officer.get("/members/poster/file/", {"kind": "exe"}).status_code == 404


def test_a_poster_is_for_the_unions_within_reach(world: World, client_of):
    officer, far = client_of(BASE, "base_officer"), world.org(FAR)
    assert officer.get("/members/poster/", {"at": far.pk}).status_code == 404
    assert officer.post(f"/members/poster/renew/?at={far.pk}").status_code == 404


def test_what_is_printed_leads_to_https_where_the_site_has_it(world: World, client_of, settings):
    officer = client_of(BASE, "member_officer")
    officer.post("/members/poster/renew/")
    assert officer.get("/members/poster/").context["address"] == f"http://testserver{join_page(world)}"
    settings.SESSION_COOKIE_SECURE = True
    assert officer.get("/members/poster/").context["address"] == f"https://testserver{join_page(world)}"


def test_who_must_log_in_again_before_a_deed_does_not_come_back_to_it(client: Client, db: None):
    assert client.post("/my/withdraw/").url == "/my/login/?"


@pytest.mark.parametrize("name", ["中华全国总", "贵州省总", "铜仁市总"])
def test_nobody_joins_or_moves_to_a_federation_above_the_county(world: World, client: Client, name: str):
    above = world.org(name)
    assert client.post("/join/choose/", {"union": above.pk}).status_code == 404
    assert client.get("/join/", {"form": Form.STAFF, "find": above.name}).context["found"] == []
    member(world, "石山", phone=PHONE)
    inside = entered()
    assert inside.post("/my/move/", {"union": above.pk}).status_code == 422
    assert inside.get("/my/move/", {"find": above.name}).context["found"] == []
