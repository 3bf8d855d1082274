"""A call that writes is done once, however often it is sent: its answer is kept for a day and given again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from gongshu.api.models import Answer, ApiKey
from gongshu.core.base.problems import Refused
from gongshu.core.people.protected import put

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Call:
    """A call that writes: whose, under which idempotency key, and the digest of what it asks."""

    key: ApiKey
    token: str
    digest: bytes


@dataclass(frozen=True)
class Given:
    """An answer: status, headers, body; `is_again` when it was kept from an earlier call."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_again: bool = False


class Reused(Refused):
    """The idempotency key was used for another call."""


def digest_of(method: str, path: str, body: bytes) -> bytes:
    """Return the digest of what a call asks."""
    return hashlib.sha256(f"{method} {path}\n".encode() + body).digest()


def once(call: Call, act: Callable[[], Given], *, at: datetime) -> Given:
    """Do a call once, in one transaction with its kept answer; raises Reused, and whatever `act` raises.

    Two at the same time: the second waits for the first and is given its answer. A refused call wrote nothing and is
    not kept, so that it may be made again under the same key.
    """
    with transaction.atomic():
        kept = _kept(call, at) or _begun(call, at)
        if kept is not None:
            return _again(kept, call)
        given = act()
        row = Answer(key=call.key, token=call.token)
        put(row, "body", given.body.decode())
        rows = Answer.objects.filter(key=call.key, token=call.token)
        rows.update(status=given.status, headers=dict(given.headers), body=row.body)
    return given


def _kept(call: Call, at: datetime) -> Answer | None:
    return Answer.objects.filter(key=call.key, token=call.token, at__gt=at - KEPT).first()


def _begun(call: Call, at: datetime) -> Answer | None:
    """Take the idempotency key for this call; return the kept answer when somebody else was quicker."""
    try:
        with transaction.atomic():
            Answer.objects.filter(key=call.key, token=call.token, at__lte=at - KEPT).delete()
            Answer.objects.create(key=call.key, token=call.token, call=call.digest, at=at)
    except IntegrityError:
        return Answer.objects.get(key=call.key, token=call.token)
    return None


def _again(kept: Answer, call: Call) -> Given:
    if bytes(kept.call) != call.digest:
        raise Reused.because("这个 Idempotency-Key 已用于另一个请求，新的请求请换一个", field="Idempotency-Key")
    body = kept.body.reveal().encode() if kept.body else b""
    return Given(kept.status, kept.headers, body, is_again=True)


def forget(*, at: datetime) -> int:
    """Remove the answers kept for longer than a day; return how many."""
    count, _ = Answer.objects.filter(at__lte=at - KEPT).delete()
    return count
