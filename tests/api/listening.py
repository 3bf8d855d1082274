"""Addresses that listen, and what is done for them step by step."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongshu.api.actions import delivering, following, hooks
from gongshu.api.models import Delivery, Hook
from tests.api.samples import CITY, COUNTY, key
from tests.worlds import BUILDER, World

AT = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.get_fixed_timezone(480))


def listening(world: World, url: str, at: str = COUNTY, events: tuple[str, ...] = ()) -> tuple[Hook, str]:
    """Return an address told of everything since the samples' day, and its secret."""
    wanted = list(events) or sorted(set(following.TOLD.values()))
    row, secret = hooks.subscribe(key(world, at)[0], url, wanted, by=BUILDER, at=timezone.now())
    Hook.objects.filter(pk=row.pk).update(owner=world.account(CITY, "admin"))
    Hook.objects.filter(pk=row.pk).update(made_at=AT - timedelta(days=1))
    follow()
    return row, secret


def follow(at: datetime | None = None) -> int:
    with transaction.atomic():
        return following.follow(at=at or timezone.now())


def tell(at: datetime | None = None) -> int:
    """Tell what is due; return how many events arrived."""
    now = at or timezone.now()
    with transaction.atomic():
        taken = delivering.claim(at=now)
    return delivering.settle(taken, delivering.tell(taken, at=now), at=now)


def in_line() -> list[tuple[str, dict[str, Any]]]:
    return [(row.event, row.payload["data"]) for row in Delivery.objects.order_by("pk")]
