"""Events of the trail as other systems are told of them: names, what they need, signatures, when to try again. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gongshu.api.enums import Event
from gongshu.core.access.enums import Permission as Access
from gongshu.core.base.problems import Problem
from gongshu.delivery.enums import Permission as Delivery
from gongshu.members.enums import Permission as Members
from gongshu.venues.enums import Permission as Venues

MEMBER, UNION, VENUE = "members.membership", "orgs.organisation", "venues.venue"
ROSTER = "rosters.roster"
DISPATCH, ASSIGNMENT = "delivery.dispatch", "delivery.assignment"
TOLD: dict[tuple[str, str], Event] = {
    (MEMBER, "approve"): Event.MEMBER_JOINED,
    **dict.fromkeys(((MEMBER, verb) for verb in ("leave", "lapse", "expel", "end")), Event.MEMBER_LEFT),
    **dict.fromkeys(((MEMBER, verb) for verb in ("accept", "park")), Event.MEMBER_TRANSFERRED),
    (ROSTER, "finish"): Event.MEMBERS_IMPORTED,
    (UNION, "found"): Event.ORGANISATION_FOUNDED,
    (UNION, "end"): Event.ORGANISATION_ENDED,
    (UNION, "move"): Event.ORGANISATION_MOVED,
    (DISPATCH, "write"): Event.TASK_DISPATCHED,
    (ASSIGNMENT, "report"): Event.ASSIGNMENT_REPORTED,
    **dict.fromkeys(((VENUE, verb) for verb in ("open", "resume")), Event.VENUE_OPENED),
    (VENUE, "close"): Event.VENUE_CLOSED,
}
NEEDS: dict[str, str] = {MEMBER: Members.SEE, ROSTER: Members.SEE, UNION: Access.SEE_TREE, VENUE: Venues.SEE}
NEEDS |= dict.fromkeys((DISPATCH, ASSIGNMENT), Delivery.SEE)
NEEDS_OF: dict[str, str] = {event: NEEDS[kind] for (kind, _), event in TOLD.items()}
SUBJECTS = {
    MEMBER: "member_id",
    ROSTER: "roster_id",
    UNION: "organisation_id",
    VENUE: "venue_id",
    DISPATCH: "dispatch_id",
    ASSIGNMENT: "assignment_id",
}
MINUTES = (1, 5, 30, 120, 300, 600, 840)  # until the next try, after the first, the second … failure
MOST_TRIES = len(MINUTES) + 1
GONE = 410
SECRET_LEAD = "whsec_"  # noqa: S105 - how the secret begins, not one


@dataclass(frozen=True)
class Happened:
    """An event as it is told: which, when, the number of the trail entry, about what, at which organisation."""

    event: str
    at: datetime
    number: int
    kind: str = ""
    subject_id: int = 0
    organisation_id: int | None = None

    def payload(self) -> dict[str, Any]:
        """Return the words sent: numbers of records only, nothing about a person."""
        told: dict[str, Any] = {}
        if self.kind:
            told[SUBJECTS[self.kind]] = self.subject_id
        if self.organisation_id and self.kind != UNION:
            told["organisation_id"] = self.organisation_id
        return {"type": self.event, "timestamp": self.at.isoformat(timespec="seconds"), "data": told}


def signed(secret: str, message_id: str, stamp: int, body: bytes) -> Mapping[str, str]:
    """Return the headers that prove where a message comes from (Standard Webhooks 1.0.0, HMAC-SHA256)."""
    key = base64.b64decode(secret.removeprefix(SECRET_LEAD))
    content = f"{message_id}.{stamp}.".encode() + body
    mark = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {"webhook-id": message_id, "webhook-timestamp": str(stamp), "webhook-signature": f"v1,{mark}"}


def next_try(tries: int, *, at: datetime) -> datetime | None:
    """Return when to try again after that many failures, None when it is enough."""
    return at + timedelta(minutes=MINUTES[tries - 1]) if tries < MOST_TRIES else None


def subscribing(events: list[str], grants: frozenset[str]) -> list[Problem]:
    """Return why a key with such rights cannot be told of these events."""
    if not events:
        return [Problem("请至少选一类事件", field="events")]
    unknown = [event for event in events if event not in NEEDS_OF]
    if unknown:
        return [Problem("没有这类事件", field="events")]
    barred = [Event(event).label for event in events if NEEDS_OF[event] not in grants]
    return [Problem(f"这把密钥的用途不含：{'、'.join(barred)}", field="events")] if barred else []
