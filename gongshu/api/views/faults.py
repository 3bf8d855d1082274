"""What was refused before any view was reached: as a problem to other systems, as a page to people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from gongshu.api.views.v1 import problems
from gongshu.core.base.problems import Problem

API = "/api/v1/"
WORKERS = ("/my/", "/join/")  # a worker has no desk to be sent back to


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    if request.path.startswith(API):
        return problems.answer(400, [Problem("请求太大，或者含有不能保存的字符")])
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    if request.path.startswith(API):
        return problems.answer(404, [Problem("没有这个接口，请对照接口说明 /api/reference/")])
    template = "members/missing.html" if request.path.startswith(WORKERS) else "404.html"
    return defaults.page_not_found(request, exception, template)
