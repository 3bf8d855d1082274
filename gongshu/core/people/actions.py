"""Logging in and changing one's password."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from gongshu.core.base.problems import Refused
from gongshu.core.people.models import Account, FailedLogin

FREE_TRIES = 5
PAUSE = timedelta(minutes=5)


def check_pause(username: str, *, at: datetime) -> None:
    """Refuse while too many wrong passwords were tried for this user name within the pause."""
    row = FailedLogin.objects.filter(username=username.lower(), last_at__gt=at - PAUSE).first()
    if row and row.count >= FREE_TRIES:
        raise Refused.because("密码多次输入有误，请五分钟后再试，或请本级管理员重设密码")


def note_failure(username: str, *, at: datetime) -> None:
    """Count a wrong password; the count starts anew after a pause."""
    key = username.lower()[:60]
    with transaction.atomic():
        FailedLogin.objects.filter(last_at__lte=at - PAUSE).delete()  # of whichever name: guesses must not pile up
        row, made = FailedLogin.objects.get_or_create(username=key, defaults={"count": 1, "last_at": at})
        if not made:
            FailedLogin.objects.filter(pk=row.pk).update(count=F("count") + 1, last_at=at)


def note_success(account: Account) -> None:
    """Forget wrong passwords once the right one is given."""
    FailedLogin.objects.filter(username=account.username).delete()


def change_password(account: Account, *, new: str, for_once: bool = False) -> None:
    """Set a new password; the form has checked the old one and the strength.

    One that somebody else has seen is good `for_once`: the first thing its owner is asked for is another.
    """
    account.set_password(new)
    account.must_change = for_once
    account.save(update_fields=["password", "must_change"])
