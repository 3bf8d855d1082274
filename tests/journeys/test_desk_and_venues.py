"""A county opens a driver home; the everyday pages are sound for everybody at both sizes."""

from __future__ import annotations

import pytest

from gongshu.venues.models import Venue
from tests.venues.samples import opened
from tests.worlds import World

pytestmark = pytest.mark.django_db(transaction=True)
COUNTY, CITY = "松桃苗族自治县总", "铜仁市总"


def test_a_county_registers_and_opens_a_driver_home(screen, world: World):
    screen.sign_in(world.account(COUNTY))
    screen.go("/venues/new/")
    screen.check_access()
    screen.page.get_by_role("link", name="登记这一类").first.click()
    screen.check_access()
    screen.page.get_by_label("名称").fill("平头服务区司机之家")
    screen.page.get_by_role("button", name="登记", exact=True).click()
    screen.page.get_by_role("button", name="开放", exact=True).click()
    assert screen.page.get_by_text("司机之家还缺：").count() == 1
    screen.check_access()

    screen.page.get_by_role("link", name="修改", exact=True).click()
    screen.page.get_by_label("地址").fill("平头镇")
    screen.page.get_by_label("开放时间").fill("全天")
    for box in screen.page.get_by_role("checkbox").all():
        box.check()
    screen.page.get_by_role("button", name="保存").click()
    screen.page.get_by_role("button", name="开放", exact=True).click()
    screen.page.get_by_text("此刻开门").wait_for()
    screen.check_access()
    screen.check_width()
    screen.picture("venue")
    assert Venue.objects.get().state == "open"


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("/", "office"),
        ("/venues/", "office"),
        ("/orgs/", "office"),
        ("/orgs/list/?q=工会", "office"),
        ("/statutes/", "office"),
        ("/statutes/trade-union-law/", "office"),
        ("/trail/", "office"),
        ("/password/", "office"),
        ("/people/", "admin"),
        ("/people/new/?find=总工会", "admin"),
    ],
)
def test_everyday_pages_are_sound(screen, world: World, address: str, role: str):
    opened(world)
    screen.sign_in(world.account(CITY, role))
    screen.go(address)
    screen.check_access()
    screen.check_width()


def test_the_page_of_an_appointment_is_sound(screen, world: World):
    post = world.account(COUNTY).appointments.get()
    screen.sign_in(world.account(CITY, "admin"))
    screen.go(f"/people/{post.pk}/")
    screen.page.get_by_text("免职", exact=True).first.click()
    screen.check_access()
    screen.check_width()
