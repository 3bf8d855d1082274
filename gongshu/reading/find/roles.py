"""Who chaired, who spoke and who else was named as present."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from gongshu.reading.find.context import Context
from gongshu.reading.find.people import Mention, bylines
from gongshu.reading.model import PersonFinding, Span

_CHAIR = re.compile(r"(?<!会议)主持(?!人|词|下|稿|者)")
_SPEAK = re.compile(
    r"(?<![工合操写动运创制协])作(?:了|的|过)?(?:题为)?[^,。;!?]{0,60}?(?:报告|汇报|通报|发言|讲话|说明"
    r"|总结|动员|部署|辅导|点评|述职|介绍|演讲)(?!会)"
    r"|(?<!重要)讲话(?!精神|稿|中|要求|指出)|重要讲话(?!精神)|讲话中|讲话(?:指出|要求)|发言|致(?:开幕|闭幕"
    r"|欢迎|贺|答|感谢|开闭幕)?[辞词]|致(?:以)?欢迎辞|通报(?:了|会)|通报(?=[^,。]{2,30}(?:情况|工作|进度"
    r"|进展|结果|问题))"
    r"|题为《[^《》\n]{2,60}》的[^,。;!?]{0,20}?(?:报告|讲话|发言|致辞)"
    r"|关于[^,。;!?《》]{2,40}?的(?:情况)?(?:汇报|报告|通报|说明)"
    r"|强调|指出|要求|表示|谈到|提出[^,。;]{0,12}(?:要求|意见|希望|建议)|(?<=[^小])说(?=[,:“])|认为|号召"
    r"|做(?:了)?[^,。;]{0,30}(?:报告|发言|讲话|总结|动员|部署|点评|汇报)|汇报(?:了|20|工作)|(?:介绍|交流|分享)了[^,。;]{2,60}(?:做法|经验|情况|体会)|反映了[^,。;]{2,60}|希望(?=全|各"
    r"|广|大家)|作(?:了)?(?:具体|全面|详细)?(?:安排|要求)"
)
_ATTEND = re.compile(r"出席|参加|列席|到会|莅临|应邀|见证|宣读(?!誓|完)|授课|在主席台就座")
_LISTED = re.compile(
    r"(?:(?:出席|参加|列席|莅临)(?:本次|此次|今天|这次)?(?:会议|大会|座谈会|开幕式|仪式"
    r"|活动)?(?:指导)?的(?:还)?(?:领导(?:同志|和嘉宾)?)?(?:还)?(?:有|包括|的是)?|在主席台(?:上"
    r"|前排)?就座的(?:领导)?(?:还)?有|同时(?:出席|参加)[^,。]{0,8}的有|出席领导|参会领导)\s*:?"
)
_LABEL = re.compile(
    r"^\s*(?:[一二三四五六七八九十\d]{1,2}[、.])?\s*(主\s*持(?:\s*人)?|会议主持(?:人)?|主持单位|讲话人?"
    r"|报告人|主讲人?|出\s*席(?:人员|领导)?|列\s*席(?:人员)?|参加(?:人员|领导)?|参会(?:人员|领导)?"
    r"|与会人员)\s*[::]",
    re.MULTILINE,
)
_GAP = re.compile(
    r"[^,]{0,80}|(?:出席|参加|主持|到会|应邀|代表|受|莅临|陪同)[^,]{0,40},(?:并|同时|代表|在|他|她|还|对"
    r"|就|围绕|首先|最后)?[^,]{0,50}|[^,]{0,12}(?:时|中|上|后)(?:,)?[^,]{0,12}"
)
_FREE_GAP = re.compile(
    r"(?:(?!主持|讲话|报告|致辞|强调|指出|要求|发言|通报|当选|表示|会上|活动中|[;]).){0,160}", re.DOTALL
)
_SUBJECT = re.compile(
    r"会议(?=指出|强调|要求|认为|表示|号召|提出|通报)|(?<![向在对席加持])大会|代表们|与会|大家|各单位|纷纷|各代表"
)
_JOINED = re.compile(r"(?:[、和与及]|以及|,|,以及| )*")
_TIGHT = re.compile(r"(?:[、和与及]|以及)*")
_APART = re.compile(r"分别|先后|依次")
_SCRIPT = re.compile(r"主持[词稿]|主持讲话")
_SPEECH = re.compile(r"讲话|致[辞词]|发言|报告|开幕词|闭幕词|贺词|述职")
_OUTSIDERS = frozenset({"习近平", "毛泽东", "邓小平", "江泽民", "胡锦涛", "马克思", "列宁"})


@dataclass(slots=True)
class Roles:
    """The persons in each role, in the order they are named."""

    chair: list[PersonFinding]
    speakers: list[PersonFinding]
    present: list[PersonFinding]


class Cast:
    """The persons of a page: gives each the fullest title the page knows for them."""

    def __init__(self, ctx: Context, found: Iterable[Mention]) -> None:
        self.ctx = ctx
        self.mentions = [mention for mention in found if mention.name not in _OUTSIDERS]
        self._starts = [mention.start for mention in self.mentions]
        self._titles: dict[str, str] = {}
        for mention in self.mentions:
            if mention.title and len(mention.title) > len(self._titles.get(mention.name, "")):
                self._titles[mention.name] = mention.title

    def person(self, mention: Mention, rule: str) -> PersonFinding:
        """Return a mention as a finding."""
        title = self._titles.get(mention.name)
        return PersonFinding(mention.name, title, Span(mention.start, mention.end), rule)

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions inside a span."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [m for m in self.mentions[first:last] if m.end <= span.end]


def roles(cast: Cast) -> Roles:
    """Return chair, speakers and others present."""
    chair: list[PersonFinding] = []
    speakers: list[PersonFinding] = []
    present: list[PersonFinding] = []
    for sentence in cast.ctx.sentences:
        inside = cast.within(sentence)
        if inside:
            chair += _chairs(cast, sentence, inside)
            speakers += _actors(cast, sentence, inside, _SPEAK, "speaks")
            present += _actors(cast, sentence, inside, _ATTEND, "attends") + _listed(cast, sentence, inside)
    _labelled(cast, chair, speakers, present)
    _signed(cast, chair, speakers)
    acting = {person.name for person in chair + speakers}
    return Roles(_once(chair), _once(speakers), [p for p in _once(present) if p.name not in acting])


def _signed(cast: Cast, chair: list[PersonFinding], speakers: list[PersonFinding]) -> None:
    """Add the person under the heading of a speech as speaker, under that of a host's script as chair."""
    heading = "\n".join(cast.ctx.words(span) for span in cast.ctx.titles)
    into = chair if _SCRIPT.search(heading) else speakers if _SPEECH.search(heading) else None
    places = {span.start for span in bylines(cast.ctx)}
    if into is not None:
        into += [cast.person(mention, "byline") for mention in cast.mentions if mention.start in places]


def _once(people: list[PersonFinding]) -> list[PersonFinding]:
    return list({person.name: person for person in reversed(people)}.values())[::-1]


def _chairs(cast: Cast, sentence: Span, inside: list[Mention]) -> list[PersonFinding]:
    """Return who chairs: the person before 主持, or the one introduced behind 由."""
    return _actors(cast, sentence, inside, _CHAIR, "chairs")


def _actors(cast: Cast, sentence: Span, inside: list[Mention], verb: re.Pattern[str], rule: str) -> list[PersonFinding]:
    """Return the persons who are the subject of a verb."""
    found: list[PersonFinding] = []
    view = cast.ctx.view
    for m in verb.finditer(view, sentence.start, sentence.end):
        before = [mention for mention in inside if mention.end <= m.start()]
        if not before:
            continue
        gap = view[before[-1].end : m.start()]
        fits = _FREE_GAP if rule == "attends" else _GAP
        if fits.fullmatch(gap) and not _SUBJECT.search(gap + m[0]):
            wide = rule != "chairs" or _APART.search(gap) is not None
            found += [cast.person(mention, rule) for mention in _joined(view, before, wide)]
    return found


def _joined(view: str, before: list[Mention], wide: bool) -> list[Mention]:
    """Return the last mention and those joined to it by 、 or 和; with `wide` also by commas."""
    group = [before[-1]]
    for mention in reversed(before[:-1]):
        between = view[mention.end : group[0].lead]
        if not (_JOINED if wide else _TIGHT).fullmatch(between):
            break
        group.insert(0, mention)
    return group


def _listed(cast: Cast, sentence: Span, inside: list[Mention]) -> list[PersonFinding]:
    """Return the persons listed behind 出席会议的有."""
    found: list[PersonFinding] = []
    for m in _LISTED.finditer(cast.ctx.view, sentence.start, sentence.end):
        if m[0][-1] in "有:是" or "领导" in m[0]:
            found += [cast.person(mention, "listed") for mention in inside if mention.start >= m.end()]
    return found


def _labelled(
    cast: Cast, chair: list[PersonFinding], speakers: list[PersonFinding], present: list[PersonFinding]
) -> None:
    """Add the persons of minutes and notices: 主持人:…, 出席:…."""
    view = cast.ctx.view
    for m in _LABEL.finditer(view):
        end = view.find("\n", m.end())
        line = Span(m.end(), end if end >= 0 else len(view))
        label = m[1].replace(" ", "")
        into = chair if "主持" in label else speakers if label[:2] in {"讲话", "报告", "主讲"} else present
        into += [cast.person(mention, "labelled") for mention in cast.within(line)]
