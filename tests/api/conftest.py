"""Fixtures of the tests of 接口."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.receivers import Receiver, receiving


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """Return a receiver on this machine, whose net the operator allows."""
    settings.WEBHOOK_PRIVATE = ["127.0.0.0/8"]
    with receiving() as found:
        yield found
