"""A union is put under another, is guided by an industrial union, gets a new name: each page is sound for everybody."""

from __future__ import annotations

import pytest

from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import parent
from gongshu.organising.models import Guidance, Relocation
from tests.browser import Screen
from tests.organising.samples import BASE, CITY, COUNTY, SISTER, industrial
from tests.worlds import World

pytestmark = pytest.mark.django_db(transaction=True)
TRAFFIC = "铜仁市交通产业工会"


def sound(screen: Screen) -> None:
    screen.check_access()
    screen.check_width()


def enter(screen: Screen, world: World, name: str, address: str) -> None:
    """Sit at another desk."""
    screen.page.context.clear_cookies()
    screen.sign_in(world.account(name))
    screen.go(address)
    sound(screen)


def press(screen: Screen, name: str) -> None:
    """Press a button by its exact words and look at the page that answers."""
    screen.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    screen.page.wait_for_load_state("networkidle")
    sound(screen)


def agree(screen: Screen, name: str) -> None:
    """Open a step that asks for words, say yes."""
    screen.page.locator("details.confirm summary", has_text=name).first.click()
    sound(screen)
    press(screen, f"确认{name}")


def test_a_county_is_put_under_another_city(screen: Screen, world: World):
    county = world.org(COUNTY)
    enter(screen, world, COUNTY, f"/organising/history/?at={county.pk}")
    screen.go(f"/organising/moves/new/?at={county.pk}")
    sound(screen)
    screen.page.get_by_label("新上级工会").fill("贵阳")
    press(screen, "查找")
    screen.page.locator("main").get_by_role("link", name="贵阳市总工会").click()
    sound(screen)
    screen.page.get_by_label("划转原因").fill("区划调整")
    press(screen, "提交申请")
    press(screen, "报请划转")
    address = Relocation.objects.get().get_absolute_url()
    enter(screen, world, CITY, address)
    agree(screen, "同意划出")
    enter(screen, world, SISTER, address)
    agree(screen, "接收")
    screen.go("/organising/moves/")
    sound(screen)
    assert parent(Organisation.objects.get(pk=county.pk)) == world.org(SISTER)


def test_a_base_union_comes_under_the_guidance_of_an_industrial_union(screen: Screen, world: World):
    industrial(world, TRAFFIC)
    enter(screen, world, COUNTY, f"/organising/guidances/new/?at={world.org(BASE).pk}")
    screen.page.get_by_label("产业工会").fill(TRAFFIC)
    press(screen, "提交")
    sound(screen)
    for address in (Guidance.objects.get().get_absolute_url(), "/organising/guidances/", "/organising/lines/"):
        screen.go(address)
        sound(screen)


def test_the_union_above_gives_a_county_its_new_name(screen: Screen, world: World):
    county = world.org(COUNTY)
    enter(screen, world, CITY, f"/organising/name/?at={county.pk}")
    screen.page.get_by_label("名称", exact=False).first.fill("松桃县公司")
    press(screen, "保存")
    screen.page.get_by_label("名称", exact=False).first.fill("松桃县总工会")
    press(screen, "保存")
    county.refresh_from_db()
    assert county.name == "松桃县总工会"
