"""Venues for tests."""

from __future__ import annotations

from dataclasses import replace

from gongshu.core.flow import actions as flow
from gongshu.venues import actions
from gongshu.venues.models import Venue
from gongshu.venues.rules.checks import VenueFacts
from gongshu.venues.rules.kinds import kinds
from tests.worlds import NOW, World

ALL_DAY = [{"day": day, "start": "00:00", "end": "24:00"} for day in range(1, 8)]
FULL = VenueFacts(
    "driver_home",
    "平头服务区司机之家",
    address="平头镇服务区东侧",
    phone="0856-1234567",
    hours=list(ALL_DAY),
    equipment=list(kinds()["driver_home"].required),
)


def prepared(world: World, at: str = "松桃苗族自治县总", **changes: object) -> Venue:
    """Return a venue in preparation."""
    facts = replace(FULL, **changes)
    return actions.register(facts, organisation=world.org(at), by=world.actor(at), at=NOW)


def opened(world: World, at: str = "松桃苗族自治县总", **changes: object) -> Venue:
    """Return an open venue."""
    return flow.advance(prepared(world, at, **changes), "open", by=world.actor(at), at=NOW)
