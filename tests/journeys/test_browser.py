"""The browser itself, and that its checks can fail."""

from __future__ import annotations

import pytest

from tests.browser import SIZES, opened

GOOD = (
    "<html lang=zh><meta name=viewport content='width=device-width'><title>页</title>"
    + "<main><h1>标题</h1><p>正文</p></main>"
)


def test_the_page_has_the_size_asked_for(screen):
    screen.page.set_content(GOOD)

    assert tuple(screen.page.evaluate("[innerWidth, innerHeight]")) == SIZES[screen.size]
    screen.check_access()
    screen.check_width()


def test_a_picture_without_words_fails_the_access_check(desktop):
    desktop.page.set_content(GOOD + "<img src='data:,'>")

    with pytest.raises(AssertionError, match="image-alt"):
        desktop.check_access()


def test_a_page_wider_than_the_screen_fails_the_width_check(desktop):
    desktop.page.set_content(GOOD + "<div style='width:3000px'>宽</div>")

    with pytest.raises(AssertionError, match="wider than the screen"):
        desktop.check_width()


def test_a_complaint_on_the_console_fails_the_test(browser, live_server):
    with pytest.raises(AssertionError, match="broken"), opened(browser, "desktop", live_server.url) as shown:
        shown.page.evaluate("console.error('broken')")


def test_an_address_that_is_not_there_fails(browser, live_server):
    with pytest.raises(AssertionError, match="404"), opened(browser, "desktop", live_server.url) as shown:
        shown.go("/no-such-page/")
