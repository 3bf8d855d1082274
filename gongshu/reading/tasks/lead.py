"""What leads a clause to its demand: 请 or 希望, 要 or 必须, or nobody but the one who is to do it."""

import re

from gongshu.reading.model import Finding, Span
from gongshu.reading.tasks import strip
from gongshu.reading.tasks.marks import Masked
from gongshu.reading.tasks.owner import by_owner, inner_owner, subject_owner
from gongshu.reading.tasks.told import is_report
from gongshu.reading.tasks.words import ends_as_actor, opens_like_work, patterns, verb_at, without_time

_PATTERNS = patterns("lead")

_WHEN_ENDS = tuple("人员部局委办厅署处室科组院校站所队馆团镇乡村县市省企们者)年步来时期外后点")
_EVERYBODY = re.compile(r"大家|同志们|各位|全体[\u4e00-\u9fff]{2}")
_NO_SUBJECT = _PATTERNS["no_subject"]
_BODY_END = _PATTERNS["body_end"]
_PROMISER = re.compile(r"(?P<who>[^,，]{2,20}?(?:工会|政府|公司|集团|党委|行政))(?:郑重|公开|现|再次)*承诺")
_ALWAYS = re.compile(r"(?:原则上|一律|一般|均|都|也|还|更|则)+$")
_DEPENDS = re.compile(
    r"[,，](?:靠的是|靠的就是|离不开|关键[在是]|根本[在是]|任务(?:十分|还?很|更加?|依然)?(?:艰巨|繁重))"
)
_REACHES = re.compile(
    r"(?:[再各先新共约]*[建办送评选招训设增修派发](?:成|出|够|好)?\d"
    r"|少于|低于|高于|达到?|不低于|不少于|不超过|不高于|保持在|控制在|提[高升]到|增[加长]到?|突破|超过|占)"
)
_SCHEME_SUBJECT = re.compile(r"(?:[”」]|[^,，“]{2})(?:工程|行动|活动|品牌|项目|平台)$")
_TOWARD = re.compile(r"[于在将按把对]")
_ON_DUTY = re.compile(r"(?P<who>[\u4e00-\u9fff、()]{2,16}?)(?:负责|牵头)(?=[\u4e00-\u9fff]{2})")
_FORBIDS = ("不得", "严禁", "切忌")

Led = tuple[int, Finding | None]
"""Where the words of a demand begin, and whose duty it is."""


def _is_who_or_when(subject: str) -> bool:
    """Tell whether the words before 要 are somebody, or a time."""
    return subject.endswith(_WHEN_ENDS) or ends_as_actor(subject)


def without_asking(words: str) -> tuple[int, bool]:
    """Return how long the asking is that a clause opens with (会议要求, 请), and whether it asks for work."""
    found = strip.opener_ahead(words)
    if found is not None:
        return found.end(), found["say"] in strip.STRONG or found["say"] == "强调"
    found = strip.PLEASE.match(words)
    return (found.end(), True) if found is not None else (0, False)


def promiser(masked: Masked, clause: Span) -> Finding | None:
    """Return the body that makes a promise of its own (县总工会郑重承诺)."""
    found = _PROMISER.match(masked.flat, clause.start, clause.end)
    return subject_owner(masked.text, Span(*found.span("who"))) if found else None


def promised(words: str) -> re.Match[str] | None:
    """Return the subject and the 将 of a promise or a plan, None where no actor stands before it."""
    found = strip.PROMISE.match(words) if "将" in words else None
    return found if found and ends_as_actor(found["subject"]) else None


def led(masked: Masked, clause: Span, found: re.Match[str], before: Finding | None) -> Led | None:
    """Return where the demand begins after 要, 须, 不得 and the like, and whose duty it is; `before`: who had it."""
    if not _is_subject(found["subject"]):
        return None
    words = clause.of(masked.flat)
    subject, rest = _ALWAYS.sub("", found["subject"]), words[found.end() :]
    if subject.count("“") > subject.count("”"):
        return None
    if _SCHEME_SUBJECT.search(subject) and verb_at(without_time(rest)) is not None:
        return clause.start + found.end(), None
    if subject and (subject.endswith("的") or _REACHES.match(rest) or not _is_who_or_when(subject)):
        return clause.start, None if without_time(subject) else before
    begin = len(subject) if found["modal"] in _FORBIDS else found.end()
    filler = strip.FILLER.match(words[begin:])
    begin += filler.end() if filler else 0
    owner = subject_owner(masked.text, Span(clause.start, clause.start + len(subject)))
    return clause.start + begin, owner if without_time(subject) else before


def depends(flat: str, at: int) -> bool:
    """Tell whether the words behind a clause with 要 make a statement of it (要…,关键在…)."""
    return _DEPENDS.match(flat, at) is not None


def _is_subject(subject: str) -> bool:
    if not subject or _is_who_or_when(subject):
        return True
    return len(subject) <= 14 and verb_at(subject) is None and not is_report(subject)


def asked(masked: Masked, clause: Span, audience: Finding | None) -> Led:
    """Return where the demand begins after 希望 or 请, and who is asked: the one named, else the `audience`."""
    words = clause.of(masked.flat)
    plain = verb_at(words) is not None or _TOWARD.match(words)
    size = 0 if plain else strip.subject_ahead(words) or _everybody(words)
    if size == 0:
        return clause.start, audience
    begin = clause.start + size
    return begin, subject_owner(masked.text, Span(clause.start, begin))


def _everybody(words: str) -> int:
    found = _EVERYBODY.match(words)
    return found.end() if found else 0


def subject(masked: Masked, clause: Span, *, notice: bool) -> tuple[Span, Finding | None]:
    """Return the clause without a subject that has no modal (财政局每年安排…), and the owner it names."""
    words = clause.of(masked.flat)
    by = by_owner(masked.text, clause)
    if by is not None:
        return clause, by[0]
    inner = inner_owner(masked.text, clause)
    if inner is not None:
        return clause, inner
    duty = _ON_DUTY.match(words) if "负责" in words or "牵头" in words else None
    if duty is not None and verb_at(duty["who"]) is None:
        where = Span(clause.start, clause.start + duty.end("who"))
        return Span(where.end, clause.end), subject_owner(masked.text, where)
    if not opens_like_work(words):
        size = strip.subject_ahead(words)
        if size and not _NO_SUBJECT.match(words[:size]) and _BODY_END.search(words[:size]):
            where = Span(clause.start, clause.start + size)
            return Span(where.end, clause.end), subject_owner(masked.text, where)
    size = strip.role_ahead(words) if notice else 0
    return clause, subject_owner(masked.text, Span(clause.start, clause.start + size)) if size else None
