"""Task or slogan: whether a cadre could attach evidence, or a standing line of union work is named."""

import re
from functools import lru_cache

from gongshu.reading.tasks.words import any_of, patterns

_PATTERNS = patterns("kind")

_SLOGAN = patterns("slogans")
_CONCRETE = re.compile(any_of("concrete"))
_STANDING = re.compile(any_of("standing"))
_SCHEME = _PATTERNS["scheme"]
_CALLED = _PATTERNS["called"]
_LINE = _PATTERNS["line"]
_BOOK = re.compile(r"《[^》]+》")

_PAIRED = re.compile(r"[\u4e00-\u9fff]{4}(?:、[\u4e00-\u9fff]{4})+|[\u4e00-\u9fff]{3}(?:、[\u4e00-\u9fff]{3}){2,}")


def is_paired_motto(text: str) -> bool:
    """Tell whether the words are mottoes of four characters in pairs (立足岗位、争创一流) with nothing to show."""
    return _PAIRED.fullmatch(text) is not None and not names_a_thing(text)


def names_a_thing(text: str) -> bool:
    """Tell whether the words name something to show or a standing line of union work."""
    return bool(_CONCRETE.search(text) or _STANDING.search(text) or _SCHEME.search(text))


@lru_cache(maxsize=4096)
def kind_of(text: str, *, counted: bool = False, timed: bool = False) -> tuple[str, str]:
    """Return `task` or `slogan` with the rule. `counted`: it has a quantity; `timed`: it has a date."""
    if counted or timed:
        return "task", "kind.counted"
    if _CALLED.search(text):
        return "task", "kind.called"
    if _LINE.match(text):
        return "task", "kind.line"
    if _SLOGAN["hard"].search(text):
        return ("task", "kind.law") if _BOOK.search(text) else ("slogan", "kind.hard")
    if names_a_thing(text):
        return "task", "kind.named"
    if _SLOGAN["soft"].search(text) or _PAIRED.fullmatch(text):
        return "slogan", "kind.soft"
    return "task", "kind.default"
