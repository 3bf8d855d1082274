"""Roles as data an officer can read: `config/roles.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Role:
    """A role: Chinese name, purpose, at which levels, how far it reaches (`own` or `subtree`), what it may do."""

    code: str
    name: str
    description: str
    levels: frozenset[str]
    reach: str
    grants: frozenset[str]


@cache
def roles() -> dict[str, Role]:
    """Return every role by its code, read once from `settings.ROLES_FILE`."""
    with Path(settings.ROLES_FILE).open("rb") as file:
        rows = tomllib.load(file)
    return {
        code: Role(
            code,
            row["name"],
            row["description"],
            frozenset(row["levels"]),
            row["reach"],
            frozenset(row["grants"]),
        )
        for code, row in rows.items()
    }


@cache
def roles_granting(permission: str) -> tuple[str, ...]:
    """Return the codes of the roles that grant `permission`."""
    return tuple(code for code, role in roles().items() if permission in role.grants)
