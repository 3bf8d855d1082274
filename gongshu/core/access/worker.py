"""The worker's own door: whoever has shown that a mobile number is theirs, apart from officers' accounts.

The session keeps the number sealed, and which person it is once that is known. It ends after half a day, at once when
the person gets another number, and holds no officer's rights.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import timedelta
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from gongshu.core.access.guard import Request
from gongshu.core.people.models import Person
from gongshu.core.people.protected import ring
from gongshu.core.people.queries import by_phone

P = ParamSpec("P")
KEY, COLUMN = "worker", "session.worker.phone"
LASTS = timedelta(hours=12)


class WorkerRequest(Request):
    """A request of a worker, set by the guard."""

    person: Person


View = Callable[Concatenate[WorkerRequest, P], HttpResponseBase]


def enter(request: HttpRequest, phone: str, person: Person | None = None) -> None:
    """Remember that a number is theirs, and which person they are where that is known."""
    request.session.cycle_key()
    request.session[KEY] = {
        "phone": b64encode(ring().seal(COLUMN, phone)).decode(),
        "person": person.pk if person else None,
        "until": (timezone.now() + LASTS).timestamp(),
    }


def leave(request: HttpRequest) -> None:
    """Forget the worker; an officer logged in at the same browser stays."""
    request.session.pop(KEY, None)


def phone_of(request: HttpRequest) -> str:
    """Return the number shown to be theirs, empty when none is or its time is over."""
    kept = request.session.get(KEY)
    if not kept or kept["until"] < timezone.now().timestamp():
        return ""
    return ring().open(COLUMN, b64decode(kept["phone"]))


def person_of(request: HttpRequest) -> Person | None:
    """Return the worker, None when nobody is; the number must still be the person's."""
    phone = phone_of(request)
    return by_phone(phone).filter(pk=request.session[KEY]["person"]).first() if phone else None


def worker(reason: str) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Let in a worker who has shown their number; `reason` says what they may do with their own."""

    def decorate(view: View[P]) -> Callable[..., HttpResponseBase]:
        def guarded(request: WorkerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            person = person_of(request)
            if person is None:
                wanted = {"next": request.get_full_path()} if request.method == "GET" else {}
                return redirect(f"{reverse(settings.WORKER_LOGIN)}?{urlencode(wanted)}")
            request.person = person
            return view(request, *args, **kwargs)

        update_wrapper(guarded, view)
        guarded.access_rule = f"worker:{reason}"  # type: ignore[attr-defined]
        return guarded

    return decorate
