"""Persons named in the text with their titles: a title or a strong verb must show that a word is a name."""

import re
from dataclasses import dataclass

from gongshu.reading.find.context import Context
from gongshu.reading.lexicons import alternation, words
from gongshu.reading.model import Span

_COMPOUND = "|".join(sorted((w for w in words("surnames") if len(w) == 2), reverse=True))
_SINGLE = "".join(w for w in words("surnames") if len(w) == 1)
_SURE = "".join(w for w in words("surnames") if len(w) == 1 and w not in words("not_surnames"))
_HAN = "[一-鿿]"
_DOTTED = r"[^\W\da-zA-Z_会工委主席书记长任部员表、和]{1,8}(?:[·•][^\W\da-zA-Z_会工委主席书记长任部员表、和]{1,8}?){1,3}"
_NAME = rf"(?:(?:{_COMPOUND}){_HAN}{{1,2}}|[{_SINGLE}](?: ?{_HAN}{{1,2}})|{_DOTTED})"
_SURE_NAME = rf"(?:(?:{_COMPOUND}){_HAN}{{1,2}}|[{_SURE}]{_HAN}{{1,2}}|{_DOTTED})"
_ODD_NAME = r"[^\W\d_a-zA-Z会工委主席代表同志等各部团组省市县区党政的了和与及并在由是为]{2,4}"
_BEHIND = rf"(?=[、,。;:()\s<>《!?]|{alternation('behind_names')}|$)"
_STRONG = rf"(?={alternation('strong_behind')})"
_ACTS = r"(?=(?:同志)?(?:主持|讲话|致辞|致词|出席|作(?:了)?[^,。;]{0,20}(?:报告|发言|讲话)|强调|指出))"

_TITLES = words("titles")
_TITLE_ENDS = "".join(sorted({title[-1] for title in _TITLES}))
_LONGEST_ENDING = 12
_TITLED = re.compile(rf"(?<=[{_TITLE_ENDS} ])({_NAME})(?:\([^()]{{1,6}}\))?{_BEHIND}")
_ODD = re.compile(rf"(?:主席|书记|主任|长|总经理|委员|常委)({_ODD_NAME}){_ACTS}")
_BARE = re.compile(rf"(?:(?<=[,。;:、“(\n])|^|(?<=会上)|(?<=随后)|(?<=由)|(?<=请))({_SURE_NAME}){_STRONG}")
_LIST = re.compile(
    rf"(?:(?<=[,。;:(\n])|^|(?<=领导)|(?<=同志)|(?<=[为有选举]))({_SURE_NAME}(?:、{_SURE_NAME}){{1,20}}){_BEHIND}"
)
_COMRADE = re.compile(
    rf"(?:(?<=[,。;:、\n请由])|^|(?<=选举|补选|推选|增补|任命|下面))({_NAME}|{_ODD_NAME})同志(?=[为作主讲任致等、,])",
    re.MULTILINE,
)
_LABELLED = re.compile(
    rf"^[ \t]*(?:[一二三四五六七八九十\d]{{1,2}}[、.])?\s*(?:会议)?(?:主\s*持(?:\s*人)?|讲话人?|报告人|主讲人?|出\s*席(?:人员|领导)?|列\s*席(?:人员)?|参加(?:人员|领导)?|参会(?:人员|领导)?|与会人员|记\s*录(?:人)?)\s*[::]\s*({_NAME}(?:[、 ,]{_NAME})*)(?=[、,。;:()\s]|$|等)",
    re.MULTILINE,
)
_BYLINE = re.compile(rf"^[(\[]?(?:[^,。;:()\n]{{2,40}}? )?({_SURE_NAME})[)\]]?$")
_FOLLOWING = re.compile(rf"(?:、|和)({_SURE_NAME}){_BEHIND}")
_NEVER = frozenset(words("not_names"))
_NEVER_TWO = frozenset(word for word in _NEVER if len(word) == 2)
_PLACEHOLDER = re.compile(r"某|×|X")
_LEAD = re.compile(
    r"(?:由|报告[、和及]|听取了?|审议(?:并)?通过了?|通过了?|选举(?:产生)?(?:了)?|补选|增补|推选|会上|会议|大会|全会|上午|下午|晚上|\d日|邀请到?|特邀|以及|随后|期间|其间|其中|"
    r"有请|请|还有|[的会]有|包括|出席|参加|列席|领导(?=[省市县区州])|任命|免去|同意|授予|在|中,|向|对|是|当天|当日|今天|昨天|日前|近日|首先|最后|同时|并|现场|陪同|表彰了?|与会|了)"
)
_BREAK = re.compile(r"[,。;:!?\n“”()\t]")
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
    known = _known(ctx.view)
    known.update({ctx.words(span): "byline-name" for span in bylines(ctx)})
    if not known:
        return []
    anywhere = re.compile("|".join(sorted(map(re.escape, known), key=lambda name: (-len(name), name))))
    found: list[Mention] = []
    for m in anywhere.finditer(ctx.view):
        after = found[-1].end if found else 0
        lead = _title_start(ctx.view, m.start(), after)
        title = ctx.page.text[lead : m.start()].strip(" 、") or None
        plain = m[0].replace(" ", "")
        found.append(Mention(plain, title, lead if title else m.start(), *m.span(), known[m[0]]))
    return found


def bylines(ctx: Context) -> list[Span]:
    """Return the places of the names that stand alone, or behind a title, on a line under the heading."""
    found: list[Span] = []
    for block in ctx.page.blocks[1:_BYLINES]:
        words = ctx.words(block.span)
        m = _BYLINE.match(words.strip())
        if m and _may_be(m[1]) and len(words) <= _LONGEST_BYLINE:
            start = block.span.start + words.index(m[1])
            found.append(Span(start, start + len(m[1])))
    return found


def _known(view: str) -> dict[str, str]:
    """Return the names shown by the text with the rule that showed each."""
    known: dict[str, str] = {}
    for m in _TITLED.finditer(view):
        before = view[max(0, m.start() - _LONGEST_ENDING) : m.start()].rstrip(" ")
        if before.endswith(_TITLES) and _may_be(m[1]):
            known.setdefault(m[1], "titled-name")
            _chain(view, m.end(1), known)
    for m in _ODD.finditer(view):
        if _may_be(m[1]) and not any(m[1].startswith(name) for name in known):
            known.setdefault(m[1], "titled-name")
    for m in _COMRADE.finditer(view):
        if _may_be(m[1]):
            known.setdefault(m[1], "comrade-name")
    for m in _LIST.finditer(view):
        names = m[1].split("、")
        if all(_may_be(name) for name in names):
            known.update((name, "listed-name") for name in names if name not in known)
    for m in _LABELLED.finditer(view):
        known.update((name, "labelled-name") for name in re.split(r"[、 ,]", m[1]) if _may_be(name))
    for m in _BARE.finditer(view):
        if _may_be(m[1]) and (len(m[1]) > 2 or m[1] in known or view.count(m[1]) > 1):
            known.setdefault(m[1], "acting-name")
    return {name: rule for name, rule in known.items() if not _is_longer_word(name, known)}


def _chain(view: str, at: int, known: dict[str, str]) -> None:
    """Add the names that follow a titled one: 副主席甲、乙和丙."""
    while (m := _FOLLOWING.match(view, at)) and _may_be(m[1]):
        known.setdefault(m[1], "listed-name")
        at = m.end(1)


def _may_be(name: str) -> bool:
    bare = name.replace(" ", "")
    return bare not in _NEVER and bare[:2] not in _NEVER_TWO and not _PLACEHOLDER.search(name)


def _is_longer_word(name: str, known: dict[str, str]) -> bool:
    """Say whether a name is another known name with one more character behind (a verb read into it)."""
    return (
        len(name) == 3
        and name[:2] in known
        and known[name[:2]] == "titled-name"
        and known[name] != "titled-name"
    )


def _title_start(view: str, start: int, after: int) -> int:
    """Return where the words before a name that are its title begin."""
    begin = max(after, start - _LONGEST_TITLE)
    left = view[begin:start]
    breaks = [m.end() for m in _BREAK.finditer(left)]
    left = left[breaks[-1] if breaks else 0 :]
    leads = [m.end() for m in _LEAD.finditer(left)]
    left = left[leads[-1] if leads else 0 :]
    joined = _CONNECT.match(left)
    return start - len(left) + (joined.end() if joined else 0)
