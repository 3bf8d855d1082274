"""`gongshu demo`: build the demonstration federation, say who can log in, serve."""

from __future__ import annotations

import time
import unicodedata
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from gongshu.core.base.problems import Refused
from gongshu.demo import members, people
from gongshu.demo.plan import STAGES
from gongshu.demo.stages import Setting, perform


class Command(BaseCommand):
    """Build what is not built yet; a second run changes nothing."""

    help = "建立演示用的工会组织、账号和样例数据，然后启动服务"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--docs", type=Path, default=None, help="文件所在文件夹，默认用随软件附带的演示文件")
        parser.add_argument("--no-serve", action="store_true", help="建好就停，不启动服务")

    def handle(self, *args: Any, **options: Any) -> None:
        docs: Path | None = options["docs"]
        if docs is not None and not docs.is_dir():
            raise CommandError(f"没有“{docs}”这个文件夹")
        try:
            self.build(Setting(docs.resolve() if docs else None, timezone.now()))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.tell_accounts()
        if not options["no_serve"]:
            call_command("serve")

    def build(self, setting: Setting) -> None:
        """Bring the database up to date and run the stages, with a bar and a line for each."""
        with tqdm(total=len(STAGES) + 1, unit="步", desc="数据库结构", leave=False) as bar:
            call_command("migrate", verbosity=0, interactive=False)
            bar.update()
            bar.set_description(STAGES[0].label if STAGES else "")
            started = time.monotonic()
            for place, (stage, told, is_new) in enumerate(perform(STAGES, setting), start=1):
                took = f"（{time.monotonic() - started:.1f} 秒）" if is_new else "（已有，未改动）"
                with bar.external_write_mode():
                    self.stdout.write(f"{stage.label}：{told}{took}")
                bar.update()
                bar.set_description(STAGES[place].label if place < len(STAGES) else "完成")
                started = time.monotonic()

    def tell_accounts(self) -> None:
        """Print who can log in."""
        self.stdout.write(f"\n可以登录的账号（密码都是 {people.PASSWORD}）：")
        rows = [("用户名", "组织", "角色", "部门"), *people.table()]
        for line in columns(rows):
            self.stdout.write(f"  {line}")
        self.stdout.write("\n职工端可以试用的手机号码（打开 /my/ ，验证码在 gz-admin 的“短信发件箱”里看）：")
        for line in columns([("手机号码", "姓名", "会籍"), *members.table()]):
            self.stdout.write(f"  {line}")
        self.stdout.write(f"扫码入会页（演示·松桃县第1号企业工会）：{members.join_address()}\n")


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows as lines whose columns stand under each other, a Chinese character being two wide."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
