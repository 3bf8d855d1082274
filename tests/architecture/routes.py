"""Example objects for every address that names one. A route that takes an argument and is missing here fails the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

from django.core.files import File

from gongshu.core.files.actions import keep
from gongshu.core.jobs import actions as jobs
from gongshu.core.jobs.housekeeping import seal_trail
from gongshu.core.messages import actions as messages
from gongshu.core.messages.models import Message
from gongshu.venues import actions as venues
from gongshu.venues.rules.checks import Finding
from tests.members.samples import member
from tests.venues.samples import opened
from tests.worlds import NOW, World

COUNTY, CITY, SISTER = "松桃苗族自治县总", "铜仁市总", "贵阳市总"
Arguments = Mapping[str, object]


@dataclass(frozen=True)
class Example:
    """How an address is filled in, for whose eyes, and whether a sister union's officer may see it too."""

    fill: Callable[[World], Arguments]
    org: str = COUNTY
    role: str = "office"
    is_shared: bool = False


def _venue(world: World) -> Arguments:
    return {"pk": opened(world).pk}


def _remedy(world: World) -> Arguments:
    found = [Finding("shower", False)]
    row = venues.inspect(opened(world), found, note="坏了", due_on=None, by=world.actor(CITY), at=NOW)
    return {"pk": row.remedy.pk}


def _photo(world: World) -> Arguments:
    venue, by = opened(world), world.actor(COUNTY)
    picture = keep(File(BytesIO(b"\x89PNG\r\n\x1a\n"), name="门口.png"), by=by)
    venues.set_photo(venue, picture, by=by, at=NOW)
    return {"pk": venue.pk}


def _post(world: World) -> Arguments:
    return {"pk": world.account(COUNTY).appointments.get().pk}


def _message(world: World) -> Arguments:
    messages.tell([world.account(COUNTY)], subject="请知悉", at=NOW)
    return {"pk": Message.objects.get().pk}


def _job(world: World) -> Arguments:
    return {"pk": jobs.enqueue(seal_trail, by=world.actor(COUNTY)).pk}


def _member(world: World) -> Arguments:
    return {"pk": member(world, order=11, phone="13800001111").pk}


KEEPER = {"org": CITY, "role": "member_officer"}
ADMIN = {"org": CITY, "role": "admin"}
EXAMPLES: dict[str, Example] = {
    "desk:org": Example(lambda world: {"pk": world.org(COUNTY).pk}),
    "desk:appointment": Example(_post, **ADMIN),
    "desk:end_appointment": Example(_post, **ADMIN),
    "desk:appoint_again": Example(_post, **ADMIN),
    "desk:reset_password": Example(_post, **ADMIN),
    "desk:instrument": Example(lambda world: {"instrument": "trade-union-law"}, is_shared=True),
    "members:member": Example(_member),
    "members:edit": Example(_member),
    "members:move": Example(_member),
    "members:reveal": Example(_member, **KEEPER),
    "members:step": Example(lambda world: {**_member(world), "name": "keep"}),
    "venues:venue": Example(_venue),
    "venues:edit": Example(_venue),
    "venues:photo": Example(_photo),
    "venues:inspect": Example(_venue, org=CITY),
    "venues:step": Example(lambda world: {**_venue(world), "name": "suspend"}),
    "venues:finish_remedy": Example(_remedy),
    "jobs:job": Example(_job),
    "jobs:cancel": Example(_job),
    "messages:read": Example(_message),
}
