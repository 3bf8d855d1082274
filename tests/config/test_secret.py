"""The installation's secret: whole or not there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from config.settings.secret import read_or_make_secret


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "secret.key"
    made = read_or_make_secret(path)
    assert len(made) == 67
    assert read_or_make_secret(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret.key"]


def test_many_that_start_together_have_the_same_secret(tmp_path: Path) -> None:
    for attempt in range(50):
        path = tmp_path / str(attempt) / "secret.key"
        with ThreadPoolExecutor(8) as pool:
            found = set(pool.map(read_or_make_secret, [path] * 8))
        assert len(found) == 1
        assert len(found.pop()) == 67
