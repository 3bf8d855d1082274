"""Every address is visited as a sister union's officer and as the right one; `test_views` visits as nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.routes import EXAMPLES, SISTER, Example
from tests.worlds import World

NOT_FOR_THEM = {403, 404}
WRONG_METHOD, REFUSED_FORM = 405, 422
ELSEWHERE = ("ui:", "v1:")  # the gallery, mounted in development only; the API, which `test_calls` walks
ClientOf = Callable[..., Client]


def routes(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, bool]]:
    """Yield the name of every route and whether it takes an argument."""
    for entry in resolver.url_patterns:
        takes = bool(entry.pattern.converters)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from ((name, more or takes) for name, more in routes(entry, inner))
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", takes


ALL = {name: takes for name, takes in routes(get_resolver()) if not name.startswith(ELSEWHERE)}
PLAIN = sorted(name for name, takes in ALL.items() if not takes and name != "access:logout")
each_example = pytest.mark.parametrize(("name", "example"), sorted(EXAMPLES.items()), ids=sorted(EXAMPLES))


def test_every_route_with_an_argument_has_an_example_and_every_example_a_route() -> None:
    assert set(EXAMPLES) == {name for name, takes in ALL.items() if takes}


def visits(client: Client, address: str) -> list[int]:
    """Return the status of a GET and of an empty POST."""
    answers = [client.get(address), client.post(address)]
    for answer in answers:
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end, which closes the file
    return [answer.status_code for answer in answers]


@each_example
def test_a_sister_unions_officer_is_told_nothing(
    world: World, client_of: ClientOf, name: str, example: Example
) -> None:
    address = reverse(name, kwargs=dict(example.fill(world)))
    for role in ("office", "admin"):
        statuses = visits(client_of(SISTER, role), address)
        if example.is_shared:
            assert all(status < 400 or status == REFUSED_FORM for status in statuses)
        else:
            assert set(statuses) - {WRONG_METHOD} <= NOT_FOR_THEM
            assert set(statuses) != {WRONG_METHOD}


@each_example
def test_the_right_officer_is_answered(world: World, client_of: ClientOf, name: str, example: Example) -> None:
    address = reverse(name, kwargs=dict(example.fill(world)))
    statuses = visits(client_of(example.org, example.role), address)
    assert not set(statuses) & NOT_FOR_THEM
    assert all(status < 500 for status in statuses)


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("role", ["office", "admin", "leader"])
def test_pages_without_an_object_never_break(world: World, client_of: ClientOf, name: str, role: str) -> None:
    assert all(status < 500 for status in visits(client_of(SISTER, role), reverse(name)))


def test_logging_out_ends_the_visit(client_of: ClientOf) -> None:
    client = client_of(SISTER)
    assert client.post(reverse("access:logout")).status_code == 302
    assert client.get(reverse("desk:home")).status_code == 302
