"""The components in a real browser, on both screen sizes: accessible, no wider than the screen, quicker with script."""

from __future__ import annotations

import pytest

from tests.core.ui.conftest import bare

__all__ = ["bare"]
pytestmark = [pytest.mark.usefixtures("bare"), pytest.mark.django_db]


@pytest.mark.parametrize("path", ["", "list/", "form/", "wall/", "sign-in/"])
def test_a_page_is_accessible_and_fits_the_screen(screen, path):
    screen.go(f"/ui/{path}")

    screen.check_access()
    screen.check_width()


def test_the_menu_opens_on_a_phone(screen):
    screen.go("/ui/list/")
    if screen.size == "phone":
        assert not screen.page.is_visible("#menu")
        screen.page.click("[data-menu-toggle]")

    assert screen.page.is_visible("#menu")


def test_ticking_rows_counts_them(screen):
    screen.go("/ui/list/")
    boxes = screen.page.locator('input[name="rows"]')

    boxes.nth(0).check()
    boxes.nth(1).check()

    assert screen.page.inner_text("[data-bulk-told]") == "已选 2 条"


def test_a_key_starts_the_main_work(desktop):
    desktop.go("/ui/list/")

    desktop.page.keyboard.press("n")

    desktop.page.wait_for_url("**/ui/form/")


def test_errors_lead_to_their_field_and_nothing_typed_is_lost(screen):
    screen.go("/ui/form/")
    screen.page.fill("#id_about", "已同车站协商")
    screen.page.click("main form button")

    screen.page.click('.problems a[href="#id_name"]')

    assert screen.page.evaluate("document.activeElement.id") == "id_name"
    assert screen.page.input_value("#id_about") == "已同车站协商"
    screen.check_access()


def test_long_work_is_followed_to_its_end(desktop):
    desktop.go("/ui/")

    desktop.page.wait_for_selector("text=已完成")

    assert desktop.page.locator("[hx-get]").count() == 0
