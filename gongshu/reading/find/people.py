"""Persons named in the text with their titles: a title or a strong verb must show that a word is a name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongshu.reading.find.context import Context
from gongshu.reading.find.names import SURE_NAME, known_names, may_be_name
from gongshu.reading.model import Span

_BYLINE = re.compile(rf"^[(\[]?(?:[^,。;:()\n]{{2,40}}? )?({SURE_NAME})[)\]]?$")
_LEAD = re.compile(
    r"(?:由|报告[、和及]|听取了?|审议(?:并)?通过了?|通过了?|选举(?:产生)?(?:了)?|补选|增补|推选|会上|会议"
    r"|大会|全会|上午|下午|晚上|\d日|邀请到?|特邀|以及|随后|期间|其间|其中|"
    r"有请|请|还有|[的会]有|包括|出席|参加|列席|领导(?=[省市县区州])|任命|免去|同意|授予|在|中,|向|对|是"
    r"|当天|当日|今天|昨天|日前|近日|首先|最后|同时|并|现场|陪同|表彰了?|与会|了)"
)
_BREAKS = ",。;:!?\n“”()\t"
_CONNECT = re.compile(r"^(?:、|和|与|及|以及|,)+")
_LONGEST_TITLE = 60
_BYLINES = 5
_LONGEST_BYLINE = 40


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named; `lead` is where the title (or else the name) begins."""

    name: str
    title: str | None
    lead: int
    start: int
    end: int
    rule: str


def mentions(ctx: Context) -> list[Mention]:
    """Return every mention of a person, in order; a name shown once to be one is then found everywhere."""
    known = known_names(ctx.view)
    known.update({ctx.words(span): "byline-name" for span in bylines(ctx)})
    found: list[Mention] = []
    for start, name in _places(ctx.view, known):
        after = found[-1].end if found else 0
        if start < after:
            continue
        lead = _title_start(ctx.view, start, after)
        title = ctx.page.text[lead:start].strip(" 、") or None
        plain = name.replace(" ", "")
        found.append(Mention(plain, title, lead if title else start, start, start + len(name), known[name]))
    return found


def _places(view: str, names: Iterable[str]) -> list[tuple[int, str]]:
    """Return where each name stands, in order; of two that begin at one place the longer comes first."""
    found: list[tuple[int, str]] = []
    for name in names:
        at = view.find(name)
        while at >= 0:
            found.append((at, name))
            at = view.find(name, at + 1)
    return sorted(found, key=lambda place: (place[0], -len(place[1])))


def bylines(ctx: Context) -> list[Span]:
    """Return the places of the names that stand alone, or behind a title, on a line under the heading."""
    found: list[Span] = []
    for block in ctx.page.blocks[1:_BYLINES]:
        words = ctx.words(block.span)
        m = _BYLINE.match(words.strip())
        if m and may_be_name(m[1]) and len(words) <= _LONGEST_BYLINE:
            start = block.span.start + words.index(m[1])
            found.append(Span(start, start + len(m[1])))
    return found


def _title_start(view: str, start: int, after: int) -> int:
    """Return where the words before a name that are its title begin."""
    begin = max(after, start - _LONGEST_TITLE)
    left = view[begin:start]
    left = left[max(map(left.rfind, _BREAKS)) + 1 :]
    leads = [m.end() for m in _LEAD.finditer(left)]
    left = left[leads[-1] if leads else 0 :]
    joined = _CONNECT.match(left)
    return start - len(left) + (joined.end() if joined else 0)
