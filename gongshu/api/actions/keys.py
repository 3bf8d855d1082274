"""Issuing and revoking keys."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.api.enums import HookState, Permission, Scope
from gongshu.api.models import Allowance, ApiKey, Hook
from gongshu.api.rules import keys as rules
from gongshu.core.access.actor import Actor, can, require
from gongshu.core.access.enums import Permission as Access
from gongshu.core.access.roles import roles
from gongshu.core.base.ids import new_id
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail

LEAD = "gsk"
TAKEN = Problem("本单位已有同名的密钥在用，请换一个名称，或者先作废原来的", field="name")


@dataclass(frozen=True)
class KeyOrder:
    """What a key is to be: for which system, in which role, for what, until which day (no longer good on it)."""

    name: str
    role: str
    scopes: tuple[str, ...]
    until: date


def digest_of(secret: str) -> bytes:
    """Return what is kept of a secret; it is random, so that a plain SHA-256 cannot be turned back."""
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def issue(order: KeyOrder, *, organisation: Organisation, by: Actor, at: datetime) -> tuple[ApiKey, str]:
    """Issue a key; return it with its whole text, which is shown this once. Raises Refused."""
    require(by, Permission.KEYS, at=organisation)
    on = timezone.localdate(at)
    refuse_if(rules.issuing(order.name, order.scopes, order.until, on=on, months=settings.API_KEY_MONTHS))
    refuse_if(_rights(order, organisation, by))
    prefix, secret = new_id(), secrets.token_urlsafe(32)
    key = ApiKey(
        organisation=organisation,
        name=order.name.strip(),
        role=order.role,
        scopes=[scope for scope in Scope.values if scope in order.scopes],
        prefix=prefix,
        digest=digest_of(secret),
        until_on=order.until,
        issued_by_id=by.account_id,
        issued_at=at,
    )
    try:
        with transaction.atomic():
            key.save(force_insert=True)
    except IntegrityError as error:
        raise Refused([TAKEN]) from error
    Allowance.objects.create(key=key)
    detail = {"role": key.role, "scopes": key.scopes, "until": str(key.until_on)}
    trail.record(
        "issue",
        key,
        by=by,
        at=at,
        summary=f"发放接口密钥：{key.name}",
        detail=detail,
        organisation_id=organisation.pk,
    )
    return key, f"{LEAD}_{prefix}_{secret}"


def _rights(order: KeyOrder, organisation: Organisation, by: Actor) -> list[Problem]:
    """Return why such a key cannot be given: nobody gives more than they hold or could appoint somebody to."""
    role = roles().get(order.role)
    if role is None or organisation.level not in role.levels:
        return [Problem("这一级没有这个角色", field="role")]
    if set(order.scopes) - set(Scope.values):
        return [Problem("没有这项用途", field="scopes")]
    idle = rules.empty_scopes(role.grants, order.scopes)
    if idle:
        labels = "、".join(Scope(scope).label for scope in idle)
        return [Problem(f"“{role.name}”办不了：{labels}", field="scopes")]
    given = rules.narrowed(role.grants, order.scopes)
    may = can(by, Access.APPOINT, at=organisation) or all(can(by, right, at=organisation) for right in given)
    return [] if may else [Problem("发放的权限超过了您自己的权限", field="role")]


@transaction.atomic
def revoke(key: ApiKey, *, by: Actor, at: datetime) -> None:
    """Make a key worthless at once, and stop what is sent under it; raises Refused."""
    require(by, Permission.KEYS, at=key.organisation)
    if not ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=at):
        raise Refused.because("这把密钥已经作废")
    Hook.objects.filter(key=key).update(state=HookState.PAUSED)
    key.revoked_at = at
    trail.record("revoke", key, by=by, at=at, summary=f"作废接口密钥：{key.name}", organisation_id=key.organisation_id)
