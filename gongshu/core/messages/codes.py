"""One-time codes to mobile numbers: asked for at a measured pace, good once and for minutes, never kept in the clear.

Whoever asks gets the same answer whether or not anybody has the number, so that nothing is told of who is registered.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import F

from gongshu.core.base.identity import check_mobile, normal_number
from gongshu.core.base.problems import Refused, refuse_if
from gongshu.core.messages.doors import sms_door
from gongshu.core.messages.models import PhoneCode, PhoneText
from gongshu.core.people.protected import ring

DIGITS = 6
LASTS = timedelta(minutes=5)
MOST_TRIES = 5
KEPT = timedelta(days=1)
Pace = Sequence[tuple[timedelta, int]]
PHONE_PACE: Pace = ((timedelta(hours=1), 5), (timedelta(days=1), 10))
ADDRESS_PACE: Pace = ((timedelta(hours=1), 120),)  # a factory's workers may share one address
PHONE, ADDRESS, CODE = "messages.PhoneCode.phone", "messages.PhoneCode.address", "messages.PhoneCode.digest"
WRONG = "验证码不对，或者已经过期，请核对后再填，或者重新获取"
TOO_OFTEN = "获取验证码太频繁，请过一会儿再试"


def ask(phone: str, purpose: str, *, address: str, at: datetime) -> None:
    """Send a new code to a number for a purpose; raises Refused for no mobile number, or asked too often."""
    refuse_if(check_mobile(phone, field="phone"))
    number = normal_number(phone)
    _check_pace(number, address, at)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    row = PhoneCode(
        phone_index=ring().blind(PHONE, number),
        address_index=ring().blind(ADDRESS, address),
        purpose=purpose,
        digest=ring().blind(CODE, _said(number, purpose, code)),
        slot=int(at.timestamp() // 60),
        made_at=at,
    )
    text = f"【工会】验证码 {code}，{LASTS // timedelta(minutes=1)} 分钟内有效，请勿告诉他人。"
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            sms_door().send_to(number, text, at=at)
    except IntegrityError as error:
        raise Refused.because("验证码刚刚发出，请一分钟后再获取", field="phone") from error


def _said(number: str, purpose: str, code: str) -> str:
    return f"{number}\0{purpose}\0{code}"


def _check_pace(number: str, address: str, at: datetime) -> None:
    by_phone = PhoneCode.objects.filter(phone_index__in=ring().blinds(PHONE, number))
    by_address = PhoneCode.objects.filter(address_index__in=ring().blinds(ADDRESS, address))
    for rows, pace in ((by_phone, PHONE_PACE), (by_address, ADDRESS_PACE)):
        if _is_over(rows, pace, at):
            raise Refused.because(TOO_OFTEN, field="phone")


def _is_over(rows: models.QuerySet[PhoneCode], pace: Pace, at: datetime) -> bool:
    return any(rows.filter(made_at__gt=at - period).count() >= most for period, most in pace)


def confirm(phone: str, purpose: str, code: str, *, at: datetime) -> None:
    """Use up the code last sent to a number for a purpose; raises Refused, always in the same words.

    Must run outside a transaction that a refusal undoes: each try is counted before the code is looked at.
    """
    number = normal_number(phone)
    mine = PhoneCode.objects.filter(phone_index__in=ring().blinds(PHONE, number), purpose=purpose)
    row = mine.filter(made_at__gt=at - LASTS, made_at__lte=at).order_by("-made_at", "-pk").first()
    open_still = PhoneCode.objects.filter(pk=row.pk if row else 0, used_at__isnull=True)
    counted = open_still.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1)
    said = ring().blinds(CODE, _said(number, purpose, normal_number(code)))
    is_right = sum(hmac.compare_digest(bytes(row.digest) if row else b"", one) for one in said)
    if not (counted and is_right and open_still.update(used_at=at)):
        raise Refused.because(WRONG, field="code")


def forget(*, at: datetime) -> int:
    """Delete codes and texts to numbers older than a day; return how many rows."""
    codes, _ = PhoneCode.objects.filter(made_at__lt=at - KEPT).delete()
    texts, _ = PhoneText.objects.filter(at__lt=at - KEPT).delete()
    return codes + texts
