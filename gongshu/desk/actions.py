"""Opening accounts, and the beginning of it all: the only things the workbench writes itself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from gongshu.core.access.actions import appoint
from gongshu.core.access.actor import Actor
from gongshu.core.base.divisions import Division
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.orgs.actions import add, add_trees
from gongshu.core.orgs.federations import line_to, nation
from gongshu.core.orgs.models import Department, Organisation
from gongshu.core.orgs.moving import hold_shape
from gongshu.core.people.actions import change_password
from gongshu.core.people.models import Account
from gongshu.core.trail import actions as trail

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for another on paper
GROUPS, GROUP = 3, 4
FIRST_ROLE = "admin"


@dataclass(frozen=True)
class NewAccount:
    """Whom to open an account for, in which role, where."""

    username: str
    name: str
    role: str
    organisation: Organisation
    department: Department | None = None


def first_password() -> str:
    """Return a password to be handed over once, about 59 bits, readable from paper."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def open_account(new: NewAccount, *, by: Actor, at: datetime) -> tuple[Account, str]:
    """Open an account with its first appointment; return it with its password, which is kept nowhere."""
    password = first_password()
    try:
        with transaction.atomic():
            account = Account.objects.create_account(new.username, new.name, password)
            change_password(account, new=password, for_once=True)
            appoint(account, new.role, new.organisation, by=by, at=at, department=new.department)
    except IntegrityError as error:
        raise Refused([Problem("这个用户名已有人用，请换一个", field="username")]) from error
    return account, password


@dataclass(frozen=True)
class FirstAccount:
    """Whom the first account is for; they chose the password themselves."""

    username: str
    name: str
    password: str


def refuse_begun() -> None:
    """Raise Refused where there are organisations or accounts already, be they the demonstration's."""
    orgs, accounts = Organisation.objects.count(), Account.objects.count()
    if orgs or accounts:
        held = f"已经有组织 {orgs} 个、账号 {accounts} 个"
        raise Refused.because(f"数据库里{held}，不能再次初始建立；演示数据不能转为正式使用，请另用一个空的数据库")


@transaction.atomic
def begin(place: Division, first: FirstAccount, *, by: Actor, at: datetime) -> list[Organisation]:
    """Make the nation, the line down to `place` and all federations below it, and an administrator at `place`.

    Return the organisations in tree order; raises Refused where something was begun already.
    """
    hold_shape(alone=True)
    refuse_begun()
    root = add(nation())
    rows = [root, *add_trees([line_to(place)], under=root)]
    trail.record_many(
        trail.entry("begin", row, by=by, at=at, summary=f"初始建立：{row.name}", organisation_id=row.pk) for row in rows
    )
    home = next(row for row in rows if row.division_code == place.code)
    account = Account.objects.create_account(first.username, first.name, first.password)
    appoint(account, FIRST_ROLE, home, by=by, at=at)
    return rows


@transaction.atomic
def reset_password(account: Account, *, by: Actor, at: datetime) -> str:
    """Give an account (found by `queries.account_for`) a new password and return it."""
    password = first_password()
    change_password(account, new=password, for_once=True)
    trail.record("reset_password", account, by=by, at=at, summary=f"重设{account.person.name}的密码")
    return password
