"""Take the README's pictures of the demonstration being served: python -m tests.pictures [--home URL]."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import PLAYWRIGHTS_OWN, find_chromium
from tests.shots import FLAGS, log_in

FOLDER = Path(__file__).parents[1] / "docs" / "img"
PASSWORD = "yanshi-2026"
SIZES = {"desktop": (1280, 720), "text": (1100, 560), "phone": (390, 844)}


def nothing(page: Page) -> None:
    """Take the page as it opens."""


def first(selector: str) -> Callable[[Page], None]:
    """Return a way on: follow the first link found."""

    def follow(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")

    return follow


def to_split(page: Page) -> None:
    """Go from the list of plans to the sharing out of the plan's driver homes."""
    first("main table tbody a")(page)
    first("main table tbody a:has-text('司机之家')")(page)
    first("main a[href$='/split/']")(page)


def light_a_task(page: Page) -> None:
    """Open a document under review and point at a task."""
    first("main table tbody a")(page)
    page.locator("#tasks summary").nth(1).hover()
    page.locator(".texts .lit").first.wait_for()


@dataclass(frozen=True)
class Picture:
    """One picture: file name, who looks, where they begin, how they go on, at which size."""

    name: str
    who: str
    path: str
    way: Callable[[Page], None] = nothing
    size: str = "desktop"


PICTURES = (
    Picture("intake-review", "tongren", "/intake/?state=draft", light_a_task, size="text"),
    Picture("plan", "gz", "/delivery/", first("main table tbody a")),
    Picture("split", "gz", "/delivery/", to_split),
    Picture("inbox-phone", "songtao", "/", size="phone"),
    Picture("venue-phone", "songtao", "/venues/?state=open", first("main table tbody a"), size="phone"),
    Picture("warmap", "gz", "/delivery/warmap/"),
    Picture("report", "gz", "/delivery/reports/new/"),
    Picture("wall", "gz", "/wall/"),
)


def take(browser: Browser, home: str, picture: Picture) -> Path:
    """Take one picture and return its file."""
    width, height = SIZES[picture.size]
    is_phone = picture.size == "phone"
    context = browser.new_context(
        viewport={"width": width, "height": height},
        is_mobile=is_phone,
        has_touch=is_phone,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    page = context.new_page()
    log_in(page, home, f"{picture.who}:{PASSWORD}")
    page.goto(f"{home}{picture.path}")
    page.wait_for_load_state("networkidle")
    picture.way(page)
    file = FOLDER / f"{picture.name}.png"
    page.screenshot(path=file)
    context.close()
    return file


def main() -> None:
    """Take all the pictures, or those named."""
    parser = argparse.ArgumentParser(description="Take the README's pictures")
    parser.add_argument("--home", default="http://127.0.0.1:8000")
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=None if found == PLAYWRIGHTS_OWN else found, args=FLAGS)
        for picture in PICTURES:
            if not asked.names or picture.name in asked.names:
                file = take(browser, asked.home, picture)
                print(f"{file.name}  {file.stat().st_size // 1024} kB")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main()
