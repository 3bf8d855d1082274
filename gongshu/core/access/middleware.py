"""Sets `request.actor` from the session, and turns away what no field can hold."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
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


def printable_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 400 where a typed value holds the character NUL: no person types it, and not every database takes it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        for sent in (request.GET, request.POST):
            if any("\0" in value for _, values in sent.lists() for value in values):
                raise BadRequest
        return get_response(request)

    return middleware
