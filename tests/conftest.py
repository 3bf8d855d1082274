"""Fixtures every test may use."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.worlds import World, build


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
