"""Word lists and rule tables as data: what a province may extend without touching code."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the parsed TOML table `name` of this package."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of the list `name`, in file order; `#` starts a comment."""
    text = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.split("#", 1)[0] for line in text.splitlines())
    return tuple(dict.fromkeys(word for line in lines for word in line.split()))


@cache
def alternation(*names: str) -> str:
    """Return a regular-expression alternation over the word lists, longest word first."""
    found = {word for name in names for word in words(name)}
    return "|".join(sorted(found, key=lambda word: (-len(word), word)))
