"""Every address says who may enter, once, and keeps to it."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from config.catalogue import PERMISSIONS

RULE = re.compile(r"^(needs|public|signed_in|worker):(.+)$")
DECORATORS = {"needs", "public", "signed_in", "worker"}
SAMPLES = {"int": "1", "str": "x", "slug": "x", "uuid": "00000000-0000-0000-0000-000000000001", "path": "x"}


def patterns(resolver: URLResolver, lead: str = "/") -> Iterator[tuple[str, Callable]]:
    for entry in resolver.url_patterns:
        address = lead + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


VIEWS = sorted(patterns(get_resolver()), key=lambda pair: pair[0])
API = "/api/v1/"  # calls of the API say it on the operation, and `test_calls` holds them to it
PAGES = [(address, view) for address, view in VIEWS if not address.startswith(API) or address == f"{API}openapi.json"]
OURS = [(address, view) for address, view in PAGES if inspect.unwrap(view).__module__.startswith(("gongshu", "config"))]
each_view = pytest.mark.parametrize(("address", "view"), OURS, ids=[address for address, _ in OURS])


def rule_of(view: Callable) -> tuple[str, str]:
    found = RULE.match(getattr(view, "access_rule", ""))
    assert found, "the view says nothing about who may enter"
    return found[1], found[2]


def test_the_address_map_is_seen():
    assert "/login/" in dict(OURS)
    assert [address for address, view in PAGES if (address, view) not in OURS] == []


@each_view
def test_a_view_says_once_who_may_enter(address, view):
    sort, what = rule_of(view)
    if sort == "needs":
        assert what in {permission.value for permissions in PERMISSIONS for permission in permissions}
    function = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(view)))).body[0]
    calls = [node.func for node in function.decorator_list if isinstance(node, ast.Call)]
    assert len([call for call in calls if getattr(call, "id", getattr(call, "attr", "")) in DECORATORS]) == 1


@each_view
@pytest.mark.django_db
def test_nobody_gets_past_a_door_that_is_not_public(client, address, view):
    if rule_of(view)[0] == "public":
        return
    path = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], address)
    for response in (client.get(path), client.post(path)):
        door = "/my/login/" if rule_of(view)[0] == "worker" else "/login/"
        sent_to_log_in = response.status_code == 302 and response.url.startswith(door)
        assert sent_to_log_in or response.status_code == 405
