"""The bracket at the end of an item that only says who and by when (…。(宣教部、工人文化宫)); two make a habit."""

import re
from dataclasses import dataclass

from gongshu.reading.model import Finding, Span
from gongshu.reading.tasks.deadline import deadline_in
from gongshu.reading.tasks.marks import trimmed
from gongshu.reading.tasks.words import patterns

_PATTERNS = patterns("tail")

_BRACKET = re.compile(r"[(（\[【](?P<inside>(?:[^()（）\[\]【】\n]|[(（][^()（）\n]{1,12}[)）]){2,80})[)）\]】]")
_BODY = _PATTERNS["body"]
_GENERIC = _PATTERNS["generic"]
_NO_OWNER = _PATTERNS["no_owner"]
_LEAD = _PATTERNS["lead"]
_HELPS = _PATTERNS["helps"]
_SURE = _PATTERNS["sure"]
_DUTY = _PATTERNS["duty"]
_IN_CHARGE = re.compile(r"(?:责任|牵头|负责|分管|包保|联系)(?:领导|人|同志)[:：](?=[\u4e00-\u9fff]{2})")
_ENDS = frozenset("。；;!！")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Tail:
    """A bracket behind an item: where it stands, whether on a line of its own, and what it says."""

    span: Span
    alone: bool
    owner: Finding | None
    deadline: Finding | None


def tails(text: str) -> list[Tail]:
    """Return the brackets that close items, in order; one unlabelled bracket in a text is no habit."""
    found = [tail for match in _BRACKET.finditer(text) if (tail := _tail(text, match)) is not None]
    sure = any(_SURE.search(tail.span.of(text)) for tail in found)
    return found if sure or len(found) >= _FEWEST else []


def tail_ahead(words: str) -> int:
    """Return how long the bracket is that a sentence opens with and that belongs to the item before, else 0."""
    match = _BRACKET.match(words)
    return match.end() if match is not None and is_tail(match.group()) else 0


def is_tail(words: str) -> bool:
    """Tell whether a sentence is nothing but such a bracket."""
    match = _BRACKET.fullmatch(words)
    return match is not None and _tail(words, match) is not None


def _tail(text: str, match: re.Match[str]) -> Tail | None:
    before, after = text[: match.start()].rstrip(" ")[-1:], text[match.end() : match.end() + 3].lstrip(" ")
    opens_line = before in ("", "\n")
    closes = after.lstrip("。；;")[:1] in ("", "\n")
    if not (closes or before in _ENDS) or (before not in _ENDS and not opens_line and _GENERIC.match(match["inside"])):
        return None
    owner = deadline = person = None
    for part in re.finditer(r"[^,，;；]+", match["inside"]):
        where = trimmed(text, match.start("inside") + part.start(), match.start("inside") + part.end())
        words = where.of(text)
        if _HELPS.search(words):
            continue
        if _IN_CHARGE.match(words):
            person = person or _person(text, where)
            continue
        named = _owner(text, where)
        when = None if named else deadline_in(text, where)
        if named is None and when is None:
            return None
        owner, deadline = owner or named, deadline or when
    owner = owner or person
    if owner is None:
        return None
    return Tail(Span(*match.span()), opens_line, owner, deadline)


def _person(text: str, where: Span) -> Finding:
    """Return who a label of persons names (责任领导:冉启明): the owner only where no body is named."""
    start = where.start + where.of(text).replace("：", ":").index(":") + 1
    span = trimmed(text, start, where.end)
    return Finding(span.of(text), span, "owner.person")


def _owner(text: str, where: Span) -> Finding | None:
    """Return the bodies of a part without its label and its 牵头; None where a part is no body."""
    words = where.of(text)
    lead = _LEAD.match(words)
    start = lead.end() if lead else 0
    duty = _DUTY.search(words)
    end = duty.start() if duty else len(words)
    named = re.split(r"[、/ 和及]", words[start:end])
    if _NO_OWNER.match(words) or not all(_BODY.fullmatch(name) for name in named if name) or not any(named):
        return None
    span = trimmed(text, where.start + start, where.start + end)
    return Finding(span.of(text), span, "owner.tail")
