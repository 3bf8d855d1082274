"""`gongshu tallies check`, `gongshu tallies rebuild` and `gongshu tallies refresh`."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, transaction
from django.utils import timezone

from gongshu.core.base.snapshot import CONFLICTS, snapshot
from gongshu.core.metrics.refreshed import Refreshed, listed_sums
from gongshu.members.actions import tallies

SHOWN, TRIES = 20, 5


class Command(BaseCommand):
    help = "check：核对会员计数、各项汇总与名册是否一致；rebuild：按名册重算；refresh：刷新县以上的各项汇总"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["check", "rebuild", "refresh"])

    def handle(self, *args: object, **options: object) -> None:
        if options["what"] == "check":
            self.check_all()
            return
        if options["what"] == "rebuild":
            self.stdout.write(f"已重算 {tallies.rebuild()} 个工会的会员计数")
        for each in listed_sums():
            self.stdout.write(f"已刷新{each.label} {each.refresh(at=timezone.now())} 行")

    def check_all(self) -> None:
        """Say that counters agree with the roll and sums with them, or which organisations differ."""
        self.agree("会员计数", tallies.differing(), "rebuild")
        for each in listed_sums():
            self.agree(each.label, differing_of(each), "refresh")

    def agree(self, label: str, wrong: list[int], remedy: str) -> None:
        """Say that figures agree; raises CommandError."""
        if wrong:
            named = "、".join(str(key) for key in wrong[:SHOWN])
            raise CommandError(
                f"有 {len(wrong)} 个工会的{label}与名册不一致（组织编号 {named}），可运行 gongshu tallies {remedy}"
            )
        self.stdout.write(f"{label}与名册一致")


def differing_of(table: Refreshed) -> list[int]:
    """Return the organisations whose sums are wrong; again where somebody else wrote the same rows meanwhile."""
    for _ in range(TRIES - 1):
        try:
            return differing_now(table)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in CONFLICTS:
                raise
    return differing_now(table)


def differing_now(table: Refreshed) -> list[int]:
    """Refresh sums, as they are of an earlier moment, and hold them against what is found another way; one moment."""
    with snapshot(), transaction.atomic():
        table.refresh(at=timezone.now())
        return table.differing()
