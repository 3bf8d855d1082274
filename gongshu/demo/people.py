"""The demonstration's accounts: one for each seat a visitor may want to sit in. No name belongs to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from gongshu.core.access.actions import appoint
from gongshu.core.access.models import Appointment
from gongshu.core.access.roles import roles
from gongshu.core.orgs.federations import NATION
from gongshu.core.orgs.models import Department, Organisation
from gongshu.core.people.models import Account, Person
from gongshu.demo.stages import Setting

PASSWORD = "yanshi-2026"  # noqa: S105 - printed on purpose: the demonstration only


@dataclass(frozen=True)
class Seat:
    """One account: user name, display name, role, organisation, department."""

    username: str
    name: str
    role: str
    organisation: str
    department: str = ""


SEATS = (
    Seat("gz", "演示·省总办公室", "office", "贵州省总工会"),
    Seat("gz-lingdao", "演示·省总领导", "leader", "贵州省总工会"),
    Seat("gz-jiceng", "演示·省总基层部", "worker", "贵州省总工会", "组织和基层工作部"),
    Seat("gz-quanyi", "演示·省总权益部", "worker", "贵州省总工会", "权益保障部"),
    Seat("gz-admin", "演示·省总管理员", "admin", "贵州省总工会"),
    Seat("guiyang", "演示·贵阳办公室", "office", "贵阳市总工会"),
    Seat("tongren", "演示·铜仁办公室", "office", "铜仁市总工会"),
    Seat("songtao", "演示·松桃办公室", "office", "松桃苗族自治县总工会"),
    Seat("bijiang", "演示·碧江办公室", "office", "碧江区总工会"),
    Seat("nanming", "演示·南明办公室", "office", "南明区总工会"),
    Seat("zhen", "演示·松桃第1镇", "office", "演示·松桃县第1镇总工会"),
    Seat("jiceng", "演示·企业工会", "base_officer", "演示·松桃县第1号企业工会"),
    Seat("hubei", "演示·湖北办公室", "office", "湖北省总工会"),
    Seat("wuhan", "演示·武汉办公室", "office", "武汉市总工会"),
    Seat("jiangxia", "演示·江夏办公室", "office", "江夏区总工会"),
    Seat("fujian", "演示·福建办公室", "office", "福建省总工会"),
    Seat("fuzhou", "演示·福州办公室", "office", "福州市总工会"),
    Seat("minhou", "演示·闽侯办公室", "office", "闽侯县总工会"),
    Seat("quanguo", "演示·全总办公室", "office", NATION),
)
LATER = (
    Seat("jiaotong", "演示·交通产业工会", "office", "演示·贵州省交通产业工会"),
)  # with the union, when it is founded


def build(setting: Setting) -> str:
    """Open the demonstration's accounts."""
    return f"账号 {open_seats(SEATS, setting)} 个，密码都是 {PASSWORD}"


def open_seats(seats: Sequence[Seat], setting: Setting) -> int:
    """Open an account for each seat; return how many."""
    names = {seat.organisation for seat in seats}
    orgs = {org.name: org for org in Organisation.objects.filter(name__in=names)}
    departments = {
        (row.organisation_id, row.name): row for row in Department.objects.filter(organisation__in=orgs.values())
    }
    encoded = make_password(PASSWORD)  # once for all: slow on purpose
    for seat in seats:
        org = orgs[seat.organisation]
        person = Person.objects.create(name=seat.name)
        account = Account.objects.create(username=seat.username, person=person, password=encoded)
        department = departments[org.pk, seat.department] if seat.department else None
        appoint(account, seat.role, org, by=setting.by, at=setting.at, department=department)
    return len(seats)


def seated() -> QuerySet[Appointment]:
    """Return the appointments of the demonstration's accounts, highest organisation first."""
    rows = Appointment.objects.filter(account__username__in=[seat.username for seat in (*SEATS, *LATER)])
    return rows.select_related("account__person", "organisation", "department").order_by("organisation__path", "pk")


def table() -> list[tuple[str, str, str, str]]:
    """Return user name, organisation, role and department of each account."""
    return [
        (
            row.account.username,
            row.organisation.short_name,
            roles()[row.role].name,
            row.department.name if row.department else "",
        )
        for row in seated()
    ]
