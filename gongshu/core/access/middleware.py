"""Sets `request.actor` from the session, and turns away what no field can hold."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
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


def sound_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 400 to what no page asked for: far too much at once, or a typed value with the character NUL in it.

    The size is looked at before anything is read, so that nobody fills the disk; no person types NUL, and not every
    database takes it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or len(length) > 18 or int(length) > settings.LARGEST_REQUEST:
            raise RequestDataTooBig
        for sent in (request.GET, request.POST):
            if any("\0" in value for _, values in sent.lists() for value in values):
                raise BadRequest
        return get_response(request)

    return middleware
