"""The electronic member card: digits that only the key ring can make, other ones every minute, and their check."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime

from gongshu.core.base.identity import mask_name
from gongshu.core.people.protected import ring
from gongshu.members.enums import ACTIVE_STATES
from gongshu.members.models import Membership

COLUMN = "members.card"
DIGITS = 8
FORM = re.compile(rf"(\d{{1,18}})-(\d{{{DIGITS}}})")
MINUTE = 60  # seconds a code is shown; it is taken during the next ones too, as people are slow
KEPT = ("kept", "parked")


@dataclass(frozen=True)
class Card:
    """A card as it is now: what the code says, how many seconds it is shown."""

    token: str
    seconds: int


@dataclass(frozen=True)
class Checked:
    """What a counter learns of a card: whether it is good, why not, and as little as will do of whose it is."""

    is_good: bool
    why: str
    name: str = ""
    union: str = ""


def card(membership: Membership, *, at: datetime) -> Card:
    """Return a member's card at an instant."""
    now = int(at.timestamp())
    blind = ring().blind(COLUMN, _said(membership.pk, now // MINUTE))
    return Card(f"{membership.pk}-{_digits(blind)}", MINUTE - now % MINUTE)


def _said(pk: int, minute: int) -> str:
    return f"{pk}\0{minute}"


def _digits(blind: bytes) -> str:
    return f"{int.from_bytes(blind[1:], 'big') % 10**DIGITS:0{DIGITS}d}"


def check(token: str, *, at: datetime) -> Checked:
    """Return what a counter learns of a code shown at an instant; this minute's and the last one's are good."""
    read = FORM.fullmatch(token.strip())
    if read is None:
        return Checked(False, "这不是会员卡上的码")
    pk, minute = int(read[1]), int(at.timestamp()) // MINUTE
    good = [_digits(blind) for m in (minute, minute - 1) for blind in ring().blinds(COLUMN, _said(pk, m))]
    if not sum(hmac.compare_digest(one, read[2]) for one in good):
        return Checked(False, "码已过期或者不对，请会员刷新会员卡再出示")
    member = Membership.objects.select_related("organisation").filter(pk=pk).first()
    if member is None or member.state not in (*ACTIVE_STATES, *KEPT):
        return Checked(False, "会籍不在册")
    why = "在籍会员" if member.state in ACTIVE_STATES else f"{member.state_label}会籍"
    return Checked(True, why, mask_name(member.name), member.organisation.short_name)
