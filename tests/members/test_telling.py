"""What a member is told of a decision, on the phone and on the progress page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from gongshu.core.base.problems import Refused
from gongshu.core.messages import texts
from gongshu.core.messages.models import PersonText
from gongshu.members.actions import joining, lasting, moving, own_hand
from gongshu.members.models import Membership
from tests.members.samples import BASE, FAR, OTHER, applied, member, proved, text_to
from tests.worlds import BUILDER, NOW, World

LATER = NOW + timedelta(days=1)
PHONE = "13800001111"


def said(row: Membership) -> str:
    row.refresh_from_db()
    found = texts.last_about(row)
    return found.text.removeprefix(texts.SIGN) if found else ""


def test_approval_and_refusal_are_told_with_the_reason(world: World) -> None:
    first, second = applied(world, phone=PHONE), applied(world, "张一", phone="13800002222")
    joining.approve(first, by=BUILDER, at=LATER)
    joining.refuse(second, reason="不是本单位职工", by=BUILDER, at=LATER)
    name = world.org(BASE).name
    assert said(first) == f"您加入{name}的申请已批准，会员卡在“我的”里出示。"
    assert said(second) == f"您加入{name}的申请未获批准（不是本单位职工）。"


def test_many_decided_at_once_are_each_told(world: World) -> None:
    rows = [applied(world, f"张{n}") for n in range(3)]
    joining.decide_many([row.pk for row in rows], "approve", by=BUILDER, at=LATER)
    assert [said(row)[:4] for row in rows] == ["您加入松"] * 3
    assert PersonText.objects.count() == 3


def test_a_move_is_told_when_it_is_over_either_way(world: World) -> None:
    row = member(world, phone=PHONE)
    there = world.org(OTHER)
    moving.ask(row, there, by=world.actor(BASE, "base_officer"), at=LATER)
    moving.send_back(row, reason="没有入职", by=BUILDER, at=LATER)
    assert said(row) == f"您转往{there.name}的申请未办成（没有入职），会籍仍在{world.org(BASE).name}。"
    moving.ask(row, there, by=world.actor(BASE, "base_officer"), at=LATER)
    moving.accept(row, by=BUILDER, at=LATER + timedelta(hours=1))
    assert said(row) == f"您的会籍已转入{there.name}。"


def test_what_members_do_themselves_and_what_is_refused_is_not_told(world: World) -> None:
    row = applied(world)
    joining.review(row, by=BUILDER, at=LATER)
    joining.withdraw(row, by=BUILDER, at=LATER)
    other = member(world, "张一")
    before = PersonText.objects.count()
    lasting.finish(other, "leave", reason="本人要求", by=BUILDER, at=LATER)
    with pytest.raises(Refused):
        joining.approve(row, by=BUILDER, at=LATER)
    assert PersonText.objects.count() == before == 1


def test_the_progress_page_says_whether_the_text_went_out(
    world: World, client: Client, client_of: Callable[..., Client]
) -> None:
    row = member(world, at=FAR, phone=PHONE)
    officers = client_of(FAR, "base_officer").get(row.get_absolute_url())
    assert "短信正在发出：【工会】您加入" in officers.content.decode()
    [key] = texts.waiting()
    texts.send(key, at=LATER)
    assert text_to(PHONE).startswith("【工会】您加入")
    proved(client, "/my/login/", PHONE)
    mine = client.get("/my/").content.decode()
    assert ("已发短信到138" in mine, "申请已批准" in mine) == (True, True)


def test_a_text_is_shown_until_the_state_changes_and_is_part_of_ones_copy(world: World) -> None:
    row = member(world, phone=PHONE)
    assert said(row)
    lasting.finish(row, "leave", reason="本人要求", by=BUILDER, at=LATER)
    assert said(row) == ""
    [told] = own_hand.own_copy(row.person, at=LATER)["告知短信"]
    assert (told["发出"], "已批准" in told["内容"]) == (None, True)


def test_the_progress_page_is_honest_about_a_text_that_did_not_go_out(world: World, client: Client) -> None:
    row = member(world, phone=PHONE)
    PersonText.objects.filter(object_id=row.pk).update(tries=5, failure="短信服务商没有接收：余额不足")
    proved(client, "/my/login/", PHONE)
    assert "短信没有发出（短信服务商没有接收：余额不足）" in client.get("/my/").content.decode()
