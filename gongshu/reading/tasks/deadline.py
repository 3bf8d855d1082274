"""By when: a date, an end of month, a period, or a rhythm, as it stands in the text."""

import re

from gongshu.reading.model import Finding, Span

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?:20\d\d|二〇[一二三四五六七八九〇]{2})年|今年|明年|本年度?|当年)?"
_PART = rf"(?:{_N}[日号]|底|末|初|中旬|上旬|下旬|中|份)"
_EVE = r"(?:春节|元旦|清明|五一|“五一”|劳动节|端午|中秋|国庆|“?七一”?|“?十一”?|两节|“两节”|节|会|高温季|入冬|汛期|暑期|开学|年)"
_UNTIL = r"(?:之前|以前|前|内|止)"

_DATED = re.compile(
    rf"{_YEAR}{_N}月(?:{_PART})?(?:[(（][^()（）]{{1,6}}[)）])?(?:上午|下午|中午|下班)?(?:\d{{1,2}}[:：时点]\d{{0,2}}分?)?(?:下班)?{_UNTIL}"
    rf"|{_YEAR}(?:每)?(?:年底|年末|月底|月末|季度末|[一二三四]季度(?:末|底|内)?|上半年|下半年)(?:{_UNTIL})?"
    rf"|每周[一二三四五六日](?:{_UNTIL})?|每(?:年|月|季度?|周){_N}[日月号](?:{_N}[日号]|底)?(?:{_UNTIL})?"
    rf"|(?<![\d年月]){_N}[日号](?:上午|下午|下班)?{_UNTIL}"
    rf"|到?20\d\d年(?:底|末)?{_UNTIL}|到20\d\d年(?:底|末)?"
    rf"|(?:{_N}|两|半)个?(?:工作日|月|年|周|天|日|小时)(?:之内|以内|内)"
    rf"|{_EVE}(?:前夕|之前|前)(?!提|列|沿|期|进|行|往)"
    rf"|(?:年内|本月内|本周内|月内|近期|即日起|本周[一二三四五六日]?前?|下周[一二三四五六日]?前?)"
    rf"|提前{_N}(?:分钟|天|个工作日|小时|周)"
)
_RHYTHM = re.compile(r"全年|每半年|每年度?|每季度?|每月|每周|每旬|常年|长期")
_FIXED = re.compile(
    rf"(?:定于|拟于|于|在|到|至){_YEAR}(?P<when>{_N}月(?:{_PART})?|[一二三四]季度|上半年|下半年)(?!以来|以后|召开的)"
)
_LIGHT = (
    r"(?:前|内)?(?:全部|全面|基本|正式|统一|分别|如期|按时|集中)?"
    r"(?:完成|结束|到位|完毕|建成|投用|投入使用|启用|挂牌|运行|挂牌运行|见效|收尾|落实到位|落地|验收|交付|兑现|上线|运营|开工|启动|实施|"
    r"完工|竣工|举行|进行|召开|开赛|办结|清零|达标|报送?[^,，]{0,14}|上报[^,，]{0,12}|送[^,，]{0,10}|反馈[^,，]{0,10}|发放到位|付清|结清|销号)"
    r"(?:完毕|到位|使用|运行|投用|任务|验收)?$"
)
_TAIL = re.compile(rf"^(?:[^,，]{{0,6}}(?:定|拟))?(?:并|均|须|应|要|请|力争|确保|务必|在|于|到)*(?P<when>{_DATED.pattern}){_LIGHT}")
_SET = re.compile(rf"^[^,，]{{0,8}}(?:定于|拟于)(?P<when>[^,，]{{2,14}}?)(?:举行|召开|进行|开赛|举办|启动|完成)$")
_ALONE = re.compile(rf"^(?:力争|确保|要|在|于|到|截至)?(?P<when>{_DATED.pattern}|全年|每年|每月|每季度)$")


_TIME_WORD = re.compile("[年月日号周季节内前旬度底末期]")
_LEADING = re.compile(rf"(?:{_YEAR}{_N}月(?:份|上旬|中旬|下旬)?)(?:(?:至|到|—|-|～|~){_N}月(?:份|底)?)?(?=[\u4e00-\u9fff])(?![底末初中份日号至到之以前内])")


def deadline_in(text: str, span: Span) -> Finding | None:
    """Return the deadline that stands in a stretch: a date before a rhythm (全年, 每年)."""
    leading = _LEADING.match(text, span.start, span.end)
    if leading:
        return Finding(leading.group(), Span(*leading.span()), "deadline.leading")
    if not _TIME_WORD.search(text, span.start, span.end):
        return None
    for rule, pattern in (("deadline.date", _DATED), ("deadline.rhythm", _RHYTHM), ("deadline.fixed", _FIXED)):
        found = pattern.search(text, span.start, span.end)
        if found:
            part = "when" if rule == "deadline.fixed" else 0
            return Finding(found[part], Span(*found.span(part)), rule)
    return None


def _whole(pattern: re.Pattern[str], rule: str, text: str, span: Span) -> Finding | None:
    words = text[span.start : span.end]
    found = pattern.match(words) if _TIME_WORD.search(words) else None
    if found is None:
        return None
    where = Span(span.start + found.start("when"), span.start + found.end("when"))
    return Finding(where.of(text), where, rule)


def deadline_tail(text: str, span: Span) -> Finding | None:
    """Return the deadline of a clause that says nothing but by when the work before it ends (4月底前完成)."""
    return _whole(_TAIL, "deadline.tail", text, span) or _whole(_SET, "deadline.tail", text, span)


def deadline_alone(text: str, span: Span) -> Finding | None:
    """Return the deadline when the clause is nothing else (年底前，…)."""
    return _whole(_ALONE, "deadline.alone", text, span)
