"""Pages of a few sentences, read as the tests need them."""

from collections.abc import Callable

import pytest

from gongshu.reading.model import InitiativeFinding, Page, TaskFinding
from gongshu.reading.segment.blocks import blocks
from gongshu.reading.tasks import find_initiatives, find_tasks

Tasks = Callable[..., list[TaskFinding]]
Schemes = Callable[[str], list[InitiativeFinding]]


def page_of(text: str) -> Page:
    return Page(text, text, (), blocks(text))


@pytest.fixture
def tasks() -> Tasks:
    def find(text: str, doc_type: str = "news") -> list[TaskFinding]:
        return find_tasks(page_of(text), doc_type)

    return find


@pytest.fixture
def schemes() -> Schemes:
    def find(text: str) -> list[InitiativeFinding]:
        return find_initiatives(page_of(text))

    return find
