"""Every call of the API says what permission it needs, once, and turns everybody else away."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from config.catalogue import PERMISSIONS
from gongshu.api.rules.keys import ALLOWS
from gongshu.api.views.v1.api import api
from gongshu.api.views.v1.calls import Bearer
from tests.api import samples
from tests.api.samples import CITY, COUNTY, SISTER, Caller, caller
from tests.architecture import routes
from tests.architecture.sources import ROOT, tree_of
from tests.members.samples import applied, member
from tests.venues.samples import opened
from tests.worlds import World

DECORATORS = {"reads", "asks", "writes", "changes"}
KNOWN = {permission.value for permissions in PERMISSIONS for permission in permissions}


@dataclass(frozen=True)
class CallExample:
    """How a call is filled in: the object of the county it is about, what is told, who may do it."""

    fill: Callable[[World], int] | None = None
    told: Any = None
    org: str = COUNTY
    role: str = "office"
    scopes: tuple[str, ...] = field(default=samples.EVERYTHING)


def _county(world: World) -> int:
    return int(world.org(COUNTY).pk)


def _venue(world: World) -> int:
    return opened(world).pk


def _member(world: World) -> int:
    return member(world, order=11, phone="13800001111").pk


def _plan(world: World) -> int:
    return routes._plan(world).pk


def _task(world: World) -> int:
    return routes._plan(world).tasks.first().pk


def _assignment(world: World) -> int:
    return routes._assignment(world).pk


def _signed(world: World) -> int:
    row = routes._assignment(world)
    routes.delivery.sign(row, by=world.actor(COUNTY), at=routes.NOW)
    return row.pk


def _new_member(world: World) -> Any:
    return {"organisation_id": _county(world), "name": "何立", "form": "staff"}


def _new_venue(world: World) -> Any:
    return {"organisation_id": _county(world), "kind": "driver_home", "name": "城东司机之家"}


REVEALER = {"role": "member_officer", "scopes": ("members.reveal",)}
EXAMPLES: dict[str, CallExample] = {
    "organisations": CallExample(),
    "organisation": CallExample(_county),
    "rename": CallExample(_county, {"name": "松桃县总工会"}, org=CITY),
    "members": CallExample(),
    "search_members": CallExample(told={"number": "13800001111"}),
    "member": CallExample(_member),
    "apply": CallExample(told=_new_member),
    "correct": CallExample(_member, {"employer": "一号企业"}),
    "take_member_step": CallExample(lambda world: applied(world).pk, {"step": "approve"}),
    "move": CallExample(_member, lambda world: {"organisation_id": _county(world)}),
    "reveal_number": CallExample(_member, {"field": "phone", "reason": "核对"}, **REVEALER),
    "plans": CallExample(),
    "plan": CallExample(_plan, org=CITY),
    "plan_tasks": CallExample(_plan, org=CITY),
    "task": CallExample(_task, org=CITY),
    "assignments": CallExample(),
    "assignment": CallExample(_assignment),
    "sign": CallExample(_assignment),
    "report": CallExample(_signed, {"text": "已办"}),
    "venues": CallExample(),
    "venue": CallExample(_venue),
    "register_venue": CallExample(told=_new_venue),
    "change_venue": CallExample(_venue, {"phone": "0856-7654321"}),
    "take_venue_step": CallExample(_venue, {"step": "suspend", "note": "检修"}),
}


@dataclass(frozen=True)
class Call:
    """A call as it is mounted."""

    name: str
    method: str
    path: str
    auth: tuple[Any, ...]


def calls() -> Iterator[Call]:
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield Call(operation.operation_id, method.lower(), path, tuple(operation.auth_callbacks))


CALLS = {call.name: call for call in calls()}
each_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())


def make(world: World, call: Call, by: Caller, example: CallExample) -> int:
    """Make the call and return its status."""
    pk = example.fill(world) if example.fill else 0
    told = example.told(world) if callable(example.told) else example.told
    path = call.path.replace("{pk}", str(pk))
    return (by.get(path) if call.method == "get" else by.send(path, told, method=call.method)).status_code


def test_every_call_has_an_example_and_every_example_a_call() -> None:
    assert set(EXAMPLES) == set(CALLS)


@each_call
def test_a_call_asks_for_one_permission_that_some_scope_is_about(call: Call) -> None:
    (auth,) = call.auth
    assert type(auth) is Bearer
    assert auth.permission in KNOWN
    assert any(auth.permission in allowed for allowed in ALLOWS.values())


def test_every_view_of_the_api_is_declared_by_exactly_one_decorator() -> None:
    declared = []
    for module in ("organisations", "members", "tasks", "venues"):
        for node in tree_of(ROOT / "gongshu/api/views/v1" / f"{module}.py").body:
            if isinstance(node, ast.FunctionDef) and node.args.args[0].arg == "request":
                names = [n.func.id for n in node.decorator_list if isinstance(n, ast.Call)]  # type: ignore[attr-defined]
                assert len(names) == 1
                assert names[0] in DECORATORS
                declared.append(node.name)
    assert sorted(declared) == sorted(CALLS)


@each_call
def test_nobody_gets_in_without_a_key(world: World, call: Call) -> None:
    for text in ("", "gsk_0000000000_wrong"):
        path = re.sub(r"\{pk\}", "1", call.path)
        answer = Caller(text).get(path) if call.method == "get" else Caller(text).send(path, {}, method=call.method)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["Content-Type"] == "application/problem+json"


@each_call
def test_a_logged_in_officers_cookie_is_no_key(world: World, client_of: Callable[..., Any], call: Call) -> None:
    path = "/api/v1" + call.path.replace("{pk}", "1")
    answer = client_of(CITY).generic(call.method.upper(), path, "{}", content_type="application/json")
    assert answer.status_code == 401


@each_call
def test_a_narrower_key_is_turned_away(world: World, call: Call) -> None:
    """A key whose scopes hold all but what the call needs, and one of a role that may not."""
    (auth,) = call.auth
    rest = tuple(scope for scope, allowed in ALLOWS.items() if auth.permission not in allowed and "reveal" not in scope)
    assert make(world, call, caller(world, scopes=rest), EXAMPLES[call.name]) == 403


@each_call
def test_a_sister_unions_key_is_told_nothing(world: World, call: Call) -> None:
    example = EXAMPLES[call.name]
    by = caller(world, SISTER, example.role, example.scopes)
    if example.fill is not None:
        assert make(world, call, by, example) == 404
    elif call.method == "get":
        member(world, order=12)
        opened(world)
        routes._assignment(world)
        items = by.get(call.path).json()["items"]
        assert not [each for each in items if "松桃" in str(each)]
    elif call.name == "search_members":
        member(world, order=12, phone="13800001111")
        assert by.send(call.path, example.told).json()["items"] == []
    else:
        assert make(world, call, by, example) == 422


@each_call
def test_the_right_key_is_answered(world: World, call: Call) -> None:
    example = EXAMPLES[call.name]
    by = caller(world, example.org, example.role, example.scopes)
    assert make(world, call, by, example) == (201 if call.name in ("apply", "register_venue") else 200)
