"""How every call of the API runs: key, permission, once only, answer with its tag. It reads, asks, writes or changes.

Each call carries exactly one of the four decorators; a test walks the calls and tries them all.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema
from ninja.security import HttpBearer

from gongshu.api.actions import calling
from gongshu.api.actions.repeating import Call, Given, digest_of, once
from gongshu.api.models import ApiKey
from gongshu.api.queries.keys import actor_of
from gongshu.api.views.v1.problems import ProblemsOut, Turned
from gongshu.core.access.actor import may_somewhere
from gongshu.core.access.guard import Request
from gongshu.core.base.snapshot import snapshot

V = TypeVar("V", bound=Callable[..., Schema])
M = TypeVar("M", bound=Model)
TOKEN = r"^[A-Za-z0-9_.:-]{8,64}$"  # noqa: S105 - the form of an idempotency key
TOKEN_HEADER, MATCH_HEADER = "Idempotency-Key", "If-Match"
JSON = "application/json"
NO: dict[int, type[Schema]] = dict.fromkeys((400, 401, 403, 404, 422, 429), ProblemsOut)
TOLD: dict[int, type[Schema]] = {**NO, 415: ProblemsOut}
PRIVATE = {"Cache-Control": "private, no-cache"}
MATCH = {
    "in": "header",
    "name": MATCH_HEADER,
    "required": False,
    "schema": {"type": "string", "maxLength": 100},
    "description": "读取时得到的 ETag；其间已被他人修改的，答复 412，不写入",
}
ONCE = {
    "in": "header",
    "name": TOKEN_HEADER,
    "required": True,
    "schema": {"type": "string", "pattern": TOKEN},
    "description": "每件事一个，重发时不变：同一个只办一次，24 小时内重发得到同样的答复",
}


class ApiRequest(Request):
    """A call: the key behind it, and the actor it acts as."""

    api_key: ApiKey


class Bearer(HttpBearer):
    """Lets in whoever shows a valid key whose role and scopes hold a permission somewhere."""

    def __init__(self, permission: str) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        """Return the key, None for an invalid one; raises Turned (403, 415, 429)."""
        at = timezone.now()
        key = calling.key_behind(token.strip(), on=timezone.localdate(at))
        if key is None:
            return None
        wait = calling.admit(key, at=at)
        if wait:
            told = f"每分钟最多 {settings.API_PER_MINUTE} 次，请 {wait} 秒后再试"
            raise Turned(429, told, {"Retry-After": str(wait)})
        actor = actor_of(key)
        if not may_somewhere(actor, self.permission):
            raise Turned(403, "这把密钥的角色或用途不含此项，请管理员核对密钥的用途")
        if request.method != "GET" and request.content_type not in ("", JSON):
            raise Turned(415, f"请求体须为 JSON，请求头写明 Content-Type: {JSON}")
        request.actor, request.api_key = actor, key  # type: ignore[attr-defined]
        return key


def reads(router: Router, path: str, *, needs: str, gives: type[Schema], says: str) -> Callable[[V], V]:
    """Declare a call that reads; its answer carries an ETag, and 304 says that nothing changed."""

    def decorate(view: V) -> V:
        @wraps(view)
        def answered(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with snapshot():
                body = view(request, *args, **kwargs).model_dump_json().encode()
            tag = {"ETag": tag_of(body)}
            if request.headers.get("If-None-Match") == tag["ETag"]:
                return HttpResponse(status=304, headers=tag | PRIVATE)
            return HttpResponse(body, content_type=JSON, headers=tag | PRIVATE)

        answers: dict[int, Any] = {200: gives, 304: None, **NO}
        router.get(path, response=answers, **_declared(view, needs, says))(answered)
        return view

    return decorate


def asks(router: Router, path: str, *, needs: str, gives: type[Schema], says: str) -> Callable[[V], V]:
    """Declare a call that reads by what stands in its body, so that it is in no address and no log; never kept."""

    def decorate(view: V) -> V:
        @wraps(view)
        def answered(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            body = view(request, *args, **kwargs).model_dump_json()
            return HttpResponse(body, content_type=JSON, headers={"Cache-Control": "no-store"})

        router.post(path, response={200: gives, **TOLD}, **_declared(view, needs, says))(answered)
        return view

    return decorate


def writes(
    router: Router, path: str, *, needs: str, gives: type[Schema], says: str, makes: str = ""
) -> Callable[[V], V]:
    """Declare a POST that writes, done once for its Idempotency-Key.

    `makes` is the route that shows what it makes (201 with its address); without, it takes a step (200).
    """

    def decorate(view: V) -> V:
        answers: dict[int, Any] = {201 if makes else 200: gives, **TOLD}
        more = {"parameters": [ONCE]}
        router.post(path, response=answers, openapi_extra=more, **_declared(view, needs, says))(_once(view, makes))
        return view

    return decorate


def changes(router: Router, path: str, *, needs: str, gives: type[Schema], says: str) -> Callable[[V], V]:
    """Declare a PATCH that writes, done once for its Idempotency-Key; its view looks at If-Match (see `unchanged`)."""

    def decorate(view: V) -> V:
        answers: dict[int, Any] = {200: gives, **TOLD, 412: ProblemsOut}
        more = {"parameters": [ONCE, MATCH]}
        router.patch(path, response=answers, openapi_extra=more, **_declared(view, needs, says))(_once(view))
        return view

    return decorate


def _declared(view: Callable[..., Schema], needs: str, says: str) -> dict[str, Any]:
    """Return what is declared of every call; `says` is its title and, after a colon, what it does."""
    title, _, about = says.partition("：")
    name = view.__name__
    return {"auth": Bearer(needs), "summary": title, "description": about, "url_name": name, "operation_id": name}


def _once(view: Callable[..., Schema], makes: str = "") -> Callable[..., HttpResponse]:
    @wraps(view)
    def answered(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        call = Call(request.api_key, _token(request), _digest(request))
        given = once(call, lambda: _given(view(request, *args, **kwargs), makes), at=timezone.now())
        again = {"Idempotency-Replayed": "true"} if given.is_again else {}
        headers = {**given.headers, **again, **PRIVATE}
        return HttpResponse(given.body, status=given.status, content_type=JSON, headers=headers)

    return answered


def tag_of(body: bytes) -> str:
    """Return the ETag of an answer: its digest."""
    return f'"{base64.urlsafe_b64encode(hashlib.sha256(body).digest()[:18]).decode()}"'


def unchanged(request: HttpRequest, row: M, shown: Callable[[M], Schema]) -> M:
    """Return the row, locked and fresh, if it is still as the caller last saw it; raises Turned (412) otherwise."""
    type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    row.refresh_from_db()
    wanted = request.headers.get(MATCH_HEADER)
    if wanted and wanted != "*" and wanted != tag_of(shown(row).model_dump_json().encode()):
        raise Turned(412, "读取之后已被他人修改，请重新读取，核对后再提交")
    return row


def _given(shape: Schema, makes: str) -> Given:
    body = shape.model_dump_json().encode()
    headers: Mapping[str, str] = {"ETag": tag_of(body)}
    if makes:
        return Given(201, {**headers, "Location": reverse(f"v1:{makes}", args=[shape.id])}, body)  # type: ignore[attr-defined]
    return Given(200, headers, body)


def _token(request: HttpRequest) -> str:
    token = request.headers.get(TOKEN_HEADER, "")
    if not re.fullmatch(TOKEN, token):
        told = f"写入的请求须带 {TOKEN_HEADER} 请求头：8 到 64 位字母、数字或 _ . : -，每件事一个，重发时不变"
        raise Turned(400, told, field=TOKEN_HEADER)
    return token


def _digest(request: HttpRequest) -> bytes:
    return digest_of(request.method or "", request.get_full_path(), request.body)
