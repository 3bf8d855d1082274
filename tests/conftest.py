"""Fixtures every test may use."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from django.test import Client
from hypothesis import settings

from gongshu.core.people import protected
from tests.worlds import World, build

settings.register_profile("any-machine", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("any-machine")


@pytest.fixture(autouse=True)
def shared_keys() -> Iterator[None]:
    """Take back after each test what it did to the key ring that the tests of a process share."""
    path = protected.ring_path()
    before = path.read_bytes() if path.exists() else b""
    yield
    if before and path.read_bytes() != before:
        path.write_bytes(before)


@pytest.fixture
def world(db: None) -> World:
    """Return the small federation."""
    return build()


@pytest.fixture
def client_of(world: World):
    """Return a function giving a logged-in test client for an organisation's officer."""

    def make(name: str, role: str = "office") -> Client:
        client = Client()
        client.force_login(world.account(name, role))
        return client

    return make


@pytest.fixture
def unused_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
