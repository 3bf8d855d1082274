"""Letting a call in: whose key it is, and whether it may call again so soon."""

from __future__ import annotations

import hmac
from datetime import date, datetime

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Greatest

from gongshu.api.actions.keys import LEAD, digest_of
from gongshu.api.models import Allowance, ApiKey

MINUTE = 60_000_000  # microseconds
BURST = 6  # a sixth of a minute's calls may come at once


def key_behind(text: str, *, on: date) -> ApiKey | None:
    """Return the valid key a caller shows, None for anything else."""
    lead, _, rest = text.partition("_")
    prefix, _, secret = rest.partition("_")
    if lead != LEAD or not secret or len(text) > 200:
        return None
    key = ApiKey.objects.select_related("organisation").filter(prefix=prefix).first()
    if key is None or not hmac.compare_digest(bytes(key.digest), digest_of(secret)):
        return None
    return key if key.is_valid_on(on) else None


def admit(key: ApiKey, *, at: datetime) -> int:
    """Count a call against the key's bucket; return 0, or the seconds to wait when it is empty.

    A token bucket kept as one number (GCRA, ITU-T I.371): the time at which it will be full. One conditional update
    takes a token, so that however many processes ask, no more calls get in than the bucket holds.
    """
    step = MINUTE // settings.API_PER_MINUTE
    now = int(at.timestamp() * 1_000_000)
    latest = now + step * (max(1, settings.API_PER_MINUTE // BURST) - 1)
    row = Allowance.objects.filter(key=key)
    free_at = Greatest(F("free_at"), Value(now)) + Value(step)
    if row.filter(free_at__lte=latest).update(free_at=free_at, used_at=at):
        return 0
    full_at = row.values_list("free_at", flat=True).first() or now
    return max(1, -(-(full_at - latest) // 1_000_000))
