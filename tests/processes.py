"""Starting our own commands as other processes on the database of the running test."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parents[1]


def database_url() -> str:
    """Return the address of the test database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    return f"postgresql://{database['USER']}{password}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


def start(*arguments: str, home: Path, settings: str) -> subprocess.Popen[bytes]:
    """Start `gongshu …` on the test database."""
    environment = os.environ | {
        "GONGSHU_DATABASE_URL": database_url(),
        "GONGSHU_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": settings,
        "TMPDIR": str(home),
    }
    return subprocess.Popen([sys.executable, "-m", "config", *arguments], cwd=ROOT, env=environment)


def children_of(process: int) -> list[int]:
    """Return the processes that another one has started and that have not been waited for."""
    found = [listed.read_text().split() for listed in Path(f"/proc/{process}/task").glob("*/children")]
    return [int(child) for some in found for child in some]


def is_running(process: int) -> bool:
    """Tell whether a process is there and no mere zombie."""
    try:
        words = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return words.rpartition(")")[2].split()[0] not in "ZX"


def wait_until(is_so: Callable[[], bool], *, seconds: float = 120) -> None:
    """Wait for something to become true, long enough for a busy machine; fail when it does not."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)
