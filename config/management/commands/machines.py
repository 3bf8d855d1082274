"""`gongshu machines write`: write docs/machines from the machines."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.machines import pages


class Command(BaseCommand):
    """Write one page for each machine."""

    help = "write：按状态机定义重写 docs/machines"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["write"])

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.ROOT / "docs" / "machines"
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.md"):
            old.unlink()
        for name, text in pages().items():
            (folder / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"已写 {len(pages())} 页")
