"""What a meeting adopted and what it heard."""

import re

from gongshu.reading.find.context import Context
from gongshu.reading.find.people import Mention
from gongshu.reading.find.windows import around
from gongshu.reading.model import Finding

_OPEN = re.compile(
    r"(?:^|[,。;:!?\n]|会议|大会|全会|会上|代表|一致|委员会|委员们|表决|分别|还|并|先后|举手|投票|方式|形式"
    r"|认真|集中|集体|依次|首先|在|书面|审阅)$"
)
_ADOPT = re.compile(
    r"(?:(?:听取(?:并|和|、))?(?:审议|讨论|审查|表决|审定)(?:、|并|和)?(?:审议|讨论|表决|批准|投票|举手"
    r"|一致|原则|一致表决)?(?:并)?"
    r"|表决|举手|一致|投票|原则|逐项)通过(?:了)?|(?<=方式)(?:一致)?通过(?:了)?"
    r"|(?<=[会并还,。])通过(?:了)?(?=《|关于|有关)"
)
_HEAR = re.compile(
    r"听取(?!(?:并|和|与|、)[^,。;《]{0,8}通过)(?:(?:并|和|与|、)(?:审议|讨论|审查|评议|审阅))?(?:了)?(?!通过|意见|建议|职工|群众|基层|大家)"
)
_PASSES = re.compile("通过")
_GIVES = re.compile(r"作[^。;!?\n]{0,90}(?:报告|[通汇]报)")
_LONGEST_OPENING = 6
_GIVE = re.compile(
    r"(?<![工合操写动运创制协])作(?:了)?(?:(?:题为)?《[^《》\n]{2,60}》的)?"
    r"(《[^《》\n]{2,60}报告》|[^,。;!?\n《》“”]{0,30}?(?:报告|通报|汇报))(?=[,。;!?])"
)
_BARE = frozenset({"工作报告", "报告", "工作总结报告", "主题报告"})
_STOP = re.compile(r"[。;!?\n]|,(?!》)")
_NEAR = 16
_BEFORE = re.compile(r"要|应|必须|每年|至少|定期|将要|请|提请|建议")
_TITLE = re.compile(r"《[^《》]{2,120}(?:《[^《》]{1,60}》[^《》]{0,60})?》(?:\([^()]{1,12}\))?")
_SPLIT = re.compile(
    r"(?<=[》)])(?:、|和|及|以及|与)|(?<=[》])(?=《)|(?<=报告)(?:、|和|及|以及|与)|(?<=汇报)(?:、|和|及"
    r"|以及|与)|(?<=[决议案法事项定则见况单])(?:、|和|以及|及)(?![^,。《》]{2,40}情况的报告)(?=《|[^,。]{2,40}(?:报告|决议|办法|决定"
    r"|名单|事项|草案|方案|汇报|通报|情况))"
)
_BY_PERSON = re.compile(
    r"^[^《》]*?(?:题为《[^《》]{2,60}》的|所作的|(?<![工合操写动运创制协])作的|所做的|做的|代表(?=[^《》]{4,40}作))"
)
_GIVER = re.compile(r"[^《》,。]{2,20}所[作做]的(?:题为)?")
_BY_BODY = re.compile(r"^[^《》]{2,40}?代表(?=[^《》]{2,40}(?:作|做)的)")
_OF_BODY = re.compile(r"^[^《》,。关]{2,24}(?:委员会|部|科|室|处|工会|公司|办公室|行政方?)(?=关于)")
_ABOUT = re.compile(r"关于|就|对")
_OPINIONS = re.compile(r"(?:意见|建议|心声|诉求|呼声|想法)$")
_TAIL = re.compile(r"(?:后|等(?:文件|议案|事项|报告|材料)?|,|的情况下)$")


def adopted(ctx: Context) -> list[Finding]:
    """Return the documents and matters adopted, each as one finding."""
    found: list[Finding] = []
    for m in (m for bounds in around(ctx.view, _PASSES) for m in _ADOPT.finditer(ctx.view, *bounds)):
        if _opens(ctx.view, m.start()) and not _asked(ctx.view, m.start()):
            found += [_without_giver(ctx, item) for item in _items(ctx, m.end(), "adopts")]
    return _once(found)


def heard(ctx: Context, passed: list[Finding], people: list[Mention]) -> list[Finding]:
    """Return the reports heard, or given on a named matter by a named person; one given and adopted is not repeated."""
    found: list[Finding] = []
    for m in _HEAR.finditer(ctx.view):
        if _opens(ctx.view, m.start()) and not _asked(ctx.view, m.start()):
            found += [_by_whom(ctx, item, people) for item in _items(ctx, m.end(), "hears")]
    for m in (m for bounds in around(ctx.view, _GIVES) for m in _GIVE.finditer(ctx.view, *bounds)):
        near = any(0 <= m.start() - person.end <= _NEAR for person in people)
        if near and m[1] not in _BARE:
            found.append(ctx.finding(m.start(1), m.end(1), "reported"))
    taken = [item.value.rstrip("》") for item in passed]
    kept: list[Finding] = []
    for item in found:
        if item.rule == "reported" and (_given(item.value, taken) or _given(item.value, [k.value for k in kept])):
            continue
        kept.append(item)
    return _once(kept)


def _given(value: str, others: list[str]) -> bool:
    return any(other.endswith(value) or value.endswith(other) for other in others)


def _opens(view: str, start: int) -> bool:
    """Say whether the verb opens its clause or follows the meeting as its subject."""
    return _OPEN.search(view[max(0, start - _LONGEST_OPENING) : start]) is not None


def _asked(view: str, start: int) -> bool:
    """Say whether the clause before the verb makes it a demand or a plan and not a report."""
    clause = re.split(r"[,。;:!?\n]", view[max(0, start - 30) : start])[-1]
    return _BEFORE.search(clause) is not None


def _items(ctx: Context, start: int, rule: str) -> list[Finding]:
    """Return the objects of the verb that ends at `start`, up to the end of the clause; titles may hold commas."""
    end = start
    while end < len(ctx.view):
        title = _TITLE.match(ctx.view, end)
        if title:
            end = title.end()
        elif _STOP.match(ctx.view, end):
            break
        else:
            end += 1
    items = [item for item in _split(ctx, start, end, rule) if len(item.value) >= 3]
    return [] if rule == "hears" and items and _OPINIONS.search(items[-1].value) else items


def _split(ctx: Context, start: int, end: int, rule: str) -> list[Finding]:
    found: list[Finding] = []
    at = start
    masked = _TITLE.sub(
        lambda t: "《" + "·" * (len(t[0]) - 2) + ("》" if t[0][-1] == "》" else ")"), ctx.view[start:end]
    )
    for m in [*_SPLIT.finditer(masked), None]:
        stop = start + m.start() if m else end
        words = ctx.view[at:stop]
        lead = len(words) - len(words.lstrip(" 、和及"))
        tail = _TAIL.search(words)
        stop -= len(words) - tail.start() if tail else 0
        if at + lead < stop:
            found.append(ctx.finding(at + lead, stop, rule))
        at = start + m.end() if m else end
    return found


def _without_giver(ctx: Context, item: Finding) -> Finding:
    """Return what was adopted without the person who gave it (甲所作的题为《…》的报告)."""
    cut = _GIVER.match(ctx.view, item.span.start, item.span.end)
    return ctx.finding(cut.end(), item.span.end, item.rule) if cut else item


def _by_whom(ctx: Context, item: Finding, people: list[Mention]) -> Finding:
    """Return what was heard without the person who gave it; a body in whose name it was given stays."""
    words = ctx.view[item.span.start : item.span.end]
    cut = _BY_BODY.match(words) or _BY_PERSON.match(words) or _OF_BODY.match(words)
    if cut is not None:
        return ctx.finding(item.span.start + cut.end(), item.span.end, item.rule)
    inside = [person for person in people if item.span.start < person.end < item.span.end]
    if inside and _ABOUT.match(ctx.view, inside[-1].end):
        return ctx.finding(inside[-1].end, item.span.end, item.rule)
    return item


def _once(found: list[Finding]) -> list[Finding]:
    return list({item.value: item for item in reversed(found)}.values())[::-1]
