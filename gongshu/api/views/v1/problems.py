"""How the API says no: `application/problem+json` (RFC 9457) with the sentences and clauses the pages show."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from gongshu.api.actions.repeating import Reused
from gongshu.core.base.problems import Problem

MEDIA_TYPE = "application/problem+json"
ABOUT = "/api/reference/#"
TITLES = {
    400: "请求无法读取",
    401: "密钥无效",
    403: "没有权限",
    404: "没有找到",
    412: "已被他人修改",
    415: "请求体格式不对",
    422: "办不了",
    429: "调用过于频繁",
    500: "系统出错",
}
KINDS = {
    400: "bad-request",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    412: "changed",
    415: "media-type",
    422: "refused",
    429: "too-many",
    500: "error",
}
logger = logging.getLogger(__name__)


class ProblemOut(Schema):
    """One reason for a no."""

    message: str = Field(description="原因，一句话")
    field: str = Field(description="哪一栏；与某一栏无关时为空")
    clause: str = Field(description="依据的条款；没有时为空")
    grade: str = Field(description="对条款的把握：L A B，C 和 M 待核实；没有条款时为空")
    row: int | None = Field(description="第几行；与行无关时为 null")


class ProblemsOut(Schema):
    """Why a call was not carried out (RFC 9457)."""

    type: str = Field(description="问题类别的说明地址")
    title: str = Field(description="问题类别")
    status: int = Field(description="状态码")
    problems: list[ProblemOut] = Field(description="逐条原因")


class Turned(Exception):
    """A call is turned away before anything is done."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None, field: str = "") -> None:
        super().__init__(message)
        self.status, self.problem, self.headers = status, Problem(message, field=field), dict(headers or {})


def answer(
    status: int, problems: Sequence[Problem], headers: Mapping[str, str] | None = None, kind: str = ""
) -> HttpResponse:
    """Return the answer that says no."""
    rows = [
        {
            "message": problem.message,
            "field": problem.field,
            "clause": problem.clause.label if problem.clause else "",
            "grade": problem.clause.grade if problem.clause else "",
            "row": problem.row,
        }
        for problem in problems
    ]
    said = {"type": ABOUT + (kind or KINDS[status]), "title": TITLES[status], "status": status, "problems": rows}
    body = json.dumps(said, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


def on_refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    """Answer what an action refused."""
    return answer(422, refusal.problems, kind="key-reused" if isinstance(refusal, Reused) else "")


def on_turned(request: HttpRequest, turned: Any) -> HttpResponse:
    """Answer a call turned away."""
    return answer(turned.status, [turned.problem], turned.headers)


def on_nobody(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer a call without a valid key."""
    message = "请在请求头 Authorization 中写明 Bearer 加有效的密钥；密钥可能已到期或作废"
    return answer(401, [Problem(message)], {"WWW-Authenticate": 'Bearer realm="gongshu"'})


def on_unknown(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer for what is not there, or must not be known."""
    return answer(404, [Problem("没有找到，或者不在这把密钥的范围内")])


def on_http_error(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer for a body that cannot be read."""
    return answer(400, [Problem("请求体不是有效的 JSON（UTF-8）")])


def on_invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer for values that do not fit, field by field."""
    return answer(422, [_said(each) for each in error.errors], kind="invalid")


def _said(error: Mapping[str, Any]) -> Problem:
    place = [str(part) for part in error["loc"]]
    names = place[2:] if place[:1] == ["body"] and len(place) > 2 else place[1:]
    field = ".".join(names) or place[-1]
    limits = error.get("ctx", {})
    sort = str(error["type"])
    if sort == "missing":
        return Problem(f"缺少 {field}", field=field)
    if sort in LIMITS:
        return Problem(f"{field} {LIMITS[sort].format(**limits)}", field=field)
    return Problem(f"{field} 的值不对，请对照接口说明", field=field)


LIMITS = {
    "string_too_long": "最多 {max_length} 个字",
    "string_too_short": "至少 {min_length} 个字",
    "too_long": "最多 {max_length} 项",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "enum": "只能是：{expected}",
    "literal_error": "只能是：{expected}",
    "extra_forbidden": "不是这个接口的栏目",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "string_type": "应为文字",
}


def on_fault(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer for a fault of ours: nothing was written."""
    logger.error("API call failed: %s %s", request.method, request.path, exc_info=error)
    return answer(500, [Problem("系统出错，未完成的部分没有写入；请稍后用同一 Idempotency-Key 再试")])
