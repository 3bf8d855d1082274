"""docs/machines says what the machines are."""

from __future__ import annotations

from django.conf import settings

from config.machines import pages


def test_the_pages_are_as_the_machines_are_now() -> None:
    folder = settings.ROOT / "docs" / "machines"
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")} == pages()
