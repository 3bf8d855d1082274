"""Named schemes of the present or future (“6+1”重点工作, 强基工程) with the parts the text lists."""

import re
from collections.abc import Iterable, Iterator

from gongshu.reading.model import Finding, InitiativeFinding, Page, Span
from gongshu.reading.tasks.marks import Masked, clauses, listed, mask
from gongshu.reading.tasks.schemes import headed_schemes, numbered_schemes
from gongshu.reading.tasks.told import is_report
from gongshu.reading.tasks.words import any_of, patterns

_PATTERNS = patterns("initiative")

_HAN = "一二三四五六七八九十"
_HEAD = (
    r"(?:重点工作思路|工作体系|工作思路|重点工作|重点任务|专项工作|专项行动|行动计划|行动|计划|工程|品牌|活动|工作法|工作机制|体系|建设|战略|思路|机制|举措|模式|"
    r"项目|攻坚|任务|工作|实事|主题年|系列活动)"
)
_QUOTED = re.compile(
    rf"(?P<count>[{_HAN}\d]{{1,2}}[项大个])?“(?P<name>[^“”\n]{{2,40}})”"
    rf"(?P<head>[\u4e00-\u9fff]{{0,6}}?{_HEAD})?"
)
_COUNT_AHEAD = re.compile(rf"[{_HAN}\d]{{1,2}}[项大个]$")
_COUNT_LONGEST = 3
_BARE_COUNTED = _PATTERNS["bare_counted"]
_SET_PHRASE = re.compile(any_of("set_phrases"))
_NUMBERED = _PATTERNS["numbered"]
_YEAR_THEME = _PATTERNS["year_theme"]
_CARRIED_OUT = _PATTERNS["carried_out"]
_BY_MEANS = _PATTERNS["by_means"]
_OF_YEARS = _PATTERNS["of_years"]
_DONE_VERB = re.compile(r"(?:实施|推进|启动|推进实施|全面实施|结合实施)[^“,，。]{0,8}$")
_HELD_VERB = re.compile(r"(?:开展|举办|实施|推进|启动|组织|抓好|打好|深化|推动)[^“,，。]{0,6}$")
_CARRIED_BY = re.compile(r"(?:实施|推进)(?P<whose>[^“”,，。；;、]{4,16})$")
_SHORT_CALL = 6
_ACTIVITY = re.compile(r"(?![^活]*(?:主题|系列|宣传|志愿|教育|文体|创建))[\u4e00-\u9fff]{0,6}(?:活动|行动|工程|计划)$")
_YEARS_LONG = re.compile("[三五两]年(?:[\u4e00-\u9fff]{0,4})(?:行动|计划|攻坚)")
_SCHEME_END = re.compile(r"(?:行动|工程|计划|[企基层社校工]行)$")
_SERVES = re.compile("为(?:抓手|载体|牵引|契机|引领|统领|主线|重点)")
_CARRIED_NOUNS = re.compile(r"(?:实施|推进)[^“,，。]{0,4}项目$|打造[^“,，。]{0,4}品牌$")
_PLAIN_RULES = (
    ("initiative.carried_out", _CARRIED_OUT),
    ("initiative.by_means", _BY_MEANS),
    ("initiative.of_years", _OF_YEARS),
)
_MERELY_SERVED = re.compile(r"(?:围绕|聚焦|对接|紧扣|融入|立足|紧盯)[^,，。]{0,8}$")
_CALL = 6
_GENERIC = re.compile("[这该此各]|主题|系列|专项|丰富|重大|特色|开展|[^“]{0,3}等|.{1,3}$")
_FIRST = re.compile(r"[:：]\s*一是")
_ORDINAL_PART = re.compile(r"[一二三四五六七八九十]是(?P<part>[^,，。;；\n]{2,40})")
_LONGEST_PART = 14
_PARTS_AFTER = _PATTERNS["parts_after"]
_ASIDE = re.compile(r"[)）]|[,，](?![^,，]{0,12}、)|[,，](?=全年|每年|每名|力争|确保|年内)")
_HEADED_LIST = _PATTERNS["headed_list"]
_LEADING_VERB = re.compile(r"^(?:突出|做好|大抓|狠抓|抓好|抓实|实施|开展|推进|打造)+")
_UNIT_END = re.compile(rf"^(?P<count>[{_HAN}两])(?:个|大|项|型)(?P<noun>[\u4e00-\u9fff]{{1,4}})$")
_VALUES = {char: value for value, char in enumerate(_HAN, start=1)} | {"两": 2}


def find_initiatives(page: Page) -> list[InitiativeFinding]:
    """Return the named schemes of a page in the order they first stand, each once, with their parts."""
    masked = mask(page.text)
    found: dict[str, InitiativeFinding] = {}
    below = headed_schemes(page, masked)
    for scheme in sorted([*_candidates(masked), *below], key=lambda one: (one.span.start, -one.span.end)):
        key = re.sub(rf"[“”]|{_HEAD}$", "", scheme.name)
        if _inside(scheme, found.values()):
            continue
        kept = found.get(key)
        if kept is None or (len(scheme.items), len(scheme.name)) > (len(kept.items), len(kept.name)):
            found[key] = scheme
    parts = {item.value for one in found.values() for item in one.items}
    full = [one.name for one in found.values() if one.items]
    again = [key for key, one in found.items() if not one.items and one.name.endswith(tuple(full))]
    again += [key for key in found if any(other != key and other.startswith(key) for other in found)]
    for key in dict.fromkeys(again):
        del found[key]
    return sorted((one for one in found.values() if one.name not in parts), key=lambda one: one.span.start)


def _inside(scheme: InitiativeFinding, others: Iterable[InitiativeFinding]) -> bool:
    """Tell whether a scheme is only a part of another's name."""
    span = scheme.span
    return any(other.span != span and other.span.start <= span.start and span.end <= other.span.end for other in others)


def _candidates(masked: Masked) -> Iterator[InitiativeFinding]:
    yield from _counted_lists(masked)
    yield from _quoted(masked)
    yield from _unquoted(masked)
    yield from (one for one in numbered_schemes(masked) if not _is_past(masked, one.span.start))


def _counted_lists(masked: Masked) -> Iterator[InitiativeFinding]:
    """Yield “a、b、c、d、e”五级竞赛体系: the quoted list is as long as the number says."""
    for found in _BARE_COUNTED.finditer(masked.view):
        parts = _parts(masked.text, Span(*found.span("parts")))
        if len(parts) == _VALUES[found["count"]]:
            span = Span(*found.span("name"))
            yield InitiativeFinding(span.of(masked.text), span, "initiative.counted_list", parts)


def _quoted(masked: Masked) -> Iterator[InitiativeFinding]:
    for found in _quotes(masked.view):
        name, head = found["name"], found["head"] or ""
        if _SET_PHRASE.search(name) or _is_past(masked, found.start()):
            continue
        span = Span(found.start(), found.end())
        parts, rule = _listed_parts(masked, found)
        if parts:
            yield InitiativeFinding(span.of(masked.text), span, rule, parts)
        elif _YEAR_THEME.search(name) and not head.startswith(("活动", "行动")):
            yield InitiativeFinding(name, Span(*found.span("name")), "initiative.year")
        elif _is_scheme(masked, found):
            span = _long_call(masked, found) or span
            yield InitiativeFinding(span.of(masked.text), span, "initiative.quoted")


def _quotes(view: str) -> Iterator[re.Match[str]]:
    """Yield the quoted names of a text, each with the number before it and the head behind it."""
    done, at = 0, view.find("“")
    while at >= 0:
        count = _COUNT_AHEAD.search(view, max(done, at - _COUNT_LONGEST), at)
        found = _QUOTED.match(view, count.start() if count else at)
        if found:
            yield found
        done = found.end() if found else at + 1
        at = view.find("“", done)


def _is_scheme(masked: Masked, found: re.Match[str]) -> bool:
    """Tell whether a quoted name is a scheme: numbered, or carried out (实施…行动)."""
    name, head = found["name"], found["head"] or ""
    before = masked.view[max(0, found.start() - 14) : found.start()]
    if _MERELY_SERVED.search(before):
        return False
    ends_as_scheme = _SCHEME_END.search(name + head) is not None
    served = _SERVES.match(masked.view, found.end()) is not None and masked.view[found.start() - 1] == "以"
    if ends_as_scheme and (served or _DONE_VERB.search(before) or _long_call(masked, found)):
        return True
    if _YEARS_LONG.match(head) and _HELD_VERB.search(before):
        return True
    if not head and ends_as_scheme and len(name) >= _CALL and _HELD_VERB.search(before):
        return True
    if head and _CARRIED_NOUNS.search(before + head[-2:]):
        return True
    if _ACTIVITY.match(head) and len(name) >= _CALL and _HELD_VERB.search(before):
        return True
    if not _NUMBERED.search(name):
        return False
    return (
        bool(head)
        or ends_as_scheme
        or re.search(r"(?:打造|建设|推进|实施|构建|推行|抓好|落实)[^,，。“]{0,4}$", before) is not None
    )


def _long_call(masked: Masked, found: re.Match[str]) -> Span | None:
    """Return the whole name of a scheme that says whose it is before a short call (实施职工思想引领“润心行动”)."""
    name = found["name"]
    if found["head"] or len(name) > _SHORT_CALL or not _SCHEME_END.search(name):
        return None
    ahead = _CARRIED_BY.search(masked.view, max(0, found.start() - 24), found.start())
    return Span(ahead.start("whose"), found.end()) if ahead else None


def _listed_parts(masked: Masked, found: re.Match[str]) -> tuple[tuple[Finding, ...], str]:
    """Return the parts a text lists for a quoted scheme: after it, before it, or each quoted elsewhere."""
    parts = _after(masked, found)
    if parts:
        return parts, "initiative.listed_after"
    parts = _before(masked, found)
    if parts:
        return parts, "initiative.listed_before"
    return _elsewhere(masked, found), "initiative.listed_elsewhere"


def _after(masked: Masked, found: re.Match[str]) -> tuple[Finding, ...]:
    """Return the parts listed behind 即, a colon or a bracket; a name without number needs a head and short parts."""
    counted_off = _ordinal_parts(masked, found.end())
    if len(counted_off) >= 2:
        return counted_off
    after = _PARTS_AFTER.match(masked.view[found.end() : found.end() + 180])
    if after is None:
        return ()
    start = found.end() + after.start("parts")
    stop = _ASIDE.search(after["parts"])
    parts = _parts(masked.text, Span(start, start + (stop.start() if stop else len(after["parts"]))))
    certain = _NUMBERED.search(found["name"]) or after.group().lstrip(",").startswith("即")
    short = found["head"] and all(len(part.value) <= _LONGEST_PART for part in parts)
    return parts if len(parts) >= 2 and (certain or short) else ()


def _ordinal_parts(masked: Masked, start: int) -> tuple[Finding, ...]:
    """Return the parts counted off as 一是…；二是… right behind a scheme."""
    if not _FIRST.match(masked.flat, start):
        return ()
    end = masked.flat.find("\n", start)
    return tuple(
        Finding(masked.text[one.start("part") : one.end("part")], Span(*one.span("part")), "initiative.part")
        for one in _ORDINAL_PART.finditer(masked.flat, start, end if end >= 0 else len(masked.flat))
    )


def _parts(text: str, span: Span) -> tuple[Finding, ...]:
    """Return the parts of a list at 、, each without the verb that all share (大抓)."""
    flat = mask(text[span.start : span.end]).flat
    whole = [part for clause in clauses(flat, Span(0, len(flat))) for part in listed(flat, clause)]
    pieces = [_bare_part(flat, piece) for piece in whole]
    spans = [Span(span.start + one.start, span.start + one.end) for one in pieces if one.end > one.start]
    return tuple(Finding(one.of(text), one, "initiative.part") for one in spans)


def _bare_part(flat: str, piece: Span) -> Span:
    start = piece.start
    found = _LEADING_VERB.match(flat[start : piece.end])
    return Span(start + found.end(), piece.end) if found else piece


def _before(masked: Masked, found: re.Match[str]) -> tuple[Finding, ...]:
    """Return the parts of a list that runs up to a numbered scheme, when their number fits."""
    number = _sum(found["name"])
    if number is None or not (found["head"] or re.search(rf"{_HEAD}$", found["name"])):
        return ()
    lead = _HEADED_LIST.search(masked.flat, max(0, found.start() - 280), found.start())
    if lead is None:
        return ()
    parts = _parts(masked.text, Span(*lead.span("parts")))
    return parts if len(parts) == number else ()


def _sum(name: str) -> int | None:
    """Return how many parts a name promises: 6+1 gives 7, 三大行动 gives 3; None where it does not say."""
    plus = re.match(r"(\d+)[+＋](\d+)$", name)
    if plus is not None:
        return int(plus[1]) + int(plus[2])
    unit = re.match(rf"([{_HAN}两]|\d+)(?![{_HAN}\d])[^{_HAN}]+$", name)
    if unit is None:
        return None
    return int(unit[1]) if unit[1].isdigit() else _VALUES.get(unit[1])


def _elsewhere(masked: Masked, found: re.Match[str]) -> tuple[Finding, ...]:
    """Return the quoted names that end like “N个X” when the text holds just N (四个工会: 红色工会 …)."""
    unit = _UNIT_END.match(found["name"])
    if unit is None:
        return ()
    names: dict[str, Finding] = {}
    for other in re.finditer(rf"“(?!打造|建设|创建)([^“”\n]{{1,6}}{re.escape(unit['noun'])})”", masked.view):
        if other[1] != found["name"]:
            names.setdefault(other[1], Finding(other[1], Span(*other.span(1)), "initiative.part"))
    if not names:
        names = _carried_out_parts(masked, unit["noun"])
    return tuple(names.values()) if len(names) == _VALUES[unit["count"]] else ()


def _carried_out_parts(masked: Masked, noun: str) -> dict[str, Finding]:
    """Return the schemes of one kind that the text carries out one by one (实施强基行动, 实施暖心行动)."""
    found: dict[str, Finding] = {}
    pattern = rf"(?:实施|开展|推进|打造|抓好)(?P<name>[\u4e00-\u9fff]{{2,8}}{re.escape(noun)})(?=[,，。;；、:：\n])"
    for one in re.finditer(pattern, masked.view):
        found.setdefault(one["name"], Finding(one["name"], Span(*one.span("name")), "initiative.part"))
    return found


def _unquoted(masked: Masked) -> Iterator[InitiativeFinding]:
    """Yield schemes without quotes: what is 实施, and what serves as 抓手 or 契机."""
    for rule, pattern in _PLAIN_RULES:
        for found in pattern.finditer(masked.view):
            name = found["name"]
            if _is_past(masked, found.start()) or _GENERIC.match(name) or _SET_PHRASE.search(name):
                continue
            yield InitiativeFinding(name, Span(*found.span("name")), rule)


def _is_past(masked: Masked, at: int) -> bool:
    """Tell whether the sentence up to a place reports what has been done."""
    start = max(masked.flat.rfind(mark, 0, at) for mark in "。；;:：\n") + 1
    return is_report(masked.bare[start:at])
