"""How the tests compare what was read with what a person wrote down."""

import unicodedata
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from gongshu.reading import read
from gongshu.reading.assemble import assemble
from tests.reading import score

NEAR = 0.85
LIKE = 0.6


def plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def is_like(a: str, b: str, share: float) -> bool:
    a, b = plain(a), plain(b)
    if a == b:
        return True
    same = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return same >= share * max(len(a), len(b))


def is_one_of(wanted: str | None, got: str | None) -> bool:
    if not wanted or not got:
        return not wanted and not got
    return any(is_like(one, got, NEAR) for one in wanted.split("|"))


def are_alike(wanted: list[str], got: list[str]) -> bool:
    """Say whether two lists hold the same things, one to one, whatever the order."""
    left = list(got)
    for one in wanted:
        match = next((other for other in left if is_like(one, other, LIKE)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def names(people: list[Any]) -> list[str]:
    return sorted(person["name"] if isinstance(person, dict) else person for person in people)


def score_of(folder: Path, count: int) -> dict[str, Any]:
    """Read the `count` documents of a folder with docs and gold, and return what score.py, the issue's own, says."""
    gold = score.load(folder / "gold")
    found = {path.stem: assemble(read(path.read_bytes()), path.stem) for path in (folder / "docs").glob("*.txt")}
    assert len(found) == len(gold) == count
    return dict(score.score(gold, found, sorted(gold)))
