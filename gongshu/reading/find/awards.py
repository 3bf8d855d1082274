"""Honours given, with who received them or how many did."""

import re

from gongshu.reading.find.context import Context
from gongshu.reading.find.windows import around
from gongshu.reading.model import Finding, Span

_HONOUR = (
    r"(?:“[^“”\n]{2,40}”(?:和“[^“”\n]{2,40}”)?(?:荣誉)?(?:称号|奖章|奖状|奖)?|[^,。;、“”\n]{2,24}(?:称号"
    r"|奖章|奖状|劳动奖|先锋号|示范岗|优秀组织奖)|(?:团体|个人)?[特一二三]等奖)"
)
_WON = re.compile(
    rf"(?:(?<=[,。;:!?\n、])|^)(?P<who>[^,。;:!?\n]{{2,60}}?)(?:分别)?(?:被)?(?:荣获|获得|获评|获颁|荣膺"
    rf"|获授|获|授予|评为|命名为|评选为|表彰为|聘为|聘任为|确定为|认定为)(?:了|为)?(?P<what>{_HONOUR})",
    re.MULTILINE,
)
_GRANT = re.compile(
    r"(?:授予|追授|命名|认定|表彰)(?P<who>[^,。;!?\n“”]{2,60}?)(?:为"
    r"|以)?(?P<what>“[^“”\n]{2,40}”)(?:荣誉)?(?:称号)?"
)
_TELLS = re.compile(r"获|荣膺|授|命名|认定|确定为|聘[任为]|评为|评选为|表[彰扬]|颁|奖励")
_OF = re.compile(
    r"(?:获得|荣获|获评|获)(?P<what>“[^“”\n]{2,40}”|[^,。;、“”《》\n]{2,20}(?:称号|奖章|奖状|先锋号))(?:荣誉)?(?:称号)?的"
    r"(?P<who>\d+余?(?:家|名|个|位)(?:先进)?(?:单位|集体|同志|个人|班组|企业|职工|劳动者|车间|科室|代表)?)"
)
_GRANT_PLAIN = re.compile(
    r"(?:授予|追授)(?P<who>\d+余?[名个家位](?:单位|集体|同志|个人|职工|班组|企业|人)?|[^,。;!?\n“”]{2,40}?等\d+[名个家位人]"
    r"(?:单位|集体|同志|个人|职工|班组|企业|人)?)(?P<what>[^,。;、“”《》\n]{2,18}?(?:奖状|奖章|先锋号|称号))"
)
_MORE = re.compile(
    r"(?:荣誉)?(?:称号)?[、,和](?P<who>[^,。;!?\n“”、]{2,40}?)(?P<what>“[^“”\n]{2,40}”)(?:荣誉)?(?:称号)?"
)
_NOBODY = re.compile(
    r"(?:为|对|向)?(?:(?:20)?\d\d年度?)?(?:全[省市县区州]|公司)?(?:上述|以上)?(?:获奖|受表彰的?|先进|优秀|荣获称号的?)(?:单位|集体|个人|者|代表|选手|和|、|先进|优秀)*(?:代表)?"
)
_PRAISED = re.compile(
    r"(?:对|为|向)(?P<who>[^,。;!?\n]{4,120}?)(?:进行(?:了)?(?:表彰|表扬|颁奖|授牌|授旗|通报表扬|通报表彰"
    r"|奖励)|(?:颁奖|授牌|授旗|颁发(?:了)?(?:奖牌|证书|奖章|荣誉证书)|授予奖牌)|予以(?:了)?(?:表彰|表扬"
    r"|通报表扬))"
)
_HONOURED = re.compile(
    r"(?:^|(?<=[,。;\n])|(?<=会议)|(?<=大会)|(?<=还)|(?<=会上))(?:隆重|集中|通报)?(?:表彰|表扬"
    r"|通报表彰)了(?P<who>[^。;!?\n]{4,120}?)(?=[。;!?\n]|,(?!\d))"
)
_PAIR = re.compile(r"(?P<who>[^、“”]{2,40}?)(?:等)?(?:荣获|获得|获)?(?P<what>“[^“”]{2,40}”)(?:称号|荣誉称号)?")
_SEVERAL = re.compile(
    r"、(?=[^、“”]{2,40}“)|(?<=”)和(?=[^、“”]{1,40}“)|和(?=[^、“”和]{2,20}等\d+余?[名个家位件项篇]“)|(?:、|和)(?=\d+余?[名个家位])|(?<=[个集][体人])(?:、|和)(?=[^、和]{2,20}等\d)"
)
_SINCE = re.compile(r"^[^,。“”]{2,16}(?:以来|期间|年度)的?(?=“|\d)")
_LEAD = re.compile(r"^(?:会议|大会|会上|还|并|决定|其中|同时|分别|对|为|向|荣获|获得|获(?!奖)|荣膺|共有|有|一批)+")
_COUNT = re.compile(
    r"\d+|队$|公司$|医院$|学校$|[一二三四五六七八九十百]+(?:个|名|家|人)|等|获得者|集体|个人|代表|班组|职工|单位|“"
)
_MEETING = re.compile("暨|主持词|议程")
_BODY = re.compile("(?:班|队|组|车间|工段|公司|医院|学校|工会|集团|中心|厂|矿|站|所|局|处|科)$")
_OF_YEARS = re.compile(r"年来|以来|过去[一二三四五]|回顾")
_DONE_BEFORE = re.compile(r"要|争取|力争|近年|曾|年来|累计|先后|已有|评选|推荐|申报|年度计划")
_KEY = re.compile(r"(?P<count>\d+余?[名个家位]).*(?P<what>“[^“”]+”)")
_CLAUSE = re.compile(r"[。;!?\n]")


def awards(ctx: Context) -> list[Finding]:
    """Return the honours with their receivers, each once, in the order of the text."""
    found: list[Finding] = []
    taken: list[Span] = []
    places = list(around(ctx.view, _TELLS))
    for rule, pattern in (
        ("receivers", _OF),
        ("praised", _PRAISED),
        ("honoured", _HONOURED),
        ("granted", _GRANT),
        ("granted", _GRANT_PLAIN),
        ("won", _WON),
    ):
        for m in (m for bounds in places for m in pattern.finditer(ctx.view, *bounds)):
            span = Span(*m.span())
            if any(span.start < other.end and other.start < span.end for other in taken):
                continue
            items = _items(m, rule) if not _past(ctx.view, m) else []
            if items and rule == "granted":
                items += _more(ctx.view, m.end())
            if items:
                taken += [span, Span(items[-1][1], items[-1][2])]
                found += [Finding(value, Span(start, end), rule) for value, start, end in items]
    return sorted(_once(found), key=lambda item: item.span.start)


def _once(found: list[Finding]) -> list[Finding]:
    """Return the honours without those that another, longer one names with the same number (12家“…之家”)."""
    kept: list[Finding] = []
    for item in found:
        key = _KEY.search(item.value)
        others = [other.value for other in found if other is not item]
        same = [other for other in others if key and key["count"] in other and key["what"] in other]
        if not any("等" in other and "等" not in item.value for other in same):
            kept.append(item)
    return kept


def _past(view: str, m: re.Match[str]) -> bool:
    """Say whether the clause tells of work to do or of results of years, not of an honour given here."""
    clause = _CLAUSE.split(view[max(0, m.start() - 24) : m.start("who")])[-1]
    sentence = view[max(view.rfind("。", 0, m.start()), view.rfind("\n", 0, m.start())) + 1 : m.start("who")]
    told = _DONE_BEFORE.search(clause) or _DONE_BEFORE.match(m["who"]) or _OF_YEARS.search(sentence)
    return told is not None


def _more(view: str, at: int) -> list[tuple[str, int, int]]:
    """Return the pairs that share a verb with the one before: 授予甲“…”称号、乙“…”称号."""
    found: list[tuple[str, int, int]] = []
    while (m := _MORE.match(view, at)) and not re.search(r"[授荣获评命]", m["who"]):
        found.append((_join(m["who"], m["what"]), m.start("who"), m.end("what")))
        at = m.end()
    return found


def _items(m: re.Match[str], rule: str) -> list[tuple[str, int, int]]:
    if rule in {"won", "granted", "receivers"}:
        who = _LEAD.sub("", m["who"]).strip()
        if not who or "《" in who or not (_COUNT.search(who + m["what"]) or _BODY.search(who)):
            return []
        return [(_join(who, m["what"]), min(m.start("who"), m.start("what")), max(m.end("who"), m.end("what")))]
    return _praised(m)


def _praised(m: re.Match[str]) -> list[tuple[str, int, int]]:
    """Return the pairs in 对甲“先进车间”、乙“优胜班组”进行表彰; without pairs the whole object."""
    whole = m["who"]
    if not _COUNT.search(whole) or _NOBODY.fullmatch(whole) or _MEETING.search(whole):
        return []
    parts: list[tuple[str, int, int]] = []
    at = 0
    for cut in [*_SEVERAL.finditer(whole), None]:
        stop = cut.start() if cut else len(whole)
        part = whole[at:stop]
        part = _SINCE.sub("", part)
        pair = _PAIR.fullmatch(part)
        words = _join(pair["who"], pair["what"]) if pair else _LEAD.sub("", part)
        parts.append((words, m.start("who") + at, m.start("who") + stop))
        at = cut.end() if cut else stop
    return parts


def _join(who: str, what: str) -> str:
    """Return receiver and honour as one phrase; a bare 等 before the honour says nothing."""
    who = who.removesuffix("等") if not re.search(r"等\d", who) else who
    return f"{who}{re.sub(r'(?<=”)(?:荣誉)?称号$', '', what)}"
