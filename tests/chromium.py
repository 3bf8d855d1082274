"""Finding or fetching a Chromium for the browser tests."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.obtaining import install, may_install, quietly

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHTS_OWN = "playwright"


@dataclass(frozen=True)
class Chromium:
    """A browser: the program's path, or the word for Playwright's own, and where it came from."""

    path: str
    origin: str


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, the word for Playwright's own where that is there, else None."""
    named = os.environ.get("GONGSHU_CHROMIUM")
    if named:
        return named
    system = next((path for name in NAMES if (path := shutil.which(name))), None)
    return system or (PLAYWRIGHTS_OWN if playwright_has_one() else None)


def playwright_has_one() -> bool:
    """Tell whether Playwright has fetched its own Chromium for this user."""
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    return any(folder.glob("chromium*/**/*chrome*"))


def obtain_chromium() -> Chromium | str:
    """Return an installed Chromium, else Debian's where we may, else one Playwright fetches, else why not."""
    found = find_chromium()
    if found:
        return Chromium(found, found)
    if may_install():
        print("安装 Debian 的 Chromium / installing Debian's Chromium …", flush=True)
        path = shutil.which("chromium") if install("chromium") else None
        if path:
            return Chromium(path, f"{path}（apt-get）")
    print("由 Playwright 下载 Chromium / letting Playwright fetch Chromium …", flush=True)
    if quietly(sys.executable, "-m", "playwright", "install", "chromium") and playwright_has_one():
        return Chromium(PLAYWRIGHTS_OWN, "Playwright")
    return "没有找到也装不上 Chromium，tests/journeys 没有运行 / no Chromium found and none could be installed"
