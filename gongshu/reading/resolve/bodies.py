"""The body that held the meeting or gave out the document."""

import re

from gongshu.reading.find.context import Context
from gongshu.reading.find.titles import Named
from gongshu.reading.lexicons import alternation
from gongshu.reading.model import Finding

_BODY_END = f"(?:{alternation('body_ends')})"
_OF_NAME = re.compile(
    rf"(?P<body>[^,。;:“”《》\n]{{0,40}}?{_BODY_END}(?:(?:、|与|和"
    rf"|及)[^,。;:“”《》\n]{{0,30}}?{_BODY_END})?)(?!总?工会|机关工会|党委)(?=第|\d{{4}}"
    rf"|[一二三四五六七八九十百]{{1,3}}届|召开|举行|举办|工作会|工作会议|全体|全委|年度|党组|系统|经费审查"
    rf"|经审|女职工|[一-鿿]{{0,12}}(?:会议|大会|推进会|座谈会|部署会|全会))"
)
_OF_SESSION = re.compile(
    rf"(?P<body>[^,。;:“”《》、暨\n]{{0,30}}?(?:{_BODY_END}|[厂矿局院处段校社]))(?=第?[一二三四五六七八九十百×*Xx]{{1,3}}届)"
)
_HOST = re.compile(r"(?:由|[,。\n]由?)(?P<body>(?!由)[^,。;:\n]{3,60}?)(?:共同|联合)?(?:主办|举办|召开|召集)")
_HOST_LABEL = re.compile(r"主办(?:单位|方)\s*[::]\s*(?P<body>[^,。;\n]{3,60})")
_SIGNED = re.compile(rf"[^,。;:\n\t]{{2,40}}(?:工会|{_BODY_END}|办公室|工委|部|领导小组)(?:\([^()]+\))?")
_ISSUER = re.compile(
    rf"^(?P<body>[^,。;:《》\n\d]{{2,30}}?(?:办公室)?{_BODY_END}(?:办公室|党组)?)(?=关于|\d{{4}}"
    rf"|[一二三四五六七八九十〇零]{{4}}年|印发|年度|工作|文件|通知|“|重点|第|20)"
)
_PLACEHOLDER = re.compile(
    r"[×*✕╳]|[Xx]{1,5}|○○|__|某|^全[省市县区州](?!.{0,12}(?:总工会|工会联合会))|^全国(?:各级)?工会$|^各|^我[省市县区]|^(?:部分|有关|相关|所属|基层)"
)
_SESSION = re.compile(r"(?:第|\d{4}年|[一二三四五六七八九十]{1,3}届)")
_FILLED_BY = re.compile(
    r"^[ \t]*(?:填报|制表|编制|报送|申报)?单位(?:名称)?(?:\((?:盖章|公章|章)\))?:[ \t]*"
    rf"(?P<body>[^,。;:\s]{{2,30}}?{_BODY_END})(?=\s|$)",
    re.MULTILINE,
)
_PARTY = re.compile(r"[^,。;:\n]{0,8}?[省市县区州旗]委(?=工会工作|群团)")
_YEAR = re.compile(r"\d{4}年度?")
_NOBODY = re.compile(r"(?:会员|职工)?(?:总?工会|工会委员会)")
_UNION = re.compile(r"工会$|总工会$")


def organizer(ctx: Context, named: Named | None, doc_type: str) -> Finding | None:
    """Return the body that met, the host, or for a notice or plan without a meeting the body that signed it."""
    found = _of_meeting(ctx, named) if named else _of_paper(ctx, doc_type)
    return None if found is None or _PLACEHOLDER.search(found.value) else found


def _of_meeting(ctx: Context, named: Named) -> Finding | None:
    name = named.name
    words = ctx.words(name.span)
    party = _PARTY.match(words)
    if party:
        return ctx.finding(name.span.start, name.span.start + party.end(), "organizer-in-name")
    parts = _parts(words)
    found = [
        m for start in parts if (m := _OF_SESSION.match(words, start) or _OF_NAME.match(words, start)) and m["body"]
    ]
    found = [m for m in found if not (_PLACEHOLDER.search(m["body"]) or _NOBODY.fullmatch(m["body"]))]
    if found:
        best = next((m for m in found if m["body"].endswith("总工会")), found[0])
        start, end = best.span("body")
        return ctx.finding(name.span.start + start, name.span.start + end, "organizer-in-name")
    if named.holder is not None:
        return ctx.finding(named.holder.start, named.holder.end, "organizer-holds")
    label = _HOST_LABEL.search(ctx.view)
    if label:
        return ctx.finding(*label.span("body"), "organizer-label")
    for span in ctx.opening:
        host = _HOST.search(ctx.view, span.start, span.end)
        if host and _UNION.search(host["body"]):
            return ctx.finding(*host.span("body"), "organizer-host")
    return None


def _parts(words: str) -> list[int]:
    """Return where the names of the meetings held as one begin (…工作会议暨…全委会), each after its year."""
    starts = [0, *(one.end() for one in re.finditer("暨", words))]
    starts = [start + len(year[0]) if (year := _YEAR.match(words, start)) else start for start in starts]
    return [start for start in starts if not _SESSION.match(words, start)]


def _of_paper(ctx: Context, doc_type: str) -> Finding | None:
    """Return the body in the title of a notice or plan, else the one in its last short lines."""
    if doc_type not in {"notice", "plan"}:
        return None
    for span in ctx.titles:
        m = _ISSUER.match(ctx.words(span).lstrip())
        if m:
            lead = len(ctx.words(span)) - len(ctx.words(span).lstrip())
            return ctx.finding(span.start + lead, span.start + lead + m.end("body"), "issuer-in-title")
    told = _FILLED_BY.search(ctx.view)
    if told:
        return ctx.finding(*told.span("body"), "issuer-label")
    for block in reversed(ctx.page.blocks):
        words = ctx.words(block.span).strip()
        if block.kind == "body" and _SIGNED.fullmatch(words):
            lead = len(ctx.words(block.span)) - len(ctx.words(block.span).lstrip())
            return ctx.finding(block.span.start + lead, block.span.start + lead + len(words), "issuer-signed")
    return None
