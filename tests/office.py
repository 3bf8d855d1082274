"""Finding LibreOffice, or installing Debian's where we may: without it no test looks at a .pdf of ours."""

from __future__ import annotations

import shutil

from gongshu.core.papers.pdf import PROGRAMS
from tests.obtaining import install, may_install

PACKAGES = ("libreoffice-writer", "fonts-noto-cjk")
MISSING = "没有 LibreOffice，也装不上：软件不靠它也能用，只是不出 .pdf / no LibreOffice here: no .pdf was looked at"


def obtain_office() -> str | None:
    """Return why the tests of the .pdf cannot run; None where LibreOffice is there, or could be installed."""
    if find_office():
        return None
    if may_install():
        print("安装 Debian 的 LibreOffice / installing Debian's LibreOffice …", flush=True)
        if install(*PACKAGES) and find_office():
            return None
    return MISSING


def find_office() -> str | None:
    """Return the program, None where there is none."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)
