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


@pytest.mark.parametrize("width", [700, 1024, 1280])
def test_a_heading_never_covers_the_first_row_at_any_width(desktop, width):
    desktop.page.set_viewport_size({"width": width, "height": 800})
    desktop.go("/ui/list/")

    heading = desktop.page.locator("thead th").nth(1).bounding_box()
    first = desktop.page.locator("tbody tr").first.bounding_box()

    assert heading["y"] + heading["height"] <= first["y"] + 1
    desktop.check_width()


def test_a_heading_stays_in_sight_when_a_long_list_is_scrolled(desktop):
    desktop.go("/ui/list/")

    desktop.page.evaluate("window.scrollTo(0, 900)")

    bar = desktop.page.locator(".bar-top").bounding_box()
    assert abs(desktop.page.locator("thead th").nth(1).bounding_box()["y"] - bar["height"]) <= 1


def test_the_list_works_without_script(browser, live_server):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{live_server.url}/ui/list/")

    page.fill("input[name=q]", "江州北站")
    page.click(".listing-form button")

    assert "q=" in page.url
    assert page.locator("tbody tr").count() == 3
    assert page.is_visible("#menu")
    context.close()


def test_a_draft_is_kept_and_said_to_be_kept(desktop):
    desktop.go("/ui/form/")

    with desktop.page.expect_request("**/ui/draft/") as asked:
        desktop.page.fill("#id_name", "江州北站驿站")

    desktop.page.wait_for_selector("text=已保存草稿")
    assert "江州北站驿站" in (asked.value.post_data or "")


def test_a_form_is_sent_once_however_often_its_button_is_pressed(desktop):
    desktop.go("/ui/form/")
    sent = []
    desktop.page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)

    desktop.page.evaluate(
        "() => { const button = document.querySelector('main form button'); button.click(); button.click(); }"
    )
    desktop.page.wait_for_selector(".problems")

    assert sent == ["POST"]


def test_a_chosen_file_is_named(desktop, tmp_path):
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(b"0" * 2048)
    desktop.go("/ui/form/")

    desktop.page.set_input_files("#id_plan", plan)

    assert desktop.page.inner_text("[data-file-told]") == "plan.pdf（2 KB）"
