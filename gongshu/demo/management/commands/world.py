"""`gongshu world`: a made-up world of any size, to try the system at the size of a province."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from gongshu.core.base.problems import Refused
from gongshu.demo.world.load import build

FEWEST_ORGS = 7


class Command(BaseCommand):
    help = "造演示用的工会和会员（可到二十万个组织、两千万名会员）；已有真实数据的数据库不予执行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--orgs", type=int, default=500, help="组织数，默认 500")
        parser.add_argument("--members", type=int, default=20_000, help="会员数，默认 20000")

    def handle(self, *args: Any, **options: Any) -> None:
        orgs, members = options["orgs"], options["members"]
        if orgs < FEWEST_ORGS or members < 0:
            raise CommandError(f"组织数不少于 {FEWEST_ORGS}，会员数不为负")
        call_command("migrate", verbosity=0, interactive=False)
        with tqdm(total=members, unit="人", desc="会员", leave=False) as bar:
            try:
                built = build(orgs, members, at=timezone.now(), told=lambda done: shown(bar, done))
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"组织 {built.orgs} 个，会员 {built.members} 人，用时 {built.seconds:.1f} 秒"
            f"（每秒 {built.rows_a_second:.0f} 行）；计数 {built.counting_seconds:.1f} 秒"
        )


def shown(bar: tqdm[Any], done: int) -> None:
    """Move the bar to how many are done."""
    bar.update(done - bar.n)
