"""Fixtures for every test."""

from __future__ import annotations

import socket

import pytest

from tests.worlds import World, small_federation


@pytest.fixture
def world(db) -> World:
    """A small federation."""
    return small_federation()


@pytest.fixture
def unused_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
