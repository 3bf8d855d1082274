"""Every page fits a phone's screen; what narrows a list is folded there, and the menu holds what one uses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from config.catalogue import MENUS
from tests.architecture.routes import EXAMPLES
from tests.browser import Screen, opened
from tests.venues.samples import opened as opened_venue
from tests.worlds import World

pytestmark = pytest.mark.django_db(transaction=True)
CITY = "铜仁市总"
LISTS = sorted({item.route for menu in MENUS for item in menu.items} - {"desk:wall"})
THINGS = (
    "delivery:plan",
    "delivery:edit_plan",
    "delivery:task",
    "delivery:give",
    "delivery:split",
    "delivery:cell",
    "delivery:assignment",
    "delivery:notice",
    "venues:venue",
    "desk:org",
    "meetings:meeting",
    "intake:review",
    "organising:committee",
    "organising:founding",
    "members:member",
)


@pytest.fixture
def phone(browser, live_server) -> Iterator[Screen]:
    """A fresh page on the live server at a phone's size."""
    with opened(browser, "phone", live_server.url) as shown:
        yield shown


def too_wide(screen: Screen, address: str) -> bool:
    """Open an address and tell whether the page is wider than the screen."""
    response = screen.page.goto(f"{screen.home}{address}")
    assert response is not None
    assert response.status in (200, 403), f"{address}: {response.status}"
    return bool(screen.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("role", ["office", "admin"])
def test_no_page_of_the_menu_scrolls_sideways_on_a_phone(phone: Screen, world: World, role: str):
    opened_venue(world)
    phone.sign_in(world.account(CITY, role))
    addresses = [reverse(route) for route in LISTS]
    assert [address for address in addresses if too_wide(phone, address)] == []
    phone.errors[:] = [error for error in phone.errors if "status of 403" not in error]


@pytest.mark.parametrize("name", THINGS)
def test_no_page_of_a_thing_scrolls_sideways_on_a_phone(phone: Screen, world: World, name: str):
    example = EXAMPLES[name]
    address = reverse(name, kwargs=dict(example.fill(world)))
    phone.sign_in(world.account(example.org, example.role))
    assert not too_wide(phone, address)


def test_what_narrows_a_list_is_folded_on_a_phone_and_says_when_it_does(phone: Screen, world: World):
    opened_venue(world)
    phone.sign_in(world.account(CITY))
    phone.go("/venues/?state=open")
    search = phone.page.locator("input[name=q]")
    assert not search.is_visible()
    phone.page.get_by_text("已筛选").click()
    assert search.is_visible()
    phone.check_access()


def test_what_narrows_a_list_stands_open_on_a_desk(desktop: Screen, world: World):
    desktop.sign_in(world.account(CITY))
    desktop.go("/venues/")
    assert desktop.page.locator("input[name=q]").is_visible()
    assert not desktop.page.locator(".asks > summary").is_visible()


def test_the_menu_unfolds_the_line_one_is_in_and_the_others_by_a_click(desktop: Screen, world: World):
    desktop.sign_in(world.account(CITY))
    desktop.go("/delivery/notices/")
    menu = desktop.page.locator("#menu")
    assert menu.get_by_role("link", name="作战图").is_visible()
    assert not menu.get_by_role("link", name="会员名册").is_visible()
    menu.get_by_text("会员", exact=True).click()
    assert menu.get_by_role("link", name="会员名册").is_visible()
    desktop.check_access()
