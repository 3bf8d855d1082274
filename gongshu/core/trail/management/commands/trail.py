"""`gongshu trail verify` and `gongshu trail seal`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongshu.core.trail import actions, queries
from gongshu.core.trail.models import Entry


class Command(BaseCommand):
    """Seal or verify the trail."""

    help = "verify：逐条核对留痕；seal：封存尚未封存的留痕"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "seal"])
        parser.add_argument(
            "--seal", default="", help="上次核对时记下的末封印，如 12:9f86d081…；verify 时一并核对它还在"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "seal":
            self.stdout.write(f"已封存 {actions.seal_all(at=timezone.now())} 条留痕")
            return
        first = queries.missing_seal(options["seal"]) or next(queries.faults(), None)
        if first:
            raise CommandError(f"留痕核对未通过：{first}")
        sealed = Entry.objects.filter(seal__isnull=False).count()
        unsealed = Entry.objects.filter(seal__isnull=True).count()
        self.stdout.write(f"留痕完整：已封存 {sealed} 条，待封存 {unsealed} 条；末封印 {queries.last_seal()}")
