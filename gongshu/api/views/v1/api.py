"""Version 1 of the API, put together."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from gongshu.api.views.v1 import members, organisations, problems, tasks, venues
from gongshu.api.views.v1.problems import MEDIA_TYPE, Turned
from gongshu.core.access.guard import public
from gongshu.core.base.problems import Refused
from gongshu.core.base.snapshot import own_snapshot

ABOUT = "工会组织、会员、部署任务、阵地的读取和办理。与页面同样的权限、同样的规则；号码默认隐去中间部分。"
WEBHOOKS_TAG = "事件推送"


class Gongshu(NinjaAPI):
    """The API, whose description says in which form it refuses."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """Return the OpenAPI 3.1 description."""
        found = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for calls in found["paths"].values():
            for call in calls.values():
                for status, answer in call["responses"].items():
                    if status >= 400 and "content" in answer:
                        answer["content"] = {MEDIA_TYPE: next(iter(answer["content"].values()))}
        return found


api = Gongshu(title="工枢接口", version="1", description=ABOUT, docs_url=None, openapi_url=None, urls_namespace="v1")
for each in (organisations, members, tasks, venues):
    api.add_router("", each.router)
api.add_exception_handler(Refused, problems.on_refused)
api.add_exception_handler(Turned, problems.on_turned)
api.add_exception_handler(AuthenticationError, problems.on_nobody)
api.add_exception_handler(Http404, problems.on_unknown)
api.add_exception_handler(HttpError, problems.on_http_error)
api.add_exception_handler(ValidationError, problems.on_invalid)
api.add_exception_handler(Exception, problems.on_fault)


def mounted() -> tuple[Sequence[URLPattern | URLResolver], str, str]:
    """Return what `path()` takes: patterns, application, namespace. Calls count themselves, so they are left alone."""
    patterns, application, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            own_snapshot(pattern.callback)
    return patterns, application, namespace


def description() -> OpenAPISchema:
    """Return the OpenAPI 3.1 description of version 1."""
    return api.get_openapi_schema(path_prefix="/api/v1/")


@own_snapshot
@public("接口说明不含任何数据")
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the description for machines."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})
