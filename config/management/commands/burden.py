"""`gongshu burden check`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.burden import faults


class Command(BaseCommand):
    """Check that no form asks for more than it may."""

    help = "减负自检：每一栏都要说明谁需要、依据什么；台账已有的不得再要"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["check"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = faults()
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"减负自检未通过：{len(found)} 处")
        self.stdout.write("减负自检通过：没有多要一栏")
