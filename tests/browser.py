"""A real browser for journeys: two screen sizes, an accessibility check, errors on the console counted as failures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from gongshu.core.people.models import Account
from tests.chromium import PLAYWRIGHTS_OWN

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
PICTURES = Path(__file__).parents[1] / "docs" / "img"
AXE_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@dataclass
class Screen:
    """A page at one size, on the server under test; `errors` is what its console complained of."""

    page: Page
    size: str
    home: str
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self._is_refusal(message.text):
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    @staticmethod
    def _is_refusal(text: str) -> bool:
        return "status of 422" in text  # how the server answers a refused form

    def go(self, path: str) -> None:
        """Open a path of the server under test; fail unless it answers 200."""
        response = self.page.goto(f"{self.home}{path}")
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"

    def log_in(self, username: str, password: str) -> None:
        """Log in on the log-in page."""
        self.go("/login/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", password)
        self.page.click("main form button")
        self.page.wait_for_url(lambda url: urlsplit(url).path != "/login/")

    def sign_in(self, account: Account) -> None:
        """Be logged in as an account without passing through the log-in page."""
        client = Client()
        client.force_login(account)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.home}])

    def check_access(self) -> None:
        """Fail where axe finds a breach of WCAG 2.2 A or AA on the page as it is now."""
        results = Axe().run(self.page, options=AXE_RULES)
        assert results.violations_count == 0, results.generate_report()

    def check_width(self) -> None:
        """Fail where the page is wider than the screen."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px wider than the screen"

    def picture(self, name: str) -> None:
        """Save a picture for the README when GONGSHU_PICTURES is 1; names end with the size."""
        if os.environ.get("GONGSHU_PICTURES") == "1":
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}-{self.size}.png")


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    """Launch the browser at `path`, or Playwright's own."""
    program = None if path == PLAYWRIGHTS_OWN else path
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, size: str, home: str) -> Iterator[Screen]:
    """Open a fresh page of a size; at the end fail when its console complained."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=size == "phone",
        is_mobile=size == "phone",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    screen = Screen(context.new_page(), size, home)
    yield screen
    context.close()
    assert not screen.errors, f"the console complained: {screen.errors}"
