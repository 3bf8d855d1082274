"""A union's code for joining: made, and made anew when the old poster must no longer work."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from gongshu.core.access.actor import Actor, require
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail
from gongshu.members.enums import Permission
from gongshu.members.models import JoinCode

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like something else in print
LENGTH = 10


def code_of(union: Organisation, *, by: Actor, at: datetime) -> JoinCode:
    """Return a union's code, made now where it has none; it opens nothing but an application."""
    found = JoinCode.objects.filter(organisation=union).first()
    if found:
        return found
    with transaction.atomic():
        row, is_new = JoinCode.objects.get_or_create(organisation=union, defaults={"code": _new(), "made_at": at})
        if is_new:
            text = f"生成入会码：{union.name}"
            trail.record("join_code", union, by=by, at=at, summary=text, organisation_id=union.pk)
    return row


def renew(union: Organisation, *, by: Actor, at: datetime) -> JoinCode:
    """Give a union a new code; the old one leads nowhere from now on."""
    require(by, Permission.EDIT, at=union)
    with transaction.atomic():
        row, _ = JoinCode.objects.update_or_create(organisation=union, defaults={"code": _new(), "made_at": at})
        trail.record("join_code", union, by=by, at=at, summary=f"更换入会码：{union.name}", organisation_id=union.pk)
    return row


def _new() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
