"""`gongshu files tidy`: remove what nothing refers to."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from gongshu.core.files import actions


class Command(BaseCommand):
    help = "清理无主附件"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["tidy"], help="tidy：删除一天以前上传而无处引用的附件")

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"已清理 {actions.remove_orphans(at=timezone.now())} 个")
