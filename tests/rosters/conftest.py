"""Workers of the tests as processes of their own, none of which outlives its test."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.processes import start

Work = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def work(transactional_db: None) -> Iterator[Work]:
    """Return a function that starts a worker with the files and keys of this test; the end of the test ends it."""
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        started.append(start("worker", home=Path(settings.HOME), settings="tests.rosters.worker_settings"))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()
