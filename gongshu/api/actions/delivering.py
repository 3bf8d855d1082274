"""Telling: one HTTPS call for each event in line, tried again with longer and longer waits."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from gongshu.api.actions.hooks import checked
from gongshu.api.enums import PING, HookState, Outcome
from gongshu.api.models import Delivery, Hook
from gongshu.api.rules import hooks as rules
from gongshu.api.rules.addresses import Target
from gongshu.core.base.problems import Refused
from gongshu.core.messages import actions as messages

PATIENCE = 8.0  # seconds for each of: connecting, sending, the first line of the answer
AT_ONCE = 8  # addresses called at the same time
EACH = 20  # events told to one address in one go
LONGEST = 20.0  # seconds for one call altogether, and after which an address gets no further event in this go
ADDRESSES = 50  # addresses looked after in one go
LEASE = timedelta(minutes=5)  # a worker killed in the middle: tried again after that
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Told:
    """How one call went: the status (None without an answer) and a line for the log."""

    delivery_id: int
    status: int | None
    note: str = ""

    @property
    def is_done(self) -> bool:
        """Tell whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300


class _Pinned(http.client.HTTPConnection):
    """A connection to one address that was looked at before, whatever the name leads to by now."""

    def __init__(self, where: Target, address: str) -> None:
        super().__init__(where.host, where.port, timeout=PATIENCE)
        self.where, self.address = where, address

    def connect(self) -> None:
        """Connect to the address, and show the name for the certificate."""
        self.sock = socket.create_connection((self.address, self.where.port), self.timeout)
        if self.where.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.where.host)

    def cut(self) -> None:
        """Cut the line, whatever the other side is still about to say."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def claim(*, at: datetime) -> list[Delivery]:
    """Take what is due, a few for each address in order; return it with addresses. To be called in a transaction."""
    due = Delivery.objects.filter(outcome=Outcome.WAITING, next_try_at__lte=at)
    due = due.filter(Q(hook__state=HookState.ON) | Q(event=PING))
    locked = due.select_for_update(skip_locked=True, of=("self",)).select_related("hook__key__organisation")
    taken: list[Delivery] = []
    for hook_id in due.order_by("hook").values_list("hook", flat=True).distinct()[:ADDRESSES]:
        taken += locked.filter(hook=hook_id).order_by("next_try_at", "pk")[:EACH]
    Delivery.objects.filter(pk__in=[row.pk for row in taken]).update(next_try_at=at + LEASE)
    return taken


def tell(taken: Sequence[Delivery], *, at: datetime) -> list[Told]:
    """Call every address, several at once, its events in order; nothing is written, and no transaction held."""
    by_hook: dict[int, list[Delivery]] = {}
    for row in taken:
        by_hook.setdefault(row.hook_id, []).append(row)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = pool.map(lambda rows: _tell_one(rows, at), by_hook.values())
        return [told for group in results for told in group]


def _tell_one(rows: Sequence[Delivery], at: datetime) -> list[Told]:
    """Call one address for each event until it fails; the others wait with the failed one."""
    hook, found = rows[0].hook, list[Told]()
    try:
        where, address = checked(hook.url)
    except Refused as refusal:
        return [Told(rows[0].pk, None, refusal.problems[0].message)]
    secret, started = hook.secret.reveal(), time.monotonic()
    for row in rows:
        if time.monotonic() - started > LONGEST:
            break
        told = _call(row, where, address, secret, at)
        found.append(told)
        if not told.is_done:
            break
    return found


def _call(row: Delivery, where: Target, address: str, secret: str, at: datetime) -> Told:
    body = json.dumps(row.payload, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Gongshu-Webhook/1",
        **rules.signed(secret, row.message_id, int(at.timestamp()), body),
    }
    line = _Pinned(where, address)
    watch = threading.Timer(LONGEST, line.cut)
    watch.start()
    try:
        line.request("POST", where.path, body, headers)
        status = line.getresponse().status
    except ssl.SSLError as error:
        return Told(row.pk, None, f"证书或加密连接不对：{error.reason or '握手失败'}"[:200])
    except (OSError, http.client.HTTPException) as error:
        return Told(row.pk, None, f"没有应答：{_why(error)}")
    finally:
        watch.cancel()
        line.close()
    return Told(row.pk, status, "" if 200 <= status < 300 else f"对方答复 {status}")


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "超过时限"
    return "对方拒绝连接" if isinstance(error, ConnectionRefusedError) else "连接不上或中途断开"


@transaction.atomic
def settle(taken: Sequence[Delivery], told: Sequence[Told], *, at: datetime) -> int:
    """Write down how the calls went; return how many events arrived. What was not reached waits again."""
    by_pk, results = {row.pk: row for row in taken}, {one.delivery_id: one for one in told}
    waiting: dict[int, datetime] = {}
    done = 0
    for pk, result in results.items():
        row = by_pk[pk]
        if result.is_done:
            done += 1
            _done(row, result, at)
        else:
            waiting[row.hook_id] = _failed(row, result, at)
    for row in taken:
        if row.pk not in results:
            Delivery.objects.filter(pk=row.pk).update(next_try_at=waiting.get(row.hook_id, at))
    return done


def _done(row: Delivery, result: Told, at: datetime) -> None:
    facts: dict[str, Any] = {"outcome": Outcome.DONE, "done_at": at, "next_try_at": None, "note": ""}
    Delivery.objects.filter(pk=row.pk).update(tries=row.tries + 1, status=result.status, **facts)
    Hook.objects.filter(pk=row.hook_id, failing_since__isnull=False).update(failing_since=None)


def _failed(row: Delivery, result: Told, at: datetime) -> datetime:
    """Write a failure down; return when the address is tried again."""
    tries = row.tries + 1
    again = None if result.status == rules.GONE else rules.next_try(tries, at=at)
    outcome = Outcome.WAITING if again else Outcome.DEAD
    Delivery.objects.filter(pk=row.pk).update(
        tries=tries, outcome=outcome, next_try_at=again, status=result.status, note=result.note[:200]
    )
    Hook.objects.filter(pk=row.hook_id, failing_since__isnull=True).update(failing_since=at)
    if again is None:
        _stop(row, result, at)
    return again or at


def _stop(row: Delivery, result: Told, at: datetime) -> None:
    """Send nothing more to an address that stayed away, and tell its owner once."""
    hook = row.hook
    if not Hook.objects.filter(pk=hook.pk, state=HookState.ON).update(state=HookState.FAILED):
        return
    messages.tell(
        [hook.owner_id] if hook.owner_id else [],
        subject="事件推送多次失败，已停止",
        body=f"向 {hook.url} 推送“{row.event_label}”试了 {row.tries + 1} 次都没有送达（{result.note}）。"
        "请对方检查后，在推送页面恢复；恢复后未送达的可以重新推送。",
        url=hook.get_absolute_url(),
        at=at,
        organisation=hook.key.organisation,
    )


def forget(*, at: datetime) -> int:
    """Remove the log older than a month; return how many lines."""
    count, _ = Delivery.objects.filter(at__lte=at - KEPT).delete()
    return count
