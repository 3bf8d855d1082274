"""Who is to do it: a subject, a bracket, a label or a clause with 由; never the subject of a whole speech."""

import re

from gongshu.reading.model import Finding, Span
from gongshu.reading.tasks.marks import trimmed
from gongshu.reading.tasks.words import ACTOR, patterns, without_time

_PATTERNS = patterns("owner")

_GENERAL = _PATTERNS["general"]
_EVERYWHERE = re.compile(r"^(?:今年|明年|20\d\d年)?全[省市县区州国校系统]{1,2}(?:上下)?$")
_HOST_AND_ALL = _PATTERNS["host_and_all"]
_HOST = _PATTERNS["host"]
_TIME = _PATTERNS["time"]
_BRACKET = _PATTERNS["bracket"]
_LABEL = re.compile(r"^(?:责任|牵头|负责|承办|主办|落实)(?:单位|部门|科室|处室|领导|人)[:：]?$")
_BY = _PATTERNS["by"]
_BY_INSIDE = _PATTERNS["by_inside"]
_LABELLED = _PATTERNS["labelled"]
_LABELLED_ANYWHERE = _PATTERNS["labelled_anywhere"]
_MAY_LABEL = re.compile("(?:时限|时间|期限|节点|日期|单位|部门|科室|处室|部室|股室|主体|领导|人)[:：·]")
_LED_SENTENCE = re.compile(
    r"(?<=[。；;])(?P<who>[^,，。；;\n由要将:：]{2,24})(?:牵头|负责)(?:[,，][^,，。；;\n]{2,24}(?:配合|协助|参与))?(?=[。；;\n]|$)"
)
_THING = re.compile(r"^(?:现有|已有|新建)|(?:驿站|设施|场所|阵地)$")
_ASKED_OF = re.compile(rf"[对向给](?P<who>[^,，]{{0,14}}?{ACTOR})(?:提出|寄予)(?=[^,，]{{0,8}}(?:希望|要求|期望))")
_TRIM = _PATTERNS["trim"]


def is_general(subject: str) -> bool:
    """Tell whether a subject is everybody the speech is made to, and so nobody's own duty."""
    if subject in ("工会", "基层工会"):
        return False
    return (
        not subject
        or _GENERAL.match(subject) is not None
        or _HOST_AND_ALL.match(subject) is not None
        or _EVERYWHERE.match(subject) is not None
    )


def subject_owner(text: str, span: Span) -> Finding | None:
    """Return the owner in a sentence's subject, None for a general one."""
    start = span.start
    for pattern in (_TRIM, _TIME, _TRIM):
        found = pattern.match(text[start : span.end])
        start += found.end() if found else 0
    start = span.end - len(without_time(text[start : span.end]))
    subject = text[start : span.end].rstrip("都均也还就")
    end = start + len(subject)
    if is_general(subject) or len(subject) > 30 or _THING.search(subject):
        return None
    rule = "owner.host" if _HOST.match(subject) else "owner.subject"
    return Finding(subject, Span(start, end), rule)


def asked_of(text: str, span: Span) -> Finding | None:
    """Return those whom a speaker puts hopes or demands to (对参训学员提出三点希望)."""
    found = _ASKED_OF.search(text, span.start, span.end)
    return subject_owner(text, Span(*found.span("who"))) if found else None


def bracket_owner(text: str, span: Span) -> tuple[Finding, Span] | None:
    """Return the owner a bracket names, with the stretch of the bracket."""
    found = _BRACKET.search(text, span.start, span.end) if ")" in span.of(text).replace("）", ")") else None
    if found is None:
        return None
    part = "named" if found["named"] else "by"
    where = trimmed(text, *found.span(part))
    return Finding(where.of(text), where, "owner.bracket"), Span(*found.span())


def by_owner(text: str, span: Span) -> tuple[Finding, int] | None:
    """Return the owner of a clause that opens with 由…牵头 or 由…负责, and where the words after it begin."""
    words = text[span.start : span.end]
    found = _BY.match(words) if "由" in words else None
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
    """Return every labelled owner and deadline of a text with the kind of its label: bodies before persons."""
    found = []
    for match in _LABELLED_ANYWHERE.finditer(text) if _MAY_LABEL.search(text) else ():
        kind = "deadline" if match["when"] else "owner"
        where = trimmed(text, *match.span("value"))
        person = re.search("领导|人", text[match.start() : match.start("value")]) is not None
        found.append((kind, Finding(where.of(text), where, f"{kind}.{'person' if person else 'label'}")))
    for match in _LED_SENTENCE.finditer(text) if "牵头" in text or "负责" in text else ():
        where = trimmed(text, *match.span("who"))
        found.append(("owner", Finding(where.of(text), where, "owner.led")))
    return sorted(found, key=lambda one: one[1].rule.endswith("person"))


def is_owner_label(text: str) -> bool:
    """Tell whether a clause is a label such as 责任单位, whose value the next clause gives."""
    return len(text) <= 6 and _LABEL.match(text) is not None
