"""Take a picture of a page: python -m tests.shots URL OUT.png [--width 1440|390] [--login user:password] [--whole]."""

import argparse
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import find_chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
PHONE_WIDTH = 640


def open_page(browser: Browser, width: int, height: int) -> Page:
    """Open an empty page as wide as asked; a narrow one behaves like a phone."""
    is_phone = width <= PHONE_WIDTH
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if is_phone else 1,
        is_mobile=is_phone,
        has_touch=is_phone,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    return context.new_page()


def log_in(page: Page, url: str, login: str) -> None:
    """Log in on the page that /login/ shows, as `user:password`."""
    user, _, password = login.partition(":")
    page.goto(urljoin(url, "/login/"))
    page.fill('input[name="username"]', user)
    page.fill('input[name="password"]', password)
    page.press('input[name="password"]', "Enter")
    page.wait_for_load_state("networkidle")


def told(page: Page) -> None:
    """Print what the browser complains of: refused scripts and styles, failed requests, errors."""
    page.on("console", lambda said: print(f"{said.type}: {said.text}") if said.type in ("error", "warning") else None)  # noqa: T201
    page.on("pageerror", lambda error: print(f"script error: {error}"))  # noqa: T201


def main() -> None:
    """Take the picture that the command line asks for."""
    parser = argparse.ArgumentParser(description="Take a picture of a page")
    parser.add_argument("url")
    parser.add_argument("out")
    parser.add_argument("--width", type=int, default=1440)
    parser.add_argument("--height", type=int, default=0)
    parser.add_argument("--login", default="", help="user:password")
    parser.add_argument("--whole", action="store_true", help="the whole page, not the first screen")
    asked = parser.parse_args()
    height = asked.height or (844 if asked.width <= PHONE_WIDTH else 900)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = open_page(browser, asked.width, height)
        told(page)
        if asked.login:
            log_in(page, asked.url, asked.login)
        page.goto(asked.url)
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > asked.width:
            print(f"the page is {wide} px wide and scrolls sideways")  # noqa: T201
        page.screenshot(path=asked.out, full_page=asked.whole)
        browser.close()


if __name__ == "__main__":
    main()
