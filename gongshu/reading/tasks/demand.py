"""Which stretches of a text are demands: the mood of each clause, carried on through a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongshu.reading.model import Finding, Page, Span
from gongshu.reading.tasks import strip
from gongshu.reading.tasks.lead import Led, asked, depends, led, promised, promiser, subject, without_asking
from gongshu.reading.tasks.marks import Masked, clauses, lines, segments, sentences
from gongshu.reading.tasks.owner import asked_of, is_label_line, subject_owner
from gongshu.reading.tasks.section import is_heading, is_heading_sentence, label_of, level, section_of
from gongshu.reading.tasks.tail import is_tail, tail_ahead
from gongshu.reading.tasks.told import (
    delegate_speaks,
    is_assembly,
    is_concession,
    is_delegate,
    is_report,
    is_told,
    names_an_official,
)
from gongshu.reading.tasks.words import opens_like_work, patterns

_PATTERNS = patterns("demand")

_AIMS = _PATTERNS["aims"]
_LONGEST_CLAUSE = 400
_LONGEST_LABEL = 14
_LITTLE = 2
_RESOLVED = re.compile(r"(?:议定|决定|明确|商定|确定|纪要|形成|达成)[^,，。]{0,10}[:：]$")
_ARRANGED = re.compile(
    r"(?:工作|任务|重点|事项)[^,，。:：]{0,6}(?:[作做]了?出?了?|进行了?|提出了?)?(?:具体|全面|详细|明确|统一)?(?:安排|部署)(?:如下)?[:：]$"
)
_RESOLVES = re.compile(r"[^,，]{0,24}决定(?:在|于|从|自|对)?[^,，]*(?:召开|开展|举办|实施|举行|组织)(?![^,，]*\d)")
_ABOUT = re.compile(
    r"(?:下面|接下来)?就(?![业地近医餐诊读])[^,，]{2,40}$|关于[^,，]{2,30}$|[报已]?经[^,，]{2,40}(?:研究|同意|批准|审定|讨论|通过|决定)$"
)
_MONTHS = re.compile(
    r"(?:[一二三四五六七八九十\d]{1,2}月(?:份)?(?:(?:至|到|—|-|～|~|、)[一二三四五六七八九十\d]{1,2}月(?:份)?)?|第?[一二三四]季度|[上下]半年|全年|常年)"
)
_PARTS_FOLLOW = _PATTERNS["parts_follow"]
_AUDIENCE = _PATTERNS["audience"]
_TOPIC = re.compile(r"(?:做好|抓好|搞好|干好)[^,，]{0,16}工作$")
_TOPIC_LED = re.compile(r"[,，](?:就|还|更|首先|必须|关键是?)?(?:要|必须|应当?|须)")
_SHORT_CALL = re.compile(r"[(（][一二三四五六七八九十]{1,2}[)）][抓强促严建优提][\u4e00-\u9fff]{2,4}。?$")
_ATTACHED = re.compile(r"附\s*件\s*\d{0,2}\s*[:：]")
_ATTACHED_TOO = re.compile(r"\d{1,2}[.．、][^,，。;；]{2,40}$")
_PLAN_TITLE = re.compile(
    r"[^,，。;；:：《》\t]{4,40}(?:工作要点|工作安排|任务分解表?|工作计划|任务清单|实施方案|行动方案|分工方案)$"
)
_IN_STAGES = re.compile(r"分[两二三四五六]个?(?:阶段|步骤|步)")
_SALUTATION = re.compile(r"^(?:同志们|各位[^。]{0,20}|尊敬的[^。]{0,20}|代表同志们)[:：,，]?$")


@dataclass(slots=True)
class Demand:
    """Clauses of one segment that are demanded, with the owner and the rule of each; `led`: by a modal."""

    clauses: list[Span] = field(default_factory=list)
    owners: list[Finding | None] = field(default_factory=list)
    led: list[bool] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    paragraph: int = 0
    item: int = 0
    when: Finding | None = None

    def add(self, clause: Span, owner: Finding | None, *, led: bool, rule: str, start: int) -> None:
        """Add a clause with its owner, its rule, whether a modal leads it, and where its subject starts."""
        self.clauses.append(clause)
        self.owners.append(owner)
        self.led.append(led)
        self.rules.append(rule)
        self.starts.append(start)


@dataclass(slots=True)
class _Mood:
    """What has been heard: `on` a demand runs; `voiced` somebody asks; `deaf` delegates speak."""

    on: bool = False
    voiced: bool = False
    deaf: bool = False
    promise: bool = False
    owner: Finding | None = None
    asked: Finding | None = None
    passing: bool = False
    when: Finding | None = None
    section: str = ""
    resolved: bool = False
    arranged: bool = False
    rule: str = "demand.carried"


class Listener:
    """Reads lines in order and yields the demands. One for each document."""

    def __init__(self, masked: Masked, doc_type: str) -> None:
        """Keep the text and what its kind of document demands by itself."""
        self.masked = masked
        self.text = masked.text
        self.flat = masked.flat
        self.bare = masked.bare
        self.kind = doc_type
        self.mood = _Mood()
        self.paragraph = 0
        self.audience: Finding | None = None
        self.item = 0
        self.attached = False

    def line(self, span: Span, heading: bool) -> Iterator[Demand]:
        """Yield the demands of one line; a heading only turns the section."""
        flat = self.flat[span.start : span.end]
        if _SALUTATION.match(flat):
            return
        if self.paragraph == 0 and _AUDIENCE.match(flat):
            self.audience = Finding(span.of(self.text)[:-1], Span(span.start, span.end - 1), "owner.audience")
            return
        attached = _ATTACHED.match(flat) or (self.attached and _ATTACHED_TOO.match(flat))
        self.attached = attached is not None and attached is not False
        if self.attached:
            return
        if self.kind == "notice" and _PLAN_TITLE.match(flat):
            self.kind, self.mood.section = "plan", ""
            return
        if heading:
            self._turn(flat)
            return
        self.paragraph += 1
        self._begin(flat)
        parts = sentences(self.flat, span)
        for number, part in enumerate(parts):
            following = parts[number + 1].of(self.flat) if number + 1 < len(parts) else ""
            if is_heading_sentence(part.of(self.flat), following):
                self._turn(part.of(self.flat))
            else:
                yield from self._sentence(part)
        self.mood.resolved = self.mood.resolved or _RESOLVED.search(flat) is not None
        self.mood.arranged = _ARRANGED.search(flat) is not None

    def _begin(self, flat: str) -> None:
        mood = self.mood
        if level(flat) == 0:
            mood.resolved = mood.resolved and self.paragraph == 0
        mood.on = self._runs_by_itself() or mood.arranged
        mood.voiced = mood.deaf = mood.promise = False
        mood.owner, mood.when, mood.rule = None, None, "demand.section"

    def _runs_by_itself(self) -> bool:
        """Tell whether all here is demanded unless it says otherwise: plans, resolutions, lists of work."""
        mood = self.mood
        return mood.resolved or mood.section == "demand" or (self.kind == "plan" and mood.section == "")

    def _turn(self, heading: str) -> None:
        self.item += 1
        depth = level(heading)
        if depth == 3 and not is_told(heading):
            self.mood.on = self.mood.section not in ("past", "info")
        if depth == 3 or self.mood.resolved:
            return
        section = section_of(strip.ORDINAL.sub("", heading), self.kind)
        if depth == 2 and section == "open":
            calls = self.mood.section not in ("past", "info") and _SHORT_CALL.match(heading) is not None
            self.mood.on = self.mood.on or calls
            return
        self.mood.section, self.mood.on = section, section == "demand"

    def _sentence(self, span: Span) -> Iterator[Demand]:
        span = Span(span.start + tail_ahead(span.of(self.text)), span.end)
        words = span.of(self.flat)
        if is_label_line(words) or is_tail(span.of(self.text)) or (self.kind != "notice" and is_assembly(words)):
            return
        self.mood.owner = self.mood.asked = None
        self.mood.on = self.mood.on or (self.mood.resolved and not self.mood.deaf)
        first = True
        for segment in segments(self.flat, span):
            demand = Demand(paragraph=self.paragraph)
            if self.mood.passing:
                self.mood.owner, self.mood.passing = None, False
            if strip.ORDINAL.match(segment.of(self.flat)):
                self.item += 1
                self.mood.owner = self.mood.asked
            demand.item = self.item
            for clause in clauses(self.flat, segment):
                self._clause(clause, demand, first)
                first = first and not self.mood.on and _only_opens(clause.of(self.flat))
            if demand.clauses:
                demand.when = self.mood.when
                yield demand

    def _clause(self, clause: Span, demand: Demand, first: bool) -> None:
        mood = self.mood
        ordinal = strip.ORDINAL.match(clause.of(self.flat))
        if ordinal is not None:
            clause = Span(clause.start + ordinal.end(), clause.end)
        words = clause.of(self.flat)
        if not 1 < len(words) < _LONGEST_CLAUSE or self._only_turns(clause, words) or mood.deaf:
            return
        if is_concession(words):
            mood.on = False
            return
        size, asks = without_asking(words)
        if size:
            clause, words = Span(clause.start + size, clause.end), words[size:]
        found = self._led(clause, words, asks)
        if found is None and asks:
            found = asked(self.masked, clause, self.audience if self.kind == "notice" else None)
        if found is None:
            self._bare(clause, demand, first, ordinal is not None)
            return
        begin, owner = found
        mood.on, mood.owner = True, owner
        rule = "demand.asked" if asks else "demand.modal"
        demand.add(Span(begin, clause.end), owner, led=True, rule=rule, start=clause.start)

    def _only_turns(self, clause: Span, words: str) -> bool:
        """Tell whether a clause does nothing but turn the mood: an aim, a month, a label, a count, an opener."""
        colon = self.flat.startswith(":", clause.end)
        if self._aims(words):
            return True
        if colon and (self._when(clause) or self._label(words) or self._counts_off(clause, words)):
            return True
        return self._opener(clause, words, colon)

    def _led(self, clause: Span, words: str, asks: bool) -> Led | None:
        """Return where the demand of a clause with a modal begins, and whose duty it is."""
        found = strip.modal(words)
        if found is not None and depends(self.flat, clause.end):
            return None
        if found is None and not asks and (self.mood.promise or self.mood.on):
            found = promised(words)
        return led(self.masked, clause, found, self.mood.owner) if found else None

    def _aims(self, words: str) -> bool:
        """End the demand at 总体要求是: what follows is aim, not work."""
        if ("总" not in words and "思" not in words) or not _AIMS.search(words):
            return False
        self.mood.on = False
        return True

    def _when(self, clause: Span) -> bool:
        """Keep the month a calendar's line opens with (三月:…); tell whether the clause was one."""
        found = _MONTHS.match(self.flat, clause.start, clause.end)
        if found is None or clause.end - found.end() > _LITTLE:
            return False
        span = Span(*found.span())
        self.mood.when = Finding(span.of(self.text), span, "deadline.calendar")
        return True

    def _counts_off(self, clause: Span, words: str) -> bool:
        """Start a demand at a clause that only says how many parts follow (工会要抓三件事:), for the one it names."""
        found = _PARTS_FOLLOW.search(words) is not None
        staged = _IN_STAGES.search(words) is not None and self.mood.section not in ("past", "info")
        called = strip.modal(words) if found else None
        self.mood.on = self.mood.on or (found and (staged or called is not None))
        if called is not None:
            start = clause.start
            owner = subject_owner(self.text, Span(start, start + called.end("subject")))
            self.mood.asked = self.mood.owner = owner or self.mood.asked
        return found

    def _label(self, words: str) -> bool:
        """Turn the section at a notice's label (会议时间:, 有关要求:); tell whether the clause was one."""
        if self.kind != "notice" or len(words) > _LONGEST_LABEL:
            return False
        section = label_of(words, self.kind)
        if section:
            self.mood.section, self.mood.on = section, section == "demand"
        return bool(section)

    def _opener(self, clause: Span, words: str, colon: bool) -> bool:
        """Note who speaks and how; tell whether the clause does nothing else (会议强调, 他提出四点要求)."""
        mood = self.mood
        speaks = delegate_speaks(words, self.flat)
        if not (colon or speaks or strip.may_open(words)):
            return False
        if speaks or is_delegate(words):
            mood.deaf, mood.on = True, False
            return True
        found = strip.OPENER.match(words)
        asks = found is not None and (found["say"] in strip.STRONG or words[-2:] in ("要求", "意见", "希望"))
        if asks or (colon and strip.SET_OUT.match(words)):
            mood.voiced, mood.on, mood.rule = True, "了" in words or not is_report(words), "demand.opener"
            mood.asked = asked_of(self.text, clause)
            mood.owner = promiser(self.masked, clause) or mood.asked or mood.owner
        elif found is not None:
            mood.voiced, mood.on, mood.rule = found["say"] in ("强调", "提出"), False, "demand.opener"
            mood.promise = found["say"] in ("表示", "说")
        else:
            return False
        mood.deaf = False
        return True

    def _bare(self, clause: Span, demand: Demand, first: bool, ordinal: bool) -> None:
        """Judge a clause nobody leads: it goes on in the mood it stands in unless it reports or states."""
        mood, words = self.mood, clause.of(self.flat)
        if (not mood.on and not self._may_begin(words, first, ordinal)) or self._is_aside(clause, words):
            return
        if is_told(self._judged(clause)) or names_an_official(words) or self.flat.startswith("是", clause.end + 1):
            mood.on = mood.on and self._runs_by_itself()
            return
        if not mood.on:
            mood.on, mood.rule = True, "demand.verb"
        start = clause.start
        clause, owner = subject(self.masked, clause, notice=self.kind == "notice")
        mood.owner, mood.passing = owner or mood.owner, mood.passing or owner is not None
        demand.add(clause, mood.owner, led=ordinal, rule=mood.rule, start=start)

    def _is_aside(self, clause: Span, words: str) -> bool:
        """Tell whether a clause leaves the mood as it is: it resolves, opens, names a matter, a helper or a topic."""
        if self.kind in ("notice", "plan") and _RESOLVES.match(words):
            return True
        if strip.is_opening(words) or _ABOUT.match(words) or strip.only_helps(words):
            return True
        return words.endswith("工作") and bool(_TOPIC.match(words) and _TOPIC_LED.match(self.flat, clause.end))

    def _judged(self, clause: Span) -> str:
        """Return the words to weigh: in a plan a growth on last year (同比增长8%) or a sum (累计50家) is a target."""
        words = clause.of(self.bare)
        if self.kind not in ("plan", "speech") or not self._runs_by_itself():
            return words
        return words.replace("同比", "").replace("累计", "")

    def _may_begin(self, words: str, first: bool, ordinal: bool) -> bool:
        """Tell whether a demand may begin without 要: after 强调, at an ordinal, or a speech's sentence."""
        mood, notice = self.mood, self.kind == "notice"
        opens = (notice or self.kind == "speech") and mood.section == "open" and first
        if mood.section in ("past", "info") or not (mood.voiced or ordinal or opens):
            return False
        return opens_like_work(words) or (notice and ordinal and strip.subject_ahead(words) > 0)


def _only_opens(words: str) -> bool:
    """Tell whether a clause only opens a sentence (以…为重点, 就业上), so that the next one may begin the demand."""
    return strip.is_scope(words) or strip.is_opening(words)


def demands(page: Page, masked: Masked, doc_type: str, skip: frozenset[int] = frozenset()) -> Iterator[Demand]:
    """Yield the demands of a page in order; table rows, and the lines that start at `skip`, are read elsewhere."""
    listener = Listener(masked, doc_type)
    rows = [
        (span, kind)
        for span, kind, cells in lines(page)
        if kind not in ("title", "gap", "dateline", "row") and not cells and span.start not in skip
    ]
    for number, (span, kind) in enumerate(rows):
        following = rows[number + 1][0].of(masked.flat) if number + 1 < len(rows) else ""
        yield from listener.line(span, is_heading(span.of(masked.flat), kind, following, doc_type))
