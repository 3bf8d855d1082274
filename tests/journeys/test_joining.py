"""A truck driver joins on a phone, the union approves, the driver shows the card; every page is sound for everybody."""

from __future__ import annotations

import pytest

from gongshu.members.actions import codes
from gongshu.members.models import Membership
from tests.members.samples import BASE, code_to, member
from tests.worlds import BUILDER, NOW, World

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13812345678"


def sound(screen) -> None:
    screen.check_access()
    screen.check_width()


def prove(screen, phone: str, action: str) -> None:
    """Show on the page that a phone is one's own."""
    screen.page.get_by_label("手机号码").fill(phone)
    screen.page.get_by_role("button", name="获取验证码").click()
    screen.page.get_by_label("验证码").wait_for()
    sound(screen)
    screen.page.get_by_label("验证码").fill(code_to(phone))
    screen.page.get_by_role("button", name=action, exact=True).click()


def test_a_truck_driver_joins_in_three_steps_and_is_approved(screen, world: World):
    screen.go("/join/")
    sound(screen)
    screen.page.get_by_role("link", name="货车司机").click()
    for place in ("贵州省", "铜仁市", "松桃苗族自治县"):
        sound(screen)
        screen.page.get_by_role("link", name=place).click()
    sound(screen)
    screen.page.get_by_role("button", name="申请加入").click()
    sound(screen)
    prove(screen, PHONE, "下一步")
    sound(screen)
    screen.page.get_by_label("姓名").fill("石山")
    screen.page.get_by_role("button", name="下一步").click()
    sound(screen)
    screen.page.get_by_role("checkbox").check()
    screen.page.get_by_role("button", name="提交申请").click()
    screen.page.get_by_text("办理进度").wait_for()
    sound(screen)
    screen.picture("joining-progress")
    assert Membership.objects.get().get_form_display() == "货车司机"

    screen.sign_in(world.account("松桃苗族自治县总"))
    screen.go(Membership.objects.get().get_absolute_url())
    screen.page.get_by_role("button", name="批准入会").click()
    screen.page.get_by_text("在籍").first.wait_for()
    assert Membership.objects.get().state == "active"


def test_a_member_comes_in_with_a_code_and_shows_the_card(screen, world: World):
    member(world, "石山", order=7, phone=PHONE)
    screen.go("/my/login/")
    sound(screen)
    prove(screen, PHONE, "登录")
    screen.page.get_by_role("link", name="出示会员卡").wait_for()
    sound(screen)
    screen.page.get_by_role("link", name="出示会员卡").click()
    screen.page.get_by_text("每分钟更换").wait_for()
    sound(screen)
    screen.picture("member-card")
    token = screen.page.locator(".badge-token").inner_text()
    for address in ("/my/move/?find=企业", "/my/leave/", "/my/correct/", "/my/phone/", "/my/data/"):
        screen.go(address)
        sound(screen)
    screen.page.get_by_role("button", name="大字版").click()
    screen.go("/my/card/")
    sound(screen)

    screen.sign_in(world.account(BASE, "member_officer"))
    screen.go(f"/members/check/?token={token}")
    screen.page.get_by_text("在籍会员").wait_for()
    sound(screen)


def test_the_officers_pages_around_joining_are_sound(screen, world: World):
    codes.renew(world.org(BASE), by=BUILDER, at=NOW)
    screen.sign_in(world.account(BASE, "member_officer"))
    for address in ("/members/poster/", "/members/check/", "/organising/leads/"):
        screen.go(address)
        sound(screen)
    screen.sign_in(world.account("铜仁市总", "admin"))
    screen.go("/messages/outbox/")
    sound(screen)
