"""A system check: every instrument's file loads."""

from typing import Any

from django.core.checks import CheckMessage, Error

from gongshu.core.statutes.lookup import DATA
from gongshu.core.statutes.reading import BadStatute, read_instrument


def check_statutes(**_: Any) -> list[CheckMessage]:
    """Return an error for each file in `data/` that cannot be read."""
    found: list[CheckMessage] = []
    for path in sorted(DATA.glob("*.toml")):
        try:
            read_instrument(path)
        except BadStatute as fault:
            found.append(Error(str(fault), id="statutes.E001"))
    return found
