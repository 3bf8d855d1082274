"""Groups said to be present."""

import re

from gongshu.reading.find.context import Context
from gongshu.reading.find.people import Mention
from gongshu.reading.find.windows import around
from gongshu.reading.lexicons import alternation
from gongshu.reading.model import Finding

_PRESENT = re.compile(
    r"(?:分别|应邀|也|一同|共同|现场|一起|线上|线下|通过视频|以[^,。;]{2,8}(?:形式|方式)|在主会场|在分会场|在各分会场"
    r"|在主会场和分会场)?(?:参加|出席|列席|参与)(?!代表|人员|单位|对象)(?:了|或列席)?(?:本次|此次|上述|今天的"
    r"|这次)?(?:联席)?[^,。;!?\n的]{0,10}(?:会议|会|活动|培训|班|仪式|式|座谈|观摩)(?=[。,;!]|$|\n)"
    r"|(?:参加|出席|列席|参会|与会)(?=[。;]|$|\n)|(?:分别)?在[^,。;]{0,6}分会场(?:收听|收看|参会|参加)"
)
_TELLS = re.compile(r"参[加与会训]|出席|列席|与会|分会场")
_WHO_ARE = re.compile(
    r"(?:(?:参加|出席|列席)(?:本次|此次|这次|今天)?(?:会议|大会|座谈会"
    r"|活动)?的(?:还)?有)\s*[::]?(?P<who>[^。\n]{4,300})"
)
_LABEL = re.compile(
    r"^[ \t]*(?:[一二三四五六七八九十\d]{1,2}[、.]|\([一二三四五六七八九十]\))?\s*(?:(?:参会|参加|与会"
    r"|出席|列席|参训|会议参加)(?:会议)?(?:人员|对象|范围|单位)\s*(?:[::]\s*|\n\s*)|(?:参加|出席"
    r"|列席)\s*[::]\s*)(?P<who>(?:(?:\d{1,2}[.、)]|\([一二三四五六七八九十\d]{1,2}\))[^\n]{3,120}(?:\n|$)){2,12}|[^\n]{4,400})",
    re.MULTILINE,
)
_COUNTED = re.compile(
    r"(?:到会|实到|出席(?:会议|大会)?(?:的)?|应到[^,。;]{0,20}[,,]实到|报到)(?:正式)?(?P<what>代表|委员"
    r"|会员|会员代表|职工代表|正式代表)(?P<n>\d+)(?:名|人)|(?P<also>(?:列席|特邀|邀请)(?:代表|人员"
    r"|会议)?)(?:共)?(?P<m>\d+)(?:名|人)"
)
_BOTH = re.compile(
    r"(?<=[。\n会])(?:本次大会|会议|大会)?应到(?:正式)?(?:职工|会员)?(?:代表|委员)\d+[名人],(?:因[^,。]{2,16},)?"
    r"实到(?:正式)?(?:代表|委员)?\d+[名人]"
)
_HEAD = f"(?:{alternation('person_heads')})"
_END_HEAD = re.compile(rf"{_HEAD}(?:\([^()]{{1,20}}\))?(?:(?:等|共|共计|约)?\d+余?(?:多)?(?:名|人)|等)?$")
_COUNT_END = re.compile(
    r"(?:代表|人员|职工|干部|主席|会员|委员)(?:共|共计|约)?\d+余?(?:名|人|位)$|\d+余?(?:名|位"
    r"|个)[^,、]{2,20}$"
)
_NEW = re.compile(
    r"(?:\d+余?[名位家个]|各|[一-鿿]{2,8}?(?:省|市|县|区|州|旗|镇|街道)|全体|部分|有关|相关|受表彰|获奖|受邀|市|省|县|区|州"
    r"|先进|优秀|一线|列席|特邀|来自|基层(?:工会|职工|一线)|企业(?:职工|工会|代表)|机关(?:各|全体|干部)"
    r"|公司(?:各|全体|领导)|集团(?:各|全体|领导)|职工代表)"
)
_START = re.compile(
    r"^(?:\d{1,2}[.、)]|\([一二三四五六七八九十\d]{1,2}\)|来自|以及|还有|及|和|、|会上|另外|此外|共|有|会议(?:由)?|大会)+"
)
_TOTAL = re.compile(r"(?:等)?(?:共|共计|约|近|总计)?(?:\d+|[一二三四五六七八九十百千]+)余?多?(?:人|名|位)?$")
_BAD = re.compile(
    r"讲话|主持|强调|指出|报告|通报|会议|召开|举行|致辞|听取|活动在|以视频|要求|组织|邀请|未经|不得|必须|务必|[*×]+同志|^应到"
)
_PARTS_FROM = re.compile(rf"{_BAD.pattern}|(?:出席|参加|列席)[^,。;的]{{0,6}}$|(?:开班|开幕|开课|开讲|主办)$")
_BRACKETS = re.compile(r"\([^()]{1,20}\)")
_STOPS = "。!?\n:"


def attendee_groups(ctx: Context, people: list[Mention]) -> list[Finding]:
    """Return the groups present, one finding a group; persons named alone are no group."""
    found: list[Finding] = []
    for m in (m for bounds in around(ctx.view, _TELLS) for m in _PRESENT.finditer(ctx.view, *bounds)):
        start = _clause_start(ctx.view, m.start(), people)
        found += _split(ctx, start, m.start(), "present", people)
    for pattern, rule in () if not _TELLS.search(ctx.view) else ((_WHO_ARE, "listed"), (_LABEL, "labelled")):
        for m in pattern.finditer(ctx.view):
            found += _split(ctx, m.start("who"), m.end("who"), rule, people)
    found += _counted(ctx)
    found.sort(key=lambda item: item.span.start)
    return list({item.value: item for item in reversed(found)}.values())[::-1]


def _clause_start(view: str, end: int, people: list[Mention]) -> int:
    """Return where the list of those present begins: after the last full stop, or after a clause with another verb."""
    floor = max(0, end - 400)
    left = view[floor:end]
    start = floor + max(map(left.rfind, _STOPS)) + 1
    for semicolon in re.finditer(r"[;,]", view[start:end]):
        head = view[start : start + semicolon.start()]
        if _PARTS_FROM.search(head):
            start_next = start + semicolon.end()
            return _clause_start_from(view, start_next, end)
    return start


def _clause_start_from(view: str, start: int, end: int) -> int:
    for comma in re.finditer(r"[;,]", view[start:end]):
        if _PARTS_FROM.search(view[start : start + comma.start()]):
            return _clause_start_from(view, start + comma.end(), end)
    return start


def _split(ctx: Context, start: int, end: int, rule: str, people: list[Mention]) -> list[Finding]:
    """Return the groups between two places: cut after a word for people, never inside an organisation's name."""
    found: list[Finding] = []
    at = start
    people = [person for person in people if person.lead < end and start <= person.end + 2]
    ends = {person.end + more for person in people for more in (0, 2)}
    for m in re.finditer(r"[,;、。\n]|以及|和|及|$", _BRACKETS.sub(_covered, ctx.view[start:end])):
        stop = start + m.start()
        if stop in ends or _ends_group(ctx.view, at, stop, start + m.end(), end, m[0]):
            found += _group(ctx, at, stop, rule, people)
            at = start + m.end()
    return found


def _covered(bracket: re.Match[str]) -> str:
    """Return a bracket without the marks in it: 县(市、区) is one word."""
    return "(" + "·" * (len(bracket[0]) - 2) + ")"


def _ends_group(view: str, at: int, stop: int, behind: int, end: int, mark: str) -> bool:
    """Say whether a group ends before `mark`: its words name people, and what follows is a group of its own."""
    words = view[at:stop].strip()
    if stop >= end or mark in {";", "。", "\n"}:
        return True
    if not (_END_HEAD.search(words) or _COUNT_END.search(words)):
        return False
    if mark == ",":
        return True
    if mark == "、" and _COUNT_END.search(words):
        return True
    rest = _BRACKETS.sub("", view[behind:end])
    first = re.split(r"[,;。、]", rest)[0]
    if mark in {"和", "及", "、"}:
        return _NEW.match(rest) is not None and _END_HEAD.search(first) is not None and len(first) > 4 and mark != "及"
    return _NEW.match(rest) is not None


def _group(ctx: Context, start: int, end: int, rule: str, people: list[Mention]) -> list[Finding]:
    words = ctx.view[start:end]
    lead = _START.match(words.lstrip())
    start += len(words) - len(words.lstrip()) + (lead.end() if lead else 0)
    words = ctx.view[start:end].rstrip(" 、")
    total = _TOTAL.search(words)
    if total and (total[0][0] in "等共约近总" or not _COUNT_END.search(words)):
        words = words[: total.start()]
    named = any(person.lead < start + len(words) and start < person.end for person in people)
    if named or len(words) < 3 or _BAD.search(words) or re.fullmatch(r"[\d余多近共约名人位]+", words):
        return []
    if not (_END_HEAD.search(words) or _COUNT_END.search(words) or rule == "labelled"):
        return []
    return [ctx.finding(start, start + len(words), rule)]


def _counted(ctx: Context) -> list[Finding]:
    """Return groups given by their number in an opening speech: 到会代表331名, 列席人员47名."""
    found: list[Finding] = []
    for m in _COUNTED.finditer(ctx.view):
        start = m.start("what") if m["what"] else m.start("also")
        found.append(ctx.finding(start, m.end(), "counted"))
    spans = [one.span for one in found]
    both = [m for m in _BOTH.finditer(ctx.view) if not any(m.start() < span.end <= m.end() for span in spans)]
    return found + [ctx.finding(ctx.view.index("应到", m.start()), m.end(), "counted") for m in both]
