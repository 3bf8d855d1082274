"""Opening accounts: the one thing the workbench writes itself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from gongshu.core.access.actions import appoint
from gongshu.core.access.actor import Actor
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.orgs.models import Department, Organisation
from gongshu.core.people.actions import change_password
from gongshu.core.people.models import Account
from gongshu.core.trail import actions as trail

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for another on paper
GROUPS, GROUP = 3, 4


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


@transaction.atomic
def reset_password(account: Account, *, by: Actor, at: datetime) -> str:
    """Give an account (found by `queries.account_for`) a new password and return it."""
    password = first_password()
    change_password(account, new=password, for_once=True)
    trail.record("reset_password", account, by=by, at=at, summary=f"重设{account.person.name}的密码")
    return password
