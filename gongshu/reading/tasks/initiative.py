"""Named schemes with their parts."""

from gongshu.reading.model import InitiativeFinding, Page


def find_initiatives(page: Page) -> list[InitiativeFinding]:
    return []
