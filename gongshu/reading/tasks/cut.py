"""Cutting a demand into tasks: at commas where a new verb starts, at 、 where each part stands by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongshu.reading.model import Finding, Span
from gongshu.reading.tasks import strip
from gongshu.reading.tasks.deadline import deadline_alone, deadline_in, deadline_tail
from gongshu.reading.tasks.demand import Demand
from gongshu.reading.tasks.kind import is_paired_motto, kind_of
from gongshu.reading.tasks.marks import Masked, listed
from gongshu.reading.tasks.owner import by_owner, is_owner_label
from gongshu.reading.tasks.words import (
    ACTOR,
    VERBS,
    only_mottoes,
    opens_like_work,
    patterns,
    verb_at,
    without_time,
)

_PATTERNS = patterns("cut")

_LISTING = _PATTERNS["listing"]
_OF_WHICH = re.compile(r"^(?:其中|含)")
_CLOSING = re.compile(r"(?:等|的)[^、,，]{0,24}$|(?:系列|专项|主题|两项|[三四五六七八]项)[^、,，]{0,8}$")
_ACTOR_STARTS = re.compile(rf"^[^、,，]{{0,8}}?{ACTOR}(?:全部|均要?|都要?|一律|负责|要)(?=[\u4e00-\u9fff])")
_SUPERVISION = _PATTERNS["supervision"]


_PLEDGE = re.compile(r"^[^,，“]{0,10}“(?:两个(?:确立|维护)|四个(?:意识|自信))”$")
_SHARED_VERB = _PATTERNS["shared_verb"]
_NOUN_ENDS = frozenset(
    [
        "活动",
        "工作",
        "制度",
        "机制",
        "会议",
        "中心",
        "班",
        "部",
        "员",
        "站",
        "会",
        "任务",
        "情况",
        "行动",
        "项目",
        "资金",
        "能力",
        "水平",
        "平台",
        "计划",
        "方案",
    ]
)
_LED_UP = re.compile(r"(?:把|将|为|对|给|向|与|在)[^、]{6,}")
_OPEN_PLACE = re.compile(r"(?:在|对|与|从|为|向)[^、中上下里内方]{2,}$")
_BETTERS = re.compile(r"[^、]{0,4}(?:提升|提高|增强|扩大)")
_COUNTED_END = re.compile(r"“[一二三四五六七八九十两\d]+[大个项][^“”]{1,8}”[^、]{0,6}$")
_ONE_BY_ONE = re.compile(r"([一二三])([起件批个户家])、[^、,，]{2}\1\2$")
_CARRIES = re.compile(r"[^、]{0,4}(?:实施|推进|开展|打造|落实|抓好|深化|构建|办好|做好|完成)")
_SCHEME_END = re.compile(r"“\d+[+＋]\d+”[^、]{0,6}$")
_CASE = _PATTERNS["case"]
_SHARE = _PATTERNS["share"]
_BELONGS = re.compile(
    r"用于|重点(?:向|用于|支持|投向|倾斜)|(?:专班|领导小组)?办公室设在|(?:所需)?(?:经费|资金|费用)?从[^,，]{2,}(?:列支|支出|解决)$"
)
_FOR_ALL = re.compile("全部|均|一并|一律")
_SENT_TO = re.compile(r"^(?:电子[版稿]|纸质[版稿]|材料|并|同时)[^,，]{0,8}(?:发|报|送|寄|传)[^,，]*")
_COUNT = re.compile(
    r"(?![^\d]*[再新增建办评选送发完成达率例])[\u4e00-\u9fff]{2,4}\d[\d.]*[万亿]?[^\d,，]{1,2}(?:以上)?$"
)
_LED_BY = re.compile(r"[^,，]{0,30}由[^,，由]{2,24}(?:牵头|负责|主抓|抓总)(?:组织|实施|落实|办理)*$")
_HEIGHTENS = re.compile(r"不断(?:提升|提高|增强)")
_COUNTED_WORK = re.compile(r"[两二三四五六七八九十\d]+[大个项件](?:重点|主要)?(?:工作|任务|工程|行动|举措|实事)$")
_HEIGHT = re.compile(r"^从[^,，]{2,}(?:高度|角度|大局)$")


def _goes_before(words: str) -> bool:
    """Tell whether a clause only opens the next one: a scope, a time, or nothing but mottoes."""
    return strip.is_scope(words) or only_mottoes(words) or strip.is_opening(words)


def _is_count(words: str) -> bool:
    """Tell whether a clause is a thing and its number, with no verb (…要达到300家，班组2000个)."""
    return _COUNT.match(words) is not None and not opens_like_work(words)


def _begins_anew(words: str) -> bool:
    """Tell whether a clause after a result is work again, with an object of its own."""
    verb = verb_at(words)
    return opens_like_work(words) if verb is None else len(words) - verb[1] >= 2


@dataclass(slots=True)
class Piece:
    """A task before it is weighed: its words, its whole clause, and what the clauses around say of it."""

    span: Span
    whole: Span
    owner: Finding | None
    rule: str
    led: bool
    paragraph: int
    item: int
    subject: Span
    deadline: Finding | None = None


class Cutter:
    """Cuts the demands of one document."""

    def __init__(self, masked: Masked) -> None:
        """Keep the text."""
        self.text = masked.text
        self.flat = masked.flat

    def pieces(self, demand: Demand) -> list[Piece]:
        """Return the pieces of one demanded segment, results and openings taken off."""
        found: list[Piece] = []
        pending: Finding | None = demand.when
        closed = False
        spanning = self._spanning_end(demand)
        last = len(demand.clauses) - 1
        for number, clause in enumerate(demand.clauses):
            words, led = clause.of(self.flat), demand.led[number]
            alone = deadline_alone(self.text, clause)
            if found and self._spells_out(clause, found[-1]):
                found.pop()
                demand.clauses[number] = clause = Span(clause.start + 1, clause.end)
                words = clause.of(self.flat)
            if number < last and (_HEIGHT.match(words) or _CASE.match(words)):
                demand.clauses[number + 1] = Span(clause.start, demand.clauses[number + 1].end)
            elif alone is not None:
                pending = alone
            elif (
                number in spanning
                or strip.only_helps(words)
                or (number < last and _LED_BY.match(words) and not (found and words.startswith("由")))
                or (not led and self._belongs_to_last(clause, found))
                or ((number < last and _goes_before(words)) or strip.is_purpose(words))
            ):
                continue
            elif found and not led and strip.is_result(words) and self._drops(found, words):
                closed = True
                found[-1].deadline = found[-1].deadline or self._by_when(clause)
            elif not (closed and not led and not _begins_anew(words)) and self._is_whole(words):
                found.extend(self._new(demand, number, pending))
                closed = False
        return found

    def _spells_out(self, clause: Span, piece: Piece) -> bool:
        """Tell whether a clause says what the counted work just named is (抓好七项重点工作,即实施…)."""
        words = clause.of(self.flat)
        counted = _COUNTED_WORK.search(piece.span.of(self.flat)) is not None
        return counted and words.startswith("即") and verb_at(words, 1) is not None

    def _spanning_end(self, demand: Demand) -> range:
        """Return the clauses of an aim that runs over commas (为加快…，全面…，作出新的更大贡献)."""
        words = [clause.of(self.flat) for clause in demand.clauses]
        opening = next((place for place, text in enumerate(words) if place and text.startswith("为")), None)
        if opening is None or not strip.ends_an_aim(words[-1]):
            return range(0)
        return range(opening, len(words))

    @staticmethod
    def _is_whole(words: str) -> bool:
        return len(words) >= 3 and not is_owner_label(words)

    def _drops(self, found: list[Piece], words: str) -> bool:
        """Tell whether a result is taken off: study and attitude after a slogan are demands of their own."""
        if re.match(r"[^,，]{0,4}(?:引导|发挥)", words):
            return kind_of(found[-1].span.of(self.flat))[0] == "task" and "发挥" not in words
        if _HEIGHTENS.match(words) and kind_of(found[-1].span.of(self.flat))[0] == "slogan":
            return False
        return not re.search(r"\d", words)

    def _belongs_to_last(self, clause: Span, found: list[Piece]) -> bool:
        """Join a clause to the task before it where it only says when, of which, what parts, how eagerly."""
        if not found:
            return False
        words = clause.of(self.flat)
        if self._only_dates(clause, found) or self._only_adds(clause, found[-1]):
            return True
        if _LISTING.match(words) or _SENT_TO.match(words) or self._lists_a_scheme(clause, found[-1]):
            return True
        if _PLEDGE.match(words) and _PLEDGE.match(found[-1].span.of(self.flat)):
            found[-1].span = Span(found[-1].span.start, clause.end)
            return True
        if only_mottoes(words):
            if re.match(r"团结", found[-1].span.of(self.flat)):
                found[-1].span = Span(found[-1].span.start, clause.end)
            return True
        return self._names_owner_only(clause, found)

    def _only_dates(self, clause: Span, found: list[Piece]) -> bool:
        """Give the date of a clause that says no more (6月底前完成) to the last task; one of 全部 holds for all."""
        tail = deadline_tail(self.text, clause)
        if tail is None or self._is_dated(found[-1]):
            return False
        for piece in found[:-1] if _FOR_ALL.search(clause.of(self.flat)) else ():
            piece.deadline = piece.deadline or tail
        found[-1].deadline = tail
        return True

    def _only_adds(self, clause: Span, piece: Piece) -> bool:
        """Join a clause that only adds to the task: of which, how many, what for, out of what money."""
        words = clause.of(self.flat)
        if not (_OF_WHICH.match(words) or _BELONGS.match(words) or _SHARE.match(words) or _is_count(words)):
            return False
        piece.span = Span(piece.span.start, clause.end)
        if not deadline_in(self.text, piece.whole):
            piece.deadline = piece.deadline or deadline_in(self.text, clause)
        return True

    def _lists_a_scheme(self, clause: Span, piece: Piece) -> bool:
        """Tell whether a clause behind a colon lists the parts of the scheme just named (“四季”品牌:…)."""
        if (
            re.search(r"\d", clause.of(self.flat))
            or self.flat[clause.start - 1 : clause.start] != ":"
            or len(listed(self.flat, clause)) < 3
        ):
            return False
        return re.search(r"”[^,，”]{0,6}$", piece.span.of(self.flat)) is not None

    def _is_dated(self, piece: Piece) -> bool:
        """Tell whether a task has its own date already, so that a second date is a second task."""
        own = piece.deadline or deadline_in(self.text, piece.whole)
        return own is not None and own.rule in ("deadline.date", "deadline.tail", "deadline.alone")

    def _by_when(self, clause: Span) -> Finding | None:
        """Return the date a dropped result still holds for the task (确保年内动工)."""
        found = deadline_in(self.text, clause)
        return found if found and found.value.endswith(("前", "内")) else None

    def _names_owner_only(self, clause: Span, found: list[Piece]) -> bool:
        """Give the owner of a clause that says no more (由阮青承办) to the tasks before it that have none."""
        by = by_owner(self.text, clause)
        if by is None or clause.end - by[1] >= 4:
            return False
        for piece in found[:-1]:
            piece.owner = piece.owner or by[0]
        found[-1].owner = by[0]
        return True

    def _new(self, demand: Demand, number: int, pending: Finding | None) -> Iterator[Piece]:
        clause = demand.clauses[number]
        by = by_owner(self.text, clause)
        if by and clause.end - by[1] < 3 and number + 1 < len(demand.clauses):
            return
        start = by[1] if by else clause.start
        if by and verb_at(self.flat, start) is None and clause.end - start < 4:
            start = clause.start
        filler = strip.FILLER.match(self.flat[start : clause.end])
        start += filler.end() if filler else 0
        for part in self.parted(Span(start, clause.end)):
            yield Piece(
                part,
                part if _ACTOR_STARTS.match(part.of(self.flat)) else clause,
                by[0] if by else demand.owners[number],
                demand.rules[number],
                demand.led[number],
                demand.paragraph,
                demand.item,
                Span(demand.starts[number], clause.start),
                pending,
            )

    def parted(self, span: Span) -> list[Span]:
        """Return the parts of a clause at 、 that could each be ticked off alone, else the clause itself."""
        parts = self._without_results(self._without_scheme(listed(self.flat, span)))
        if len(parts) == 1:
            return parts
        if _ONE_BY_ONE.search(span.of(self.flat)) or is_paired_motto(span.of(self.flat)):
            return [span]
        if kind_of(span.of(self.flat))[0] == "slogan" and not all(map(self._is_named_task, parts)):
            return [Span(span.start, parts[-1].end)]
        groups = self._grouped(parts)
        if len(groups) > 1 and self._closes_over(groups):
            return [span]
        return groups

    def _without_scheme(self, parts: list[Span]) -> list[Span]:
        """Take the name of the whole off the end of a list (…、开好代表大会“6+1”重点工作)."""
        found = _SCHEME_END.search(parts[-1].of(self.flat)) if len(parts) > 1 else None
        if found is None or found.start() == 0:
            return parts
        return [*parts[:-1], Span(parts[-1].start, parts[-1].start + found.start())]

    def _grouped(self, parts: list[Span]) -> list[Span]:
        groups = [parts[0]]
        shared = _SHARED_VERB.match(parts[0].of(self.flat)) is not None
        for part in parts[1:]:
            alone = self._stands_alone(part) and self._stands_alone(groups[-1])
            if alone and (not shared or _SHARED_VERB.match(part.of(self.flat))):
                groups.append(part)
            else:
                groups[-1] = Span(groups[-1].start, part.end)
        return groups

    def _is_named_task(self, part: Span) -> bool:
        kind, rule = kind_of(part.of(self.flat))
        return kind == "task" and rule != "kind.default" and self._stands_alone(part)

    def _stands_alone(self, part: Span) -> bool:
        words = without_time(part.of(self.flat))
        if _SUPERVISION.match(words) or _ACTOR_STARTS.match(words):
            return True
        verb = verb_at(words)
        if verb is None:
            return bool(_LED_UP.match(words)) and words[-2:] not in VERBS
        rest = words[verb[1] :]
        return len(rest) >= 2 and not rest.startswith(("和", "与", "、")) and rest not in _NOUN_ENDS

    def _closes_over(self, groups: list[Span]) -> bool:
        """Tell whether the last part holds a noun that all parts belong to (开展支持就业、助力消费等行动)."""
        first, last = groups[0].of(self.flat), groups[-1].of(self.flat)
        if _COUNTED_END.search(last) and _CARRIES.match(first):
            return True
        closing = _CLOSING.search(last)
        if closing is None:
            return False
        if closing.group().startswith("等") or _OPEN_PLACE.search(first):
            return True
        verb = verb_at(first)
        return bool(verb and verb_at(first, verb[1])) and "的" not in first

    def _without_results(self, parts: list[Span]) -> list[Span]:
        """Take a result off the end of a list where a task that can be shown stands first (…、提升质量)."""
        if len(parts) > 1 and self._is_named_task(parts[0]):
            words = parts[-1].of(self.flat)
            if _BETTERS.match(words) and strip.is_result(words) and not re.search(r"\d", words):
                return parts[:-1]
        return parts
