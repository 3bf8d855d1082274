"""Sets `request.actor` from the session."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from gongshu.core.access.actor import NOBODY, Actor, actor_for
from gongshu.core.people.models import Account

SEAT = "seat"


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor behind a request; nobody when not logged in."""
    user = request.user
    if not isinstance(user, Account):
        return NOBODY
    return actor_for(user, on=timezone.localdate(), seat_id=request.session.get(SEAT))


def actor_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Attach the actor, worked out only when a view asks."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
