"""The source files under the rules of the house."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINES_OF_WORK = ("rosters", "meetings", "organising", "officers", "venues", "delivery", "intake", "desk", "api")


@cache
def modules() -> tuple[Path, ...]:
    """Return every module of ours except migrations."""
    found = [path for top in ("gongshu", "config") for path in (ROOT / top).rglob("*.py")]
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    """Return the path as a reader of a failure wants it."""
    return str(path.relative_to(ROOT))
