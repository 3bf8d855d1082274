"""Fixtures of the journeys; every test in this folder is marked as one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import SIZES, Screen, launched, opened
from tests.chromium import find_chromium

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    path = find_chromium()
    if path is None:
        message = "没有 Chromium，浏览器测试没有运行 / no Chromium, browser tests did not run"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
    with launched(path) as running:
        yield running


@pytest.fixture(params=list(SIZES))
def screen(request: pytest.FixtureRequest, browser: Browser, live_server) -> Iterator[Screen]:
    """A fresh page on the live server, once at desktop and once at phone size."""
    with opened(browser, request.param, live_server.url) as shown:
        yield shown


@pytest.fixture
def desktop(browser: Browser, live_server) -> Iterator[Screen]:
    """A fresh page on the live server at desktop size."""
    with opened(browser, "desktop", live_server.url) as shown:
        yield shown
