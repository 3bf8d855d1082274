"""Fixtures every test may use."""

from __future__ import annotations

import socket

import pytest
from django.test import Client
from hypothesis import settings

from tests.worlds import World, build

settings.register_profile("any-machine", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("any-machine")


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
