"""`gongshu tallies check`, `gongshu tallies rebuild` and `gongshu tallies refresh`."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongshu.members.actions import tallies

SHOWN = 20


class Command(BaseCommand):
    help = "check：核对会员计数与名册是否一致；rebuild：按名册重算；refresh：刷新各市以上的汇总"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["check", "rebuild", "refresh"])

    def handle(self, *args: object, **options: object) -> None:
        if options["what"] == "check":
            self.check_all()
        elif options["what"] == "rebuild":
            self.stdout.write(f"已重算 {tallies.rebuild()} 个工会的会员计数")
        if options["what"] != "check":
            self.stdout.write(f"已刷新 {tallies.refresh_summaries(at=timezone.now())} 个上级工会的汇总")

    def check_all(self) -> None:
        """Say that counters and rows agree, or which organisations differ."""
        wrong = tallies.differing()
        if wrong:
            named = "、".join(str(key) for key in wrong[:SHOWN])
            raise CommandError(
                f"有 {len(wrong)} 个工会的计数与名册不一致（组织编号 {named}），可运行 gongshu tallies rebuild"
            )
        self.stdout.write("会员计数与名册一致")
