"""What the meeting is called: the longest form that the page gives, and what kind of meeting that is."""

import re
from dataclasses import dataclass

from gongshu.reading.find.context import Context
from gongshu.reading.lexicons import table
from gongshu.reading.model import Finding, Span

_NOUN = (
    r"(?:代表大会|会员大会|职工大会|全委\(扩大\)会议|全委会\(扩大\)会议|全会\(扩大\)|\(扩大\)会议|全体会议"
    r"|工作会议|联席会议|扩大会议|电视电话会议|视频会议|专题会议|推进会议|会议|全委会|执委会|常委会|全会|"
    r"座谈会|推进会|观摩会|现场会|调度会|部署会|动员会|启动会|启动仪式|表彰会|表彰大会|总结会|交流会"
    r"|述职会|恳谈会|报告会|研讨会|论坛|务虚会|培训班|培训会|年会|例会|职代会|工代会|茶话会|协商会|联席会"
    r"|工作会|动员大会|大会|"
    r"开班式|开班仪式|签约仪式|揭牌仪式|颁奖仪式|授牌仪式|发布会|总结表彰会|见面会|对接会|评审会"
    r"|民主生活会|宣讲会|宣讲报告会|分享会|约谈会|碰头会|汇报会|通报会|仪式)"
)
_BODY = r"[^,。;!?\n:《》]"
_HELD = (
    r"(?:(?:今天|昨天|今日|昨日|日前|近日|上午|下午|隆重|胜利|顺利|圆满|正式|如期"
    r"|\d{1,2}月\d{1,2}日(?:至\d{1,2}日)?(?:上午|下午|晚上?|晚)?|(?:以|采取|采用|通过)[^,。;]{2,24}(?:形式"
    r"|方式)|在[^,。;]{1,40}?)[,]?){0,4}(?:召开|举行|举办|开幕(?![式词会辞])|闭幕(?![式词会辞])|开班(?!式)"
    r"|现在开[会始幕]|开[会幕]了|落下帷幕|拉开帷幕)"
)
_NAME_HELD = re.compile(rf"(?P<name>{_BODY}{{2,90}}?{_NOUN}){_HELD}")
_HELD_NAME = re.compile(
    rf"(?P<who>{_BODY}{{0,80}}?)(?:决定|拟|定于[^,。;]{{2,20}}|联合|共同|组织|主持|(?:在"
    rf"|于)[^,。;]{{2,40}}?|今天|昨天|隆重|胜利|顺利|\d{{1,2}}月\d{{1,2}}日|以视频(?:会议)?(?:形式|方式)"
    rf"|日前|近日)*(?:召开|举行|举办|(?<![召展公离分])开(?![展会]))(?:了)?(?P<name>{_BODY}{{2,90}}{_NOUN})(?=[,。;!?\n《]|$|的通知|通知"
    rf"|时|上|,)"
)
_SPEECH = re.compile(
    rf"(?:在|于)(?P<name>{_BODY}{{2,80}}?{_NOUN})(?:开幕式|闭幕式|开幕会|闭幕会"
    rf"|第一次全体会议)?(?:上)?(?:的)?(?:讲话|致辞|致词|发言|主持词|开幕词|闭幕词|总结讲话|工作报告|报告"
    rf"|讲话稿|主持讲话|主持稿|表态发言|交流发言|动员讲话|贺词|祝词|提纲)"
)
_SCRIPT = re.compile(
    rf"^(?P<name>{_BODY}{{2,80}}?{_NOUN})(?:开幕式|闭幕式)?(?:的)?(?:主持词|主持稿|讲话稿?|致辞|开幕词"
    rf"|闭幕词|纪要|会议纪要|记录|议程|方案|筹备方案|通知|简报|综述|侧记|发言提纲|发言稿?|工作报告|闭幕讲话"
    rf"|祝词|贺词)$",
    re.MULTILINE,
)
_NOTICE = re.compile(
    rf"(?:召开|举行|举办|参加)(?P<name>{_BODY}{{2,80}}?{_NOUN})的(?:(?:预备)?(?:通知|函|公告|方案)|\s*$)"
)
_TITLE_ONLY = re.compile(
    rf"^(?P<name>{_BODY}{{2,70}}{_NOUN})(?:隆重|胜利|顺利|圆满)?(?:召开|举行|举办|开幕|闭幕|开班|落幕)?"
    rf"(?:(?<=会)(?:提出|要求|强调|部署|明确|敲定|确定|决定)[^,。]{{2,30}})?$",
    re.MULTILINE,
)
_OPENING = re.compile(
    rf"(?:我们|今天|现在|这次|本次|此次|召开|参加|出席)(?:在这里|在此|上午|下午|隆重|的是|,)*(?:召开|举行"
    rf"|举办)?(?:的)?(?P<name>{_BODY}{{2,80}}?{_NOUN})"
)
_SUBJECT = re.compile(
    rf"^(?P<name>{_BODY}{{2,80}}?{_NOUN}),?(?:经过|在|今天|今日|现在|圆满|即将|就要|是|历时|为期|到此|已"
    rf"|各项议程)"
)
_SPOKEN = re.compile(r"讲话|[辞词]|发言|报告|提纲|主持稿|纪要|记录|议程|方案|通知|简报|综述|侧记")
_ANYTHING = re.compile(r"[会坛班式]")
_NEEDS = {
    _NAME_HELD: re.compile(_NOUN + _HELD),
    _HELD_NAME: re.compile(rf"(?:召开|举行|举办|(?<![召展公离分])开(?![展会]))了?{_BODY}{{2,90}}{_NOUN}"),
    _NOTICE: re.compile(r"的(?:(?:预备)?(?:通知|函|公告|方案)|\s*$)"),
    _SPEECH: _SPOKEN,
    _SCRIPT: _SPOKEN,
    _TITLE_ONLY: _ANYTHING,
    _OPENING: _ANYTHING,
    _SUBJECT: _ANYTHING,
}
_ELSEWHERE = re.compile(r"迎接|开好|精神|筹备|学习贯彻|传达|关于召开|届时|即将|将于|去年|上次")
_TO_COME = re.compile(r"(?:[底月日旬]|季度|年|会|节)前$|^(?:[上下]半年|每[年月季])")
_DATE = re.compile(
    r"^.*?(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:至\d{1,2}日|-\d{1,2}日)?(?:\([^()]{1,8}\))?(?:上午|下午|晚上|晚)?"
)
_LEAD = re.compile(
    r"^(?:同志们|各位代表|各位委员|各位领导|今天|昨天|昨日|今日|日前|近日|近期|上午|下午|当天|我们|现在"
    r"|由[^,。]{2,60}?(?:[主承协]办|举办|召开)的|为期[^,。]{1,6}的|召开的?|举行的?|参加|出席|这次|本次|此次|的"
    r"|了|,|:|“(?=[^”]*$)|《(?=[^》]*$)|在此|在这里|隆重|——|—|[ ·])+"
)
_SESSION = re.compile(r"^(?:第?[一二三四五六七八九十百\d×*X]{1,4}届|第[一二三四五六七八九十\d×]{1,4}[次季期])")
_VAGUE = frozenset(
    [
        "会议",
        "大会",
        "全会",
        "工作会议",
        "工作会",
        "座谈会",
        "这次会议",
        "本次会议",
        "此次会议",
        "代表大会",
        "工会会议",
        "重要会议",
        "专题会议",
        "推进会",
        "培训班",
        "现场会",
        "仪式",
        "本次大会",
        "这次大会",
        "次大会",
        "次会议",
        "联席会议",
        "一次会议",
        "工会工作会议",
        "动员会",
        "部署会",
        "表彰大会",
        "论坛",
        "今天的会议",
        "全体会议",
    ]
)
_ORG_END = re.compile(
    r"(?:总工会|工会|工会联合会|工会委员会|工委|[省市县区州旗]委|公司|集团|医院|学校|大学|学院|局|政府|委员会|党委|厂|矿"
    r"|办公室|联合会|中心|协会|银行|部|厅|院|所|处|街道|镇|乡|县|市|区|省|州)$"
)
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a meeting, where it stands, and where the body that held it is named, if it is."""

    name: Finding
    holder: Span | None
    others: tuple[str, ...] = ()


def meeting_name(ctx: Context) -> Named | None:
    """Return the longest form of the meeting's name; None where the text tells of no meeting."""
    found = [named for named in _candidates(ctx) if _is_name(named.name.value)]
    if not found:
        return None
    first = found[0]
    same = [named for named in found if _same(named.name.value, first.name.value)]
    best = max(same, key=lambda named: len(named.name.value))
    holder = _best_holder(ctx, best, same)
    others = tuple(named.name.value for named in same)
    return Named(_with_body(ctx, best.name, holder), holder, others)


def _best_holder(ctx: Context, best: Named, same: list[Named]) -> Span | None:
    """Return the body named with the name; one that is a union, and then the fuller one, comes first."""
    holders = [named.holder for named in (best, *same) if named.holder]
    return max(holders, key=lambda span: ("工会" in span.of(ctx.view), span.end - span.start), default=None)


def _candidates(ctx: Context) -> list[Named]:
    """Return the candidates, those of the title first, then those of the opening sentences."""
    found: list[Named] = []
    heads = [*ctx.titles, *ctx.opening]
    for n, span in enumerate(heads):
        is_title = n < len(ctx.titles)
        patterns = (
            (_SPEECH, _NOTICE, _SCRIPT, _HELD_NAME, _NAME_HELD, _TITLE_ONLY)
            if is_title
            else (_NAME_HELD, _HELD_NAME, _NOTICE)
        )
        found += _in(ctx, span, patterns)
    if not any(_is_name(named.name.value) for named in found):
        for span in ctx.opening:
            found += _in(ctx, span, (_SUBJECT, _OPENING))
    return found


def _in(ctx: Context, span: Span, patterns: tuple[re.Pattern[str], ...]) -> list[Named]:
    found: list[Named] = []
    words = ctx.words(span)
    for pattern in patterns:
        if not _NEEDS[pattern].search(words):
            continue
        for m in pattern.finditer(words):
            before = words[max(0, m.start("name") - 8) : m.start("name")]
            if pattern is _NOTICE:
                before = before.replace("关于召开", "")
            who = m.groupdict().get("who") or words[max(0, m.start() - 4) : m.start()]
            if _ELSEWHERE.search(before + m["name"][:6]) or _TO_COME.search(who):
                continue
            start, end = _trim(words, *m.span("name"))
            if end - start >= 3:
                name = ctx.finding(span.start + start, span.start + end, "meeting-name")
                found.append(Named(name, _holder(ctx, span.start, m)))
    return found


def _trim(words: str, start: int, end: int) -> tuple[int, int]:
    """Take dates and lead-in words off the front of a name."""
    name = words[start:end]
    date = _DATE.match(name)
    if date and date.end() < len(name) - 4:
        start += date.end()
    lead = _LEAD.match(words[start:end])
    if lead:
        start += lead.end()
    held = re.match(rf"{_BODY}{{0,60}}?(?:召开|举行|举办)(?:的|了)?(?={_BODY}{{3}})", words[start:end])
    if held:
        start += held.end()
    return start, end


def _holder(ctx: Context, offset: int, m: re.Match[str]) -> Span | None:
    """Return the place of the body before 召开."""
    if "who" not in m.groupdict() or not m["who"]:
        return None
    start, end = m.span("who")
    words = m["who"]
    date = _DATE.match(words)
    start += date.end() if date else 0
    lead = _LEAD.match(m.string[start:end])
    start += lead.end() if lead else 0
    words = m.string[start:end]
    in_place = re.search(r"(?:在|于)[^,。]{2,40}$", words)
    end -= len(words) - in_place.start() if in_place else 0
    return Span(offset + start, offset + end) if _ORG_END.search(m.string[start:end]) else None


def _is_name(name: str) -> bool:
    return name not in _VAGUE and len(name) >= 5 and not re.search(r"精神$|会议室|学习贯彻.{0,20}会议$", name)


def _same(a: str, b: str) -> bool:
    """Say whether two names can mean one meeting: same kind, or one's end stands in the other."""
    return kind_of(a) == kind_of(b) or a[-6:] in b or b[-6:] in a


def _with_body(ctx: Context, name: Finding, holder: Span | None) -> Finding:
    """Put the body before a name that begins with its session: 五届三次… of 某公司 held by that body."""
    if holder is None or not _SESSION.match(name.value):
        return name
    body = holder.of(ctx.page.text)
    return Finding(body + name.value, name.span, "meeting-name-with-body")


_KINDS = tuple((row["kind"], re.compile("|".join(row["patterns"]))) for row in table("kinds")["kind"])


def kind_of(name: str) -> str:
    """Return the kind of meeting a name tells of; the first that fits in the order of the labelling guide."""
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), "其他")
