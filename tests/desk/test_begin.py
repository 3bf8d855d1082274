"""Beginning real work on an empty database."""

from __future__ import annotations

import io
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from gongshu.core.access.models import Appointment
from gongshu.core.base.divisions import all_divisions, is_within
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Account, Person
from gongshu.core.trail.models import Entry
from gongshu.desk import actions
from gongshu.desk.management.commands import begin as command
from gongshu.members.actions.tallies import differing
from tests.worlds import World

PASSWORD = "songtao-2026-kaishi"
TABLES = (Organisation, Person, Account, Appointment, Entry)


class Terminal(StringIO):
    """What somebody types at a terminal."""

    def isatty(self) -> bool:
        return True


def begun(
    monkeypatch: pytest.MonkeyPatch, code: str = "520628", *, user: str = "admin", password: str = PASSWORD, **more: Any
) -> str:
    """Run the command with the password on standard input and return what it printed."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    out = StringIO()
    options = {"name": "张演示", "password_stdin": True, **more}
    call_command("begin", code, user=user, stdout=out, **options)
    return out.getvalue()


def rows_held() -> int:
    return sum(model.objects.count() for model in TABLES)


def typed(monkeypatch: pytest.MonkeyPatch, *passwords: str) -> None:
    """Sit at a terminal and type the passwords."""
    waiting = list(passwords)
    monkeypatch.setattr("sys.stdin", Terminal("李演示\n"))
    monkeypatch.setattr(command, "getpass", lambda words: waiting.pop(0))


def test_a_province_begins_with_all_its_cities_and_counties(db: None, monkeypatch):
    told = begun(monkeypatch, "520000")
    held = Organisation.objects.exclude(division_code="").values_list("division_code", flat=True)
    assert sorted(held) == sorted(code for code in all_divisions() if is_within(code, "520000"))
    assert Organisation.objects.get(depth=1).name == "中华全国总工会"
    county = Organisation.objects.get(division_code="520628")
    assert (county.name, county.short_name, county.depth) == ("松桃苗族自治县总工会", "松桃县总", 4)
    assert not Organisation.objects.filter(is_demo=True).exists()
    assert Organisation.objects.find_problems() == ([], [], [], [], [])
    assert differing() == []
    below = Organisation.objects.count() - 2
    assert f"已建立组织 {below + 2} 个：中华全国总工会、贵州省总工会，以及下级 {below} 个\n" in told
    assert "已任命张演示（用户名 admin）为贵州省总工会管理员" in told
    assert told.index("gongshu serve") < told.index("人员与任职") < told.index("名册导入")
    assert PASSWORD not in told


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("520628", ["中华全国总工会", "贵州省总工会", "铜仁市总工会", "松桃苗族自治县总工会"]),
        ("429004", ["中华全国总工会", "湖北省总工会", "仙桃市总工会"]),
        ("110101", ["中华全国总工会", "北京市总工会", "东城区总工会"]),
    ],
)
def test_a_county_begins_with_the_line_above_it_alone(db: None, monkeypatch, code: str, names: list[str]):
    told = begun(monkeypatch, code)
    assert list(Organisation.objects.order_by("path").values_list("name", flat=True)) == names
    assert f"已建立组织 {len(names)} 个：{'、'.join(names)}\n" in told
    assert Appointment.objects.get().organisation.division_code == code


def test_a_city_begins_with_its_counties_and_no_sister_city(db: None, monkeypatch):
    begun(monkeypatch, "520600")
    assert set(Organisation.objects.filter(depth=3).values_list("name", flat=True)) == {"铜仁市总工会"}
    assert Organisation.objects.filter(depth=4).count() == 10


def test_the_administrator_logs_in_and_opens_an_account_for_the_office(db: None, monkeypatch):
    begun(monkeypatch)
    client = Client()
    assert client.post("/login/", {"username": "admin", "password": PASSWORD}).status_code == 302
    assert client.get("/").status_code == 200
    home = Organisation.objects.get(division_code="520628")
    wanted = {"name": "王演示", "username": "wang", "role": "office", "department": ""}
    assert client.post(f"/people/new/?organisation={home.pk}", wanted).status_code == 200
    assert Appointment.objects.get(account__username="wang").organisation == home


def test_the_trail_names_every_organisation_and_the_appointment(db: None, monkeypatch):
    begun(monkeypatch)
    told = list(Entry.objects.order_by("pk").values_list("who", "verb", "summary"))
    assert told == [
        *(
            ("初始建立", "begin", f"初始建立：{name}")
            for name in ("中华全国总工会", "贵州省总工会", "铜仁市总工会", "松桃苗族自治县总工会")
        ),
        ("初始建立", "appoint", "任命张演示为松桃县总管理员"),
    ]


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"])
def test_the_password_is_kept_as_argon2(db: None, monkeypatch):
    begun(monkeypatch)
    assert identify_hasher(Account.objects.get().password).algorithm == "argon2"
    assert Account.objects.get().check_password(PASSWORD)


def test_name_and_password_are_asked_at_the_terminal(db: None, monkeypatch):
    typed(monkeypatch, PASSWORD, PASSWORD)
    call_command("begin", "520628", user="admin", stdout=StringIO())
    account = Account.objects.get()
    assert (account.person.name, account.check_password(PASSWORD), account.must_change) == ("李演示", True, False)


def test_two_passwords_that_differ_leave_nothing(db: None, monkeypatch):
    typed(monkeypatch, PASSWORD, PASSWORD + "x")
    with pytest.raises(CommandError, match="两次输入的密码不一样"):
        call_command("begin", "520628", user="admin", stdout=StringIO())
    assert rows_held() == 0


def test_an_input_broken_off_leaves_nothing(db: None, monkeypatch):
    monkeypatch.setattr("sys.stdin", Terminal(""))
    with pytest.raises(CommandError, match="没有输完"):
        call_command("begin", "520628", user="admin", stdout=StringIO())
    assert rows_held() == 0


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"code": "529999"}, "没有代码为“529999”的县级以上行政区划"),
        ({"code": "贵州省"}, "没有代码为“贵州省”的县级以上行政区划"),
        ({"code": "520628100"}, "乡镇街道和基层工会登录后在页面上建立"),
        ({"code": "810000"}, "不设地方总工会"),
        ({"password": "a7"}, "密码：密码太短，至少 8 位"),
        ({"password": "password"}, "密码：这个密码太常见"),
        ({"password": "739154826051"}, "密码：密码只包含数字"),
        ({"password": ""}, "密码：请填写"),
        ({"user": "张三"}, "用户名：用小写字母和数字，至少两位"),
        ({"name": ""}, "请用 --name 写明管理员的姓名"),
        ({"name": "张" * 61}, "姓名："),
        ({"password_stdin": False}, "请在终端里运行"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(db: None, monkeypatch, more: dict[str, Any], sentence: str):
    with pytest.raises(CommandError, match=sentence):
        begun(monkeypatch, **more)
    assert rows_held() == 0


def test_a_second_run_is_refused_and_changes_nothing(db: None, monkeypatch):
    begun(monkeypatch)
    before = rows_held()
    with pytest.raises(CommandError, match="已经有组织 4 个、账号 1 个"):
        begun(monkeypatch, "520600", user="other")
    assert rows_held() == before


def test_it_is_refused_where_organisations_are_held(world: World, monkeypatch):
    with pytest.raises(CommandError, match="已经有组织"):
        begun(monkeypatch)


def test_the_demonstration_with_its_known_passwords_is_not_built_beside_it(db: None, monkeypatch):
    begun(monkeypatch)
    before = rows_held()
    with pytest.raises(CommandError, match="已有真实的组织，不能再建演示数据"):
        call_command("demo", "--no-serve", stdout=StringIO())
    assert rows_held() == before


def test_a_failure_at_the_end_leaves_no_organisation(db: None, monkeypatch):
    monkeypatch.setattr(actions, "FIRST_ROLE", "nonsense")
    with pytest.raises(CommandError, match="没有这个角色"):
        begun(monkeypatch)
    assert rows_held() == 0
