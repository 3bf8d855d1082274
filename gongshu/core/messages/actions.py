"""The only place that writes messages. All is in the caller's transaction: an undone action tells nobody anything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gongshu.core.messages.doors import sms_door
from gongshu.core.messages.models import Message
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Account


def tell(
    accounts: Iterable[Account | int],
    *,
    subject: str,
    body: str = "",
    url: str = "",
    at: datetime,
    organisation: Organisation | None = None,
) -> int:
    """Tell many accounts (rows or their numbers) the same thing, each once; return how many were told."""
    told = _numbers(accounts)
    rows = [
        Message(account_id=pk, organisation=organisation, subject=subject[:120], body=body, url=url, at=at)
        for pk in told
    ]
    Message.objects.bulk_create(rows, batch_size=2000)
    return len(told)


def text(accounts: Iterable[Account | int], *, text: str, at: datetime) -> int:
    """Send a short message through the door; return to how many."""
    told = _numbers(accounts)
    sms_door().send(told, text, at=at)
    return len(told)


def _numbers(accounts: Iterable[Account | int]) -> list[int]:
    return list(dict.fromkeys(a if isinstance(a, int) else a.pk for a in accounts))


def mark_read(account_id: int, *, at: datetime, pk: int | None = None) -> int:
    """Mark one message of the account read, or all of them; return how many were unread."""
    unread = Message.objects.filter(account_id=account_id, read_at__isnull=True)
    return (unread if pk is None else unread.filter(pk=pk)).update(read_at=at)
