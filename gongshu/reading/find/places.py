"""Where the meeting was held."""

import re

from gongshu.reading.find.context import Context
from gongshu.reading.model import Finding, Span

_HELD = (
    r"(?:隆重|胜利|顺利|圆满|正式|如期|成功|同步|集中|组织|主持)?(?:召开|举行|举办|开幕(?![式词会辞])"
    r"|闭幕(?![式词会辞])|开班(?!式)|召集|开(?=[^,。;展]{2,20}(?:会|会议|大会)[,。]))"
)
_IN = re.compile(rf"(?:在|于)(?P<place>[^,。;:!?\n《》“”]{{2,40}}?)(?:以[^,。;]{{2,20}}(?:形式|方式))?{_HELD}")
_LABEL = re.compile(
    r"^[ \t]*(?:[一二三四五六七八九十\d]{1,2}[、.]|\([一二三四五六七八九十\d]\))?\s*(?:会议|培训|活动|报到"
    r"|举办|比赛|开会)?\s*(?:地\s*点|会\s*场|主会场)(?:设在|及[^::]{1,8})?\s*(?:[::]\s*"
    r"|\n\s*)(?P<place>[^,。;\n]{2,40})",
    re.MULTILINE,
)
_IN_CAPITAL = re.compile(r"在(京)(?:隆重|胜利|顺利|正式)?(?:召开|举行|开幕|闭幕)")
_AT = re.compile(r"主会场设在(?P<place>[^,。;\n]{2,40})|会议地点(?:定在|设在|在|为)(?P<other>[^,。;\n]{2,40})")
_NOT_A_PLACE = re.compile(
    r"(?:这里$|此地$|^此$|此处$|一起$|基础上|形势下|之际|期间|领导下|背景下|同时|以来|情况下|上午|下午"
    r"|\d日|此次|今天|过程中|日前|^.{0,4}年|线上$|^全[省市县区]|范围内|会议上|会上$|之前|之后|大会$|会议$"
    r"|仪式$|[年月周天日期]内$|行业$|领域$|方面$|系统$|环节$|过程$)"
)
_ROOM = re.compile(r"^(?:[一二三四五六七八九十\d]{1,2}(?:楼|层|号楼)|多功能厅|大会议室|小会议室|会议室|报告厅|礼堂)")
_ADDRESS = re.compile(r"\([^()]*[路街号][^()]*\)?$")
_SITE = re.compile(r"(公司|集团|医院|学校|大学|学院|厂|矿)$")


def place(ctx: Context, holder: Span | None) -> Finding | None:
    """Return the place; a bare room in a company is given with 公司 before it. `holder` is the body that met."""
    label = _LABEL.search(ctx.view)
    if label:
        return ctx.finding(*_trimmed(label), "place-label")
    for span in (*ctx.opening, *ctx.titles):
        for m in _IN.finditer(ctx.view, span.start, span.end):
            start, end = _last_in(m)
            if not _NOT_A_PLACE.search(ctx.view[start:end]):
                return _at_site(ctx, ctx.finding(start, end, "place-held"), holder)
    capital = _IN_CAPITAL.search(ctx.view)
    if capital:
        return Finding("北京" if "北京" in ctx.view else "京", Span(*capital.span(1)), "place-capital")
    main = _AT.search(ctx.view)
    return ctx.finding(*main.span("place" if main["place"] else "other"), "place-main") if main else None


def _last_in(m: re.Match[str]) -> tuple[int, int]:
    """Return the place without an earlier 在 caught in it."""
    start, end = m.span("place")
    inner = max(
        m["place"].rfind("日在"),
        m["place"].rfind("今天在"),
        m["place"].rfind("午在"),
        m["place"].rfind("议在"),
        m["place"].rfind("会在"),
    )
    return (start + inner + (3 if m["place"][inner:].startswith("今天") else 2), end) if inner >= 0 else (start, end)


def _trimmed(m: re.Match[str]) -> tuple[int, int]:
    start = m.start("place")
    return start, start + len(_ADDRESS.sub("", m["place"]).rstrip())


def _at_site(ctx: Context, found: Finding, holder: Span | None) -> Finding:
    site = _SITE.search(holder.of(ctx.view)) if holder else None
    if site is None or not _ROOM.match(found.value):
        return found
    return Finding(site[1] + found.value, found.span, "place-in-company")
