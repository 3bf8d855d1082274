"""`gongshu begin`: the first organisations and the first administrator of an empty database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django import forms
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongshu.core.access.actor import system_actor
from gongshu.core.base.problems import Refused
from gongshu.core.orgs.federations import place_of
from gongshu.core.orgs.models import Organisation
from gongshu.desk import actions
from gongshu.desk.forms import FirstPasswordForm, WhoForm

NEXT = """接下来：
  1. 运行 gongshu serve，打开 http://127.0.0.1:8000 ，用 {username} 登录
  2. 在“人员与任职”为各级工会开账号、任命人员；管理员不办业务，先任命一位“办公室（综合）”
  3. 由任命的人员在“建会”建立乡镇街道和基层工会，在“名册导入”导入会员名册"""


class Command(BaseCommand):
    help = "在空的数据库里建立第一批组织（全国、省、市、县总工会）和第一位管理员，正式开始使用"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="六位行政区划代码：省、市连同以下全部建立，县只建本县和它的上级")
        parser.add_argument("--user", required=True, help="管理员的用户名，小写字母和数字")
        parser.add_argument("--name", default="", help="管理员的姓名，不写就在终端里问")
        parser.add_argument("--password-stdin", action="store_true", help="从标准输入读密码（一行），不在终端里问")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            place = place_of(options["code"])
            self.stdout.write("正在检查数据库结构，第一次要等一会儿……")
            self.stdout.flush()
            call_command("migrate", verbosity=0, interactive=False)
            actions.refuse_begun()
            first = self.first_account(options)
            rows = actions.begin(place, first, by=system_actor("初始建立"), at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except (EOFError, KeyboardInterrupt):
            raise CommandError("没有输完，什么也没有建立") from None
        self.tell(rows, next(row for row in rows if row.division_code == place.code), first)

    def first_account(self, options: dict[str, Any]) -> actions.FirstAccount:
        """Return whom the first account is for, asking at the terminal for what was not given."""
        is_asked = not options["password_stdin"]
        if not (is_asked or options["name"]):
            raise CommandError("用 --password-stdin 时，请用 --name 写明管理员的姓名")
        if is_asked and not sys.stdin.isatty():
            raise CommandError("请在终端里运行，以便输入密码；或用 --password-stdin 从标准输入读密码")
        who = cleaned(WhoForm({"name": options["name"] or input("管理员姓名："), "username": options["user"]}))
        password = asked() if is_asked else sys.stdin.readline().rstrip("\r\n")
        return actions.FirstAccount(**who, **cleaned(FirstPasswordForm({"password": password})))

    def tell(self, rows: list[Organisation], home: Organisation, first: actions.FirstAccount) -> None:
        """Print what was made and what to do next."""
        above = [row.name for row in rows if row.pk != home.pk and home.path.startswith(row.path)]
        below = len(rows) - len(above) - 1
        self.stdout.write(
            f"已建立组织 {len(rows)} 个：{'、'.join(above)}、{home.name}" + f"，以及下级 {below} 个" * (below > 0)
        )
        self.stdout.write(f"已任命{first.name}（用户名 {first.username}）为{home.name}管理员")
        self.stdout.write(NEXT.format(username=first.username))


def asked() -> str:
    """Ask for the password twice at the terminal."""
    password = getpass("密码（至少八位，不能全是数字）：")
    if getpass("再输一遍：") != password:
        raise CommandError("两次输入的密码不一样，什么也没有建立")
    return password


def cleaned(form: forms.Form) -> dict[str, str]:
    """Return what the form read; raises CommandError with a sentence for each thing wrong."""
    if form.is_valid():
        return form.cleaned_data
    wrong = [f"{form.fields[name].label}：{''.join(map(str, told))}" for name, told in form.errors.items()]
    raise CommandError("；".join(wrong))
