"""Addresses told of events: writing them down, stopping, sending again."""

from __future__ import annotations

import base64
import secrets
import socket
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from gongshu.api.enums import PING, HookState, Outcome, Permission
from gongshu.api.models import ApiKey, Delivery, Hook
from gongshu.api.rules import addresses
from gongshu.api.rules import hooks as rules
from gongshu.api.rules.keys import narrowed
from gongshu.core.access.actor import Actor, require
from gongshu.core.access.roles import roles
from gongshu.core.base.ids import new_id
from gongshu.core.base.problems import Refused, refuse_if
from gongshu.core.people.protected import put
from gongshu.core.trail import actions as trail


def resolved(where: addresses.Target) -> list[str]:
    """Return the addresses of a host, none when it has none."""
    try:
        found = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def checked(url: str) -> tuple[addresses.Target, str]:
    """Return where an address leads and the one number to connect to; raises Refused for one that may not be called."""
    try:
        where = addresses.target(url)
    except ValueError as error:
        raise Refused.because(str(error), field=addresses.FIELD) from error
    found = resolved(where)
    refuse_if(addresses.reaching(where, found, addresses.nets(settings.WEBHOOK_PRIVATE)))
    return where, found[0]


def subscribe(key: ApiKey, url: str, events: list[str], *, by: Actor, at: datetime) -> tuple[Hook, str]:
    """Have an address told of events; return it with the secret its owner checks signatures by. Raises Refused."""
    require(by, Permission.KEYS, at=key.organisation)
    if key.revoked_at:
        raise Refused.because("这把密钥已经作废，请先发放新的")
    role = roles().get(key.role)
    refuse_if(rules.subscribing(events, narrowed(role.grants if role else (), key.scopes)))
    checked(url)
    secret = rules.SECRET_LEAD + base64.b64encode(secrets.token_bytes(32)).decode()
    hook = Hook(key=key, url=url, events=sorted(set(events)), owner_id=by.account_id, made_at=at)
    put(hook, "secret", secret)
    try:
        with transaction.atomic():
            hook.save(force_insert=True)
            _record("subscribe", hook, f"登记事件推送：{hook.url}", by=by, at=at)
    except IntegrityError as error:
        raise Refused.because("这把密钥已经登记过这个地址", field="url") from error
    return hook, secret


def _record(verb: str, hook: Hook, summary: str, *, by: Actor, at: datetime) -> None:
    detail = {"events": hook.events}
    trail.record(verb, hook, by=by, at=at, summary=summary, detail=detail, organisation_id=hook.key.organisation_id)


@transaction.atomic
def pause(hook: Hook, *, by: Actor, at: datetime) -> None:
    """Send nothing more to an address until it is resumed; what happens meanwhile is not told later."""
    require(by, Permission.KEYS, at=hook.key.organisation)
    Hook.objects.filter(pk=hook.pk).update(state=HookState.PAUSED)
    _record("pause", hook, f"暂停事件推送：{hook.url}", by=by, at=at)


@transaction.atomic
def resume(hook: Hook, *, by: Actor, at: datetime) -> None:
    """Send to an address again, at once what still waits; raises Refused."""
    require(by, Permission.KEYS, at=hook.key.organisation)
    if hook.key.revoked_at:
        raise Refused.because("这把密钥已经作废，不能再推送")
    checked(hook.url)
    Hook.objects.filter(pk=hook.pk).update(state=HookState.ON, failing_since=None)
    Delivery.objects.filter(hook=hook, outcome=Outcome.WAITING).update(next_try_at=at)
    _record("resume", hook, f"恢复事件推送：{hook.url}", by=by, at=at)


@transaction.atomic
def ping(hook: Hook, *, by: Actor, at: datetime) -> Delivery:
    """Send a test that carries nothing but its name."""
    require(by, Permission.KEYS, at=hook.key.organisation)
    happened = rules.Happened(PING, at, 0)
    row = Delivery.objects.create(
        hook=hook, event=PING, message_id=f"msg_{new_id()}", payload=happened.payload(), next_try_at=at, at=at
    )
    _record("ping", hook, f"测试事件推送：{hook.url}", by=by, at=at)
    return row


@transaction.atomic
def send_again(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    """Put one event in line again, under its own number: its receiver can tell it from a new one; raises Refused."""
    hook = delivery.hook
    require(by, Permission.KEYS, at=hook.key.organisation)
    if hook.state != HookState.ON:
        raise Refused.because("推送已停止，请先恢复，再重新推送")
    rows = Delivery.objects.filter(pk=delivery.pk)
    rows.update(outcome=Outcome.WAITING, tries=0, next_try_at=at, note="", status=None)
    _record("send_again", hook, f"重新推送：{delivery.event_label}", by=by, at=at)
