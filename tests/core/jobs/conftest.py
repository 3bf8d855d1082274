"""Processes of the tests, none of which outlives its test."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.processes import start

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def gongshu(tmp_path: Path, transactional_db: None) -> Iterator[Start]:
    """Return a function that starts `gongshu …` with the jobs of these tests; the end of the test ends them."""
    started: list[subprocess.Popen[bytes]] = []
    begin = partial(start, home=tmp_path, settings="tests.core.jobs.worker_settings")

    def remember(*arguments: str) -> subprocess.Popen[bytes]:
        started.append(begin(*arguments))
        return started[-1]

    yield remember
    for process in started:
        process.terminate()
    for process in started:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
