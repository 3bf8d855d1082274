"""Which stretches of a text are demands: the mood of each clause, carried from sentence to sentence in a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongshu.reading.model import Finding, Page, Span
from gongshu.reading.tasks import strip
from gongshu.reading.tasks.marks import Masked, clauses, lines, segments, sentences
from gongshu.reading.tasks.owner import by_owner, subject_owner
from gongshu.reading.tasks.words import opens_like_work, verb_at

_REPORT = re.compile(
    r"了(?!解|结|然|如|望|不起|却|断|清)|已经?(?!有的)|取得(?!的|新|更)|以来|过去[一二三四五六七八九十几]|去年|一年来|近年来|年来|截至|累计(?!不)|充分肯定|"
    r"同比|仅完成|较好|回顾|总结的时候|成绩(?!单)|显著|赢得了|获得(?!感)|荣获|得到|充分体现|迎来|深受|现有|共有(?!的)|有所|全年评出|前[一二三四五六七八九十]{1,2}个月|前[一二三]季度"
)
_FACT = re.compile(
    r"(?:参加|出席|列席|主持)(?:了)?(?:会议|大会|活动|座谈会)?$|参加会议|出席会议|列席会议|主持会议|^(?:会议|大会|全会)(?:还|由|对|听取|审议|选举|表彰|传达|总结|采取|通过|书面|应到|期间)"
    r"|审议通过|表决通过|当选|称号|揭牌仪式|签约|颁奖|图为|记者|来源|电话|联系人|会上$|会前$|会期|开幕|闭幕|现场气氛|^与会|^会议期间|祝贺|问候|感谢|敬意|预祝|谢谢|鼓掌|掌声|附件|特此通知|印发给你们|现将|如下$|(?:主席|书记|主任|[省市县区州]长|部长|局长|常委|经理|董事长|秘书长|总监)[\u4e00-\u9fff]{2,4}$"
)
_TITLED = re.compile(r"(?:主席|书记|主任|[省市县区州]长|部长|局长|常委|经理|董事长|秘书长|总监)[\u4e00-\u9fff]{2,4}$")
_STATEMENT = re.compile(r"^(?!.*(?:一|二|三|四|五|六)是)[^,，]{0,24}(?<![但就还要只总凡可于])是(?!否)[^,，]*$|^[^,，]{2,20}(?:任重道远|大有可为|重任在肩|意义重大|责任重大|至关重要|前景广阔)")
_DELEGATE = re.compile(r"(?:与会|代表|委员|职工|劳模|工匠|大家|参会|会员|选手|获奖者|学员|负责人)[^,，]{0,12}(?:纷纷|一致)?(?:表示|认为|说)$")
_ASSEMBLY = re.compile(r"各代表团|各位代表(?!同志)|全体代表|会期|大会秩序|遵守会议纪律|下面|现在(?:开会|进行)|第[一二三四五六七]项(?:议程)?|宣布|全体起立|奏|请[^,，]{1,30}(?:讲话|作报告|作[^,，]{0,8}报告|发言|致辞|宣读|上台|领奖|颁奖|介绍)|大家欢迎|讲三点|讲几点|让我们|允许我")
_AIMS = re.compile(r"(?:总体要求|指导思想|总体思路|工作思路|总体目标|总要求|基本思路|总的要求)(?:是|为)?$|^(?:总体要求|指导思想|总体思路)")
_PAST_SECTION = re.compile(r"回顾|总结|成绩|主要工作情况|工作情况|取得的|成效|去年|过去|所做的工作|存在(?:的)?问题|差距|不足|经验|体会|招聘|招考")
_INFO_SECTION = re.compile(
    r"(?:会议|活动|培训|报名|报到|考试|举办|比赛)?(?:的)?(?:时间|地点|内容|议程|议题|对象|规模|人员|单位|名额|日程|条件|待遇|主题|组织机构|组委会|联系方式|联系人|奖项设置|方式)(?:和地点|及地点)?$|议程|参会|参加人员|出席人员"
)
_DEMAND_SECTION = re.compile(r"要求|任务|安排|重点|措施|举措|打算|部署|目标|意见|事项|步骤|内容和要求|保障")
_HEADING_NUMBER = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,2}[章节部分])")
_AUDIENCE = re.compile(r"^[^。]{2,120}(?:工会|单位|部门|部室|室|局|委|办|公司|企业|联合会|委员会|政府|中心|学校|院|会|处|[)）])[:：]$")
_SALUTATION = re.compile(r"^(?:同志们|各位[^。]{0,20}|尊敬的[^。]{0,20}|代表同志们)[:：,，]?$")


def _is_told(words: str) -> bool:
    """Tell whether a clause reports, describes the meeting or states how things are."""
    if _REPORT.search(words) or _STATEMENT.match(words):
        return True
    return _FACT.search(words) is not None and not (_TITLED.search(words) and verb_at(words))


@dataclass(slots=True)
class Demand:
    """Clauses of one segment that are demanded. `led`: how many of them a modal or an opener leads; `owner` per clause."""

    clauses: list[Span] = field(default_factory=list)
    owners: list[Finding | None] = field(default_factory=list)
    led: list[bool] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    paragraph: int = 0
    item: int = 0

    def add(self, clause: Span, owner: Finding | None, led: bool, rule: str) -> None:
        """Add a clause with its owner, whether a modal leads it, and the rule that made it a demand."""
        self.clauses.append(clause)
        self.owners.append(owner)
        self.led.append(led)
        self.rules.append(rule)


@dataclass(slots=True)
class _Mood:
    """What has been heard so far: `on` a demand runs; `voiced` somebody asks; `deaf` the paragraph reports what others said."""

    on: bool = False
    voiced: bool = False
    deaf: bool = False
    promise: bool = False
    owner: Finding | None = None
    section: str = ""
    rule: str = "demand.carried"


class Listener:
    """Reads lines in order and yields the demands. One for each document."""

    def __init__(self, masked: Masked, doc_type: str) -> None:
        """Keep the text and what its kind of document demands by itself."""
        self.text = masked.text
        self.flat = masked.flat
        self.kind = doc_type
        self.mood = _Mood()
        self.paragraph = 0
        self.audience: Finding | None = None
        self.item = 0

    def line(self, span: Span, heading: bool) -> Iterator[Demand]:
        """Yield the demands of one line; a heading only turns the section."""
        flat = self.flat[span.start : span.end]
        if _SALUTATION.match(flat):
            return
        if self.paragraph == 0 and _AUDIENCE.match(flat):
            self.audience = Finding(span.of(self.text)[:-1], Span(span.start, span.end - 1), "owner.audience")
            return
        if heading:
            self._turn(flat)
            return
        self.paragraph += 1
        self._begin()
        parts = sentences(self.flat, span)
        for number, part in enumerate(parts):
            if self._is_heading_sentence(parts, number):
                self._turn(part.of(self.flat))
                continue
            yield from self._sentence(part)

    def _begin(self) -> None:
        mood = self.mood
        mood.on = mood.section == "demand" or (self.kind == "plan" and mood.section == "")
        mood.voiced = mood.deaf = mood.promise = False
        mood.owner, mood.rule = None, "demand.section"

    def _turn(self, heading: str) -> None:
        words = _HEADING_NUMBER.sub("", heading)
        self.mood.section = section_of(words, self.kind)
        self.mood.on = self.mood.section == "demand"

    def _is_heading_sentence(self, parts: list[Span], number: int) -> bool:
        words = parts[number].of(self.flat)
        if not _HEADING_NUMBER.match(words) or number + 1 >= len(parts) or len(words) > 60:
            return False
        return not re.search(r"[:：]", words) and not _HEADING_NUMBER.match(parts[number + 1].of(self.flat))

    def _sentence(self, span: Span) -> Iterator[Demand]:
        words = span.of(self.flat)
        if self.mood.deaf or _ASSEMBLY.search(words) and self.kind in ("speech", "other", "news"):
            return
        self.mood.owner = None
        first = True
        for segment in segments(self.flat, span):
            demand = Demand(paragraph=self.paragraph)
            if strip.ORDINAL.match(segment.of(self.flat)):
                self.item += 1
                self.mood.owner = None
            demand.item = self.item
            for clause in clauses(self.flat, segment):
                self._clause(clause, demand, first)
                first = False
            if demand.clauses:
                yield demand

    def _clause(self, clause: Span, demand: Demand, first: bool) -> None:
        mood = self.mood
        clause, ordinal = self._without_ordinal(clause)
        words = clause.of(self.flat)
        colon = self.flat[clause.end : clause.end + 1] in (":", "：")
        if len(words) < 2 or self._label(words, colon and len(words) <= 14) or self._opener(words, colon):
            return
        clause, asked = self._without_asking(clause)
        words = clause.of(self.flat)
        found = self._modal(clause)
        if found is not None:
            begin, owner = found
            mood.on, mood.owner = True, owner
            demand.add(Span(begin, clause.end), owner, True, "demand.modal")
            return
        if asked:
            begin, owner = self._asked(clause)
            mood.on, mood.owner = True, owner
            demand.add(Span(begin, clause.end), owner, True, "demand.asked")
            return
        self._bare(clause, demand, first, ordinal)

    def _without_ordinal(self, clause: Span) -> tuple[Span, bool]:
        found = strip.ORDINAL.match(clause.of(self.flat))
        if found is None:
            return clause, False
        return Span(clause.start + found.end(), clause.end), True

    def _label(self, words: str, heard_out: bool) -> bool:
        """Turn the section at a label such as 会议时间 or 有关要求; tell whether the clause was one."""
        if self.kind != "notice" or not heard_out:
            return False
        section = section_of(words, self.kind)
        if section in ("info", "past") or (section == "demand" and words[-2:] in ("要求", "事项", "安排", "任务", "措施", "步骤")):
            self.mood.section, self.mood.on = section, section == "demand"
            return True
        return False

    def _opener(self, words: str, colon: bool) -> bool:
        mood = self.mood
        if _DELEGATE.search(words):
            mood.deaf, mood.on = True, False
            return True
        if _AIMS.search(words):
            mood.on, mood.rule = False, ""
            return True
        found = strip.OPENER.match(words)
        if (colon and strip.SET_OUT.match(words)) or (found and (found["say"] in strip.STRONG or words[-2:] in ("要求", "意见", "希望"))):
            mood.voiced, mood.on, mood.rule = True, not _REPORT.search(words) or "了" in words, "demand.opener"
            return True
        if found:
            mood.voiced, mood.on, mood.rule = found["say"] in ("强调", "提出"), False, "demand.opener"
            mood.promise = found["say"] == "表示"
            return True
        return False

    def _without_asking(self, clause: Span) -> tuple[Span, bool]:
        words = clause.of(self.flat)
        found = strip.OPENER_AHEAD.match(words)
        if found is not None:
            return Span(clause.start + found.end(), clause.end), found["say"] in strip.STRONG | {"强调"}
        found = strip.PLEASE.match(words)
        if found is not None:
            return Span(clause.start + found.end(), clause.end), True
        return clause, False

    def _modal(self, clause: Span) -> tuple[int, Finding | None] | None:
        words = clause.of(self.flat)
        found = strip.MODAL.match(words)
        if found is None and (self.mood.promise or self.mood.on):
            found = strip.PROMISE.match(words)
            if found and not strip.ACTOR_END.search(found["subject"]):
                found = None
        if found is None or not self._is_subject(found["subject"]):
            return None
        begin = found.start("modal") if found["modal"] in ("不得", "严禁", "切忌") else found.end()
        filler = strip.FILLER.match(words[begin:])
        begin += filler.end() if filler else 0
        owner = subject_owner(self.text, Span(clause.start, clause.start + found.end("subject")))
        return clause.start + begin, owner if found["subject"] else self.mood.owner

    @staticmethod
    def _is_subject(subject: str) -> bool:
        if not subject or strip.ACTOR_END.search(subject) or re.search(r"(?:年|步|来|时|期|外|后|[点])$", subject):
            return True
        return len(subject) <= 14 and verb_at(subject) is None and not _REPORT.search(subject)

    def _asked(self, clause: Span) -> tuple[int, Finding | None]:
        """Return where the demand begins after 希望 or 请, and who is asked."""
        words = clause.of(self.flat)
        size = 0 if verb_at(words) is not None or re.match(r"[于在将按把对]", words) else strip.subject_ahead(words)
        if size == 0:
            return clause.start, self.audience if self.kind == "notice" else None
        begin = clause.start + size
        return begin, subject_owner(self.text, Span(clause.start, begin))

    def _bare(self, clause: Span, demand: Demand, first: bool, ordinal: bool) -> None:
        """Judge a clause nobody leads: it goes on in the mood it stands in unless it reports or states."""
        mood, words = self.mood, clause.of(self.flat)
        if strip.is_opening(words):
            return
        if _is_told(words):
            mood.on = False
            return
        by = by_owner(self.text, clause)
        if not mood.on:
            able = mood.voiced or (ordinal and mood.section != "past" and self.kind in ("speech", "plan", "news", "other"))
            able = able or (self.kind == "speech" and mood.section == "open" and first)
            if not (able and opens_like_work(words) and mood.section not in ("past", "info")):
                return
            mood.on, mood.rule = True, "demand.verb"
        if by is not None:
            mood.owner = by[0]
        elif self.kind == "notice":
            mood.owner = self._role(clause) or mood.owner
        demand.add(clause, mood.owner, False, mood.rule)

    def _role(self, clause: Span) -> Finding | None:
        """Return who a bare instruction is for (参会人员着正装); the words stay in the task."""
        size = strip.role_ahead(clause.of(self.flat))
        return subject_owner(self.text, Span(clause.start, clause.start + size)) if size else None


def section_of(words: str, kind: str) -> str:
    """Return what the section under a heading is: past, info, demand, or open where the heading does not say."""
    if _PAST_SECTION.search(words) and not re.search(r"任务|安排|要求|部署", words):
        return "past"
    if kind == "notice":
        if _INFO_SECTION.search(words):
            return "info"
        return "demand" if _DEMAND_SECTION.search(words) else "open"
    return "demand" if kind == "plan" else "open"


def demands(page: Page, masked: Masked, doc_type: str) -> Iterator[Demand]:
    """Yield the demands of a page in order; table rows are read elsewhere."""
    listener = Listener(masked, doc_type)
    rows = [(span, kind) for span, kind, cells in lines(page) if kind not in ("title", "gap", "dateline", "row") and not cells]
    for number, (span, kind) in enumerate(rows):
        following = rows[number + 1][0].of(masked.flat) if number + 1 < len(rows) else ""
        yield from listener.line(span, is_heading(span.of(masked.flat), kind, following, doc_type))


def is_heading(words: str, kind: str, following: str, doc_type: str) -> bool:
    """Tell whether a line is a heading: numbered, without a full stop, and with text of its own under it."""
    if _HEADING_NUMBER.match(words) and words.endswith("。") and doc_type != "notice" and len(words) <= 70:
        return words.count("。") == 1 and bool(following) and not _HEADING_NUMBER.match(following)
    if words.endswith(("。", "；", ";")) or "。" in words or re.search(r"[:：].", words):
        return False
    if _HEADING_NUMBER.match(words):
        return bool(following) and not _HEADING_NUMBER.match(following) or words.endswith((":", "："))
    return kind == "heading" or (not re.search(r"[,，;；]", words) and len(words) <= 40 and not strip.ORDINAL.match(words))
