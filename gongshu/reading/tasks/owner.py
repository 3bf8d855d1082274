"""Who is to do it: the sentence's subject, a bracket, a label or a clause with 由; subjects of a whole speech do not count."""

import re

from gongshu.reading.model import Finding, Span
from gongshu.reading.tasks.words import ACTOR

_RANGE = r"(?:全[省市县区州国旗系统]{1,2}|我[省市县区]|各级|各地|广大|各|基层|[×*Xx]{1,3}[省市县区州]?|新时代)?(?:20\d\d年|今年)?"
_GENERAL_HEAD = (
    r"(?:工会组织|工会系统|工会干部|工会工作者|工会工作|工会|总工会|职工群众|干部职工|职工|劳动者|同志们|同志|大家|我们|工会战线|会员)"
)
_GENERAL = re.compile(
    rf"^(?:{_RANGE}{_RANGE}{_GENERAL_HEAD}(?:组织|系统)?(?:领导班子|全体|上下)?(?:和|及|与|、|以及)?)+(?:要|都|们|上下)?$"
)
_EVERYWHERE = re.compile(r"^(?:今年|明年|20\d\d年)?全[省市县区州国校系统]{1,2}(?:上下)?$")
_HOST = re.compile(
    rf"^(?:[省市县区州旗]|[×*Xx]{{1,3}}[省市县区]?)?总工会(?:机关|领导班子|党组)?(?:(?:和|及|与|、){_RANGE}{_GENERAL_HEAD})?$|^工会系统$"
)
_TIME = re.compile(r"^(?:[^的]{0,4}(?:下半年|上半年|下一步|今后|接下来|当前|今年|明年|下一阶段|20\d\d年|会后|未来[^,，]{0,4}年|近期|同时|此外|其中))+")
_BRACKET = re.compile(
    r"[(（](?:(?:责任|牵头|负责|承办|主办|落实)(?:单位|部门|科室|处室|领导|人)?[:：](?P<named>[^()（）;；]{2,60})[^()（）]*"
    r"|由?(?P<by>[^()（）:：]{2,40}?)(?:牵头|负责|承办|主办|落实)(?:[、,，;；][^()（）]*)?)[)）]"
)
_LABEL = re.compile(r"^(?:责任|牵头|负责|承办|主办|落实)(?:单位|部门|科室|处室|领导|人)[:：]?$")
_BY = re.compile(
    rf"^(?:此项工作|该项工作|具体|以上工作)?由(?P<who>[^,，。;；]{{0,24}}?{ACTOR}(?:{ACTOR})*(?:[、和及与会同商][^,，。;；]{{0,16}}?{ACTOR})*)(?:统一|具体|共同)?(?:牵头|负责|承办|主办|组织实施|落实|组织)*(?=.{{2,}}|$)"
)
_BY_INSIDE = re.compile(rf"(?<![自理])由(?P<who>[^,，。;；由]{{1,16}}?{ACTOR})(?=按|给予|承担|负责|牵头|提供|解决|安排|组织|统一|列支|拨付|保障|出资|实施|落实)")
_LABEL_WORDS = (
    r"(?:(?P<when>(?:完成)?(?:时限|时间|期限|时间节点)|完成日期)|(?:责任|牵头|负责|承办|主办|落实|实施)(?:单位|部门|科室|处室|领导|人))[:：·]"
)
_LABELLED = re.compile(rf"^[(（]?{_LABEL_WORDS}")
_LABELLED_ANYWHERE = re.compile(rf"(?:^|(?<=[。;；,，(（\s])){_LABEL_WORDS}\s*(?P<value>[^。;；\n()（）]{{2,60}}?)(?=[。;；\n()（）]|[,，]?(?:完成时限|时限|完成时间|配合单位)|$)", re.MULTILINE)
_TRIM = re.compile(r"^(?:同时|其中|请|希望|要求|此外|另外|尤其是|特别是|对此|为此|会后|会上|今后|下一步|和|也|还)+")


def is_general(subject: str) -> bool:
    """Tell whether a subject is everybody the speech is made to, and so nobody's own duty."""
    if subject == "工会":
        return False
    return not subject or _GENERAL.match(subject) is not None or subject.startswith(("新一届", "本届")) or _EVERYWHERE.match(subject) is not None


def subject_owner(text: str, span: Span) -> Finding | None:
    """Return the owner in a sentence's subject, None for a general one."""
    start = span.start
    for pattern in (_TRIM, _TIME, _TRIM):
        found = pattern.match(text[start : span.end])
        start += found.end() if found else 0
    subject = text[start : span.end].rstrip("都均也还就")
    end = start + len(subject)
    if is_general(subject) or len(subject) > 30:
        return None
    rule = "owner.host" if _HOST.match(subject) else "owner.subject"
    return Finding(subject, Span(start, end), rule)


def bracket_owner(text: str, span: Span) -> tuple[Finding, Span] | None:
    """Return the owner a bracket names, with the stretch of the bracket."""
    found = _BRACKET.search(text, span.start, span.end) if ")" in span.of(text).replace("）", ")") else None
    if found is None:
        return None
    part = "named" if found["named"] else "by"
    return Finding(found[part].strip(), Span(*found.span(part)), "owner.bracket"), Span(*found.span())


def by_owner(text: str, span: Span) -> tuple[Finding, int] | None:
    """Return the owner of a clause that opens with 由…牵头 or 由…负责, and where the words after it begin."""
    found = _BY.match(text[span.start : span.end])
    if found is None:
        return None
    where = Span(span.start + found.start("who"), span.start + found.end("who"))
    return Finding(where.of(text), where, "owner.by"), span.start + found.end()


def inner_owner(text: str, span: Span) -> Finding | None:
    """Return the owner a clause names after its topic (大赛经费由市财政给予补助)."""
    found = _BY_INSIDE.search(text, span.start, span.end) if "由" in span.of(text) else None
    return Finding(found["who"], Span(*found.span("who")), "owner.by") if found else None


def is_label_line(text: str) -> bool:
    """Tell whether a sentence is nothing but labels and their values (责任单位:宣教部;完成时限:6月底前)."""
    return _LABELLED.match(text) is not None


def labels(text: str) -> list[tuple[str, Finding]]:
    """Return every labelled owner and deadline of a text with the kind of its label, in order."""
    found = []
    for match in _LABELLED_ANYWHERE.finditer(text):
        kind = "deadline" if match["when"] else "owner"
        found.append((kind, Finding(match["value"].strip(), Span(*match.span("value")), f"{kind}.label")))
    return found


def is_owner_label(text: str) -> bool:
    """Tell whether a clause is a label such as 责任单位, whose value the next clause gives."""
    return len(text) <= 6 and _LABEL.match(text) is not None
