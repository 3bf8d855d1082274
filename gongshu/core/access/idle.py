"""An officer's session ends when nobody used it for a while; what was typed then is kept, sealed, for the same person.

It holds for accounts; a worker's door has a clock of its own. What a page asks for by itself is no use of it, but for
the wall, which is there to be looked at.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from gongshu.core.people.models import Account
from gongshu.core.people.protected import ring

SEEN, KEPT, COLUMN = "seen", "kept", "session.typed"
NOTE_EVERY = 60  # seconds; the session is not written more often than that
LONGEST = 300_000  # characters kept
SAID = "太久没有操作，已自动退出。请提交本页，重新登录后可以接着办，填写的内容不会丢。"
Handler = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class Typed:
    """What somebody sent after their time was over: where to, the fields, whether files came with it."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool


def idle_middleware(get_response: Handler) -> Handler:
    """End a session nobody used for `IDLE_MINUTES`, before anything is done in its name."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY not in request.session:
            return get_response(request)
        now = timezone.now().timestamp()
        seen = request.session.get(SEEN) or _logged_in_at(request)
        if now - seen > settings.IDLE_MINUTES * 60:
            return _end(request)
        if now - seen > NOTE_EVERY and not _by_itself(request):
            request.session[SEEN] = now
        if request.method == "POST" and request.session.get(KEPT, {}).get("path") == request.get_full_path():
            drop(request)
        return get_response(request)

    return middleware


def _logged_in_at(request: HttpRequest) -> float:
    user = request.user
    known = isinstance(user, Account) and user.last_login
    return known.timestamp() if known else timezone.now().timestamp()


def _by_itself(request: HttpRequest) -> bool:
    """Tell whether a page asked by itself, as one that shows how far a job is does every second."""
    asked = request.method == "GET" and "HX-Request" in request.headers
    return asked and not request.path.startswith(reverse("desk:wall"))


def _end(request: HttpRequest) -> HttpResponseBase:
    typed = _typed(request) if request.method == "POST" and "X-Autosave" not in request.headers else None
    logout(request)
    if typed:
        request.session[KEPT] = typed
    if "X-Autosave" in request.headers:
        return JsonResponse({"message": SAID}, status=401)
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    wanted = reverse("access:kept") if typed else request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse('access:login')}?{urlencode({'next': wanted, 'idle': '1'})}")


def _typed(request: HttpRequest) -> dict[str, object] | None:
    """Return what is to be kept of a form; None where it is no form of ours, a password, nothing or far too much."""
    forged = CsrfViewMiddleware(lambda _: HttpResponse()).process_view(request, lambda _: HttpResponse(), (), {})
    if forged or request.path in (reverse("access:password"), reverse("access:seat"), reverse("access:logout")):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
        if isinstance(value, str)
    ]
    text = json.dumps(fields, ensure_ascii=False)
    if not fields or len(text) > LONGEST:
        return None
    return {
        "path": request.get_full_path(),
        "account": request.session[SESSION_KEY],
        "files": bool(request.FILES),
        "sealed": b64encode(ring().seal(COLUMN, text)).decode(),
    }


def typed_of(request: HttpRequest) -> Typed | None:
    """Return what the person who is logged in now had typed; what another left is thrown away."""
    kept = request.session.get(KEPT)
    if not kept:
        return None
    if kept["account"] != request.session.get(SESSION_KEY):
        drop(request)
        return None
    fields = json.loads(ring().open(COLUMN, b64decode(kept["sealed"])))
    return Typed(kept["path"], [(name, value) for name, value in fields], kept["files"])


def drop(request: HttpRequest) -> None:
    """Throw away what was kept."""
    request.session.pop(KEPT, None)
