"""The API explained for people: the same description, as a page without any script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from gongshu.api.enums import Event, Scope
from gongshu.api.rules.hooks import MINUTES, MOST_TRIES
from gongshu.api.views.v1.api import description
from gongshu.api.views.v1.problems import KINDS, TITLES
from gongshu.core.access.guard import Request, public

LEAD = "#/components/schemas/"


@dataclass(frozen=True)
class Field:
    """One thing told or given: name, type, whether it must be there, what it means."""

    name: str
    type: str
    is_required: bool
    about: str


@dataclass(frozen=True)
class CallShown:
    """One call as the page shows it."""

    method: str
    path: str
    title: str
    about: str
    told: list[Field]
    given: str

    @property
    def heading(self) -> str:
        """Return title, method and path in a line."""
        return f"{self.title}　{self.method} {self.path}"


@public("接口说明不含任何数据")
def reference(request: Request) -> HttpResponse:
    """Explain every call, what is told and given, refusals and events."""
    found = description()
    schemas = found["components"]["schemas"]
    groups: dict[str, list[CallShown]] = {}
    for path, calls in found["paths"].items():
        for method, call in calls.items():
            groups.setdefault(call["tags"][0], []).append(_call(method, path, call, schemas))
    context = {
        "groups": list(groups.items()),
        "shapes": [(name, _fields(shape)) for name, shape in sorted(schemas.items()) if _is_given(name)],
        "scopes": Scope.choices,
        "events": Event.choices,
        "refusals": [(KINDS[status], status, title) for status, title in TITLES.items()],
        "waits": MINUTES,
        "most_tries": MOST_TRIES,
    }
    return render(request, "api/reference.html", context)


def _call(method: str, path: str, call: dict[str, Any], schemas: dict[str, Any]) -> CallShown:
    told = [
        Field(f"{each['name']}（{PLACES[each['in']]}）", _type(each["schema"]), each["required"], _about(each))
        for each in call["parameters"]
    ]
    body = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in body:
        told += _fields(schemas[body["$ref"].removeprefix(LEAD)])
    done = next(answer for status, answer in call["responses"].items() if status in (200, 201))
    given = done["content"]["application/json"]["schema"]["$ref"].removeprefix(LEAD)
    return CallShown(method.upper(), path, call["summary"], call.get("description", ""), told, given)


PLACES = {"path": "路径", "query": "查询", "header": "请求头"}


def _about(part: dict[str, Any]) -> str:
    return str(part.get("description") or part.get("schema", {}).get("description") or "")


def _is_given(name: str) -> bool:
    return name.endswith(("Out", "Ref")) or name in ("ProblemsOut", "Revealed")


def _fields(shape: dict[str, Any]) -> list[Field]:
    must = shape.get("required", [])
    return [
        Field(name, _type(part), name in must, str(part.get("description", "")))
        for name, part in shape.get("properties", {}).items()
    ]


TYPES = {"integer": "整数", "string": "文字", "boolean": "是否", "null": "null", "number": "数", "array": "列表"}
FORMATS = {"date": "日期", "date-time": "时间"}


def _type(part: dict[str, Any]) -> str:
    if "anyOf" in part:
        return " 或 ".join(_type(each) for each in part["anyOf"])
    if "$ref" in part:
        return str(part["$ref"]).removeprefix(LEAD)
    if part.get("type") == "array":
        return f"{_type(part['items'])} 的列表"
    return FORMATS.get(part.get("format", "")) or TYPES.get(part.get("type", ""), "")
