"""Keys, callers and addresses for tests."""

from __future__ import annotations

import json
from datetime import date
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gongshu.api.actions import hooks, keys
from gongshu.api.actions.keys import KeyOrder
from gongshu.api.enums import Scope
from gongshu.api.models import ApiKey, Hook
from gongshu.api.rules.hooks import NEEDS_OF
from gongshu.api.rules.keys import months_later
from tests.worlds import BUILDER, World

BASE, COUNTY, CITY, SISTER = "松桃苗族自治县1号企业", "松桃苗族自治县总", "铜仁市总", "贵阳市总"
EVERYTHING = tuple(scope for scope in Scope.values if scope != Scope.MEMBERS_REVEAL)
_numbers = count(1)


def until() -> date:
    """Return a day keys may last to."""
    return months_later(timezone.localdate(), 6)


def key(
    world: World, at: str = COUNTY, role: str = "office", scopes: tuple[str, ...] = EVERYTHING
) -> tuple[ApiKey, str]:
    """Return a key with its text."""
    order = KeyOrder(f"对接{next(_numbers)}", role, scopes, until())
    return keys.issue(order, organisation=world.org(at), by=BUILDER, at=timezone.now())


class Caller:
    """Another system with a key."""

    def __init__(self, text: str) -> None:
        self.client = Client(HTTP_AUTHORIZATION=f"Bearer {text}" if text else "")

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Read."""
        return self.client.get(f"/api/v1{path}", headers=headers)

    def send(self, path: str, told: Any = None, *, method: str = "post", **headers: str) -> HttpResponse:
        """Write, under a new idempotency key unless one is given."""
        headers = {"Idempotency-Key": f"test-{next(_numbers):08d}"} | {
            k.replace("_", "-"): v for k, v in headers.items()
        }
        body = "" if told is None else json.dumps(told)
        call = getattr(self.client, method)
        return call(f"/api/v1{path}", body, content_type="application/json", headers=headers)


def caller(world: World, *args: Any, **kwargs: Any) -> Caller:
    """Return a system with a new key."""
    return Caller(key(world, *args, **kwargs)[1])


def hook(world: World, of: ApiKey, url: str = "https://192.0.32.10/told", events: tuple[str, ...] = ()) -> Hook:
    """Return an address told of events; nobody is called by writing it down."""
    wanted = list(events or NEEDS_OF)
    return hooks.subscribe(of, url, wanted, by=world.actor(CITY, "admin"), at=timezone.now())[0]
