"""Cutting a demand into tasks: at commas where a new verb starts, at 、 only where each part stands by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongshu.reading.model import Finding, Span
from gongshu.reading.tasks import strip
from gongshu.reading.tasks.deadline import deadline_alone, deadline_tail
from gongshu.reading.tasks.demand import Demand
from gongshu.reading.tasks.kind import kind_of
from gongshu.reading.tasks.marks import Masked, listed
from gongshu.reading.tasks.owner import by_owner, is_owner_label
from gongshu.reading.tasks.words import only_mottoes, opens_like_work, verb_at

_LISTING = re.compile(r"^(?:即|也就是|包括|分别[是为]|主要[是为包]|具体[是为包]|如|例如|比如|简称|(?:春|夏|秋|冬)送)")
_OF_WHICH = re.compile(r"^(?:其中|含)")
_CLOSING = re.compile(r"(?:等|的)[^、,，]{0,24}$|(?:系列|专项|主题|两项|[三四五六七八]项)[^、,，]{0,8}$")
_TAKES_WORK = re.compile(
    r"(?:开展|实施|推动|推进|促进|支持|帮助|引导|组织|动员|鼓励|督促|指导|做好|抓好|履行|参与|加强|强化|负责|通过|用于|涵盖|包括|健全|完善|建立|进行|做到|实现|确保|坚持|推动|探索|广泛|深入)$"
)
_ACTOR_STARTS = re.compile(r"^[^、,，]{2,10}?(?:全部|均要?|都要?|一律|负责|要)(?=[\u4e00-\u9fff])")
_SUPERVISION = re.compile(r"^(?:按[月季周旬年]|定期|每[月季周])?(?:调度|通报|督办|督查|督导|汇报|销号|跟踪问效|跟踪督办|问效|会商|研判|公开|公示)|^跟踪|^挂图|^对账|^清单")


@dataclass(slots=True)
class Piece:
    """A task before it is weighed: the words, the stretch with what was taken off, and what the clauses around say of it."""

    span: Span
    whole: Span
    owner: Finding | None
    rule: str
    led: bool
    paragraph: int
    item: int
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
        pending: Finding | None = None
        closed = False
        last = len(demand.clauses) - 1
        for number, clause in enumerate(demand.clauses):
            words = clause.of(self.flat)
            led = demand.led[number]
            alone = deadline_alone(self.text, clause)
            if alone is not None and number < last:
                pending = alone
            elif self._belongs_to_last(clause, found):
                continue
            elif number < last and strip.is_scope(words):
                continue
            elif found and not led and strip.is_result(words) and self._drops(found, words):
                closed = True
            elif closed and not led and not opens_like_work(words):
                continue
            elif clause.end - clause.start >= 3 and not is_owner_label(words):
                found.extend(self._new(demand, number, pending))
                closed = False
        return found

    def _drops(self, found: list[Piece], words: str) -> bool:
        """Tell whether a result is taken off: study and attitude after a slogan are demands of their own."""
        if re.match(r"[^,，]{0,4}(?:引导|发挥)", words):
            return kind_of(found[-1].span.of(self.flat))[0] == "task" and "发挥" not in words
        return not re.search(r"\d", words)

    def _belongs_to_last(self, clause: Span, found: list[Piece]) -> bool:
        """Join a clause to the task before it where it only says when, of which, what is listed, or how eagerly."""
        if not found:
            return False
        words = clause.of(self.flat)
        tail = deadline_tail(self.text, clause)
        if tail is not None:
            found[-1].deadline = found[-1].deadline or tail
            return True
        if _OF_WHICH.match(words):
            found[-1].span = Span(found[-1].span.start, clause.end)
            return True
        if _LISTING.match(words):
            return True
        if only_mottoes(words):
            if re.match(r"团结", found[-1].span.of(self.flat)):
                found[-1].span = Span(found[-1].span.start, clause.end)
            return True
        by = by_owner(self.text, clause)
        if by is not None and clause.end - by[1] < 4:
            found[-1].owner = by[0]
            return True
        return False

    def _new(self, demand: Demand, number: int, pending: Finding | None) -> Iterator[Piece]:
        clause = demand.clauses[number]
        by = by_owner(self.text, clause)
        start = by[1] if by else clause.start
        if by and verb_at(self.flat, start) is None and clause.end - start < 4:
            start = clause.start
        filler = strip.FILLER.match(self.flat[start : clause.end])
        start += filler.end() if filler else 0
        for part in self.parted(Span(start, clause.end)):
            yield Piece(
                part, Span(clause.start, clause.end), by[0] if by else demand.owners[number],
                demand.rules[number], demand.led[number], demand.paragraph, demand.item, pending,
            )

    def parted(self, span: Span) -> list[Span]:
        """Return the parts of a clause at 、 that could each be ticked off alone; the clause itself where they could not."""
        parts = listed(self.flat, span)
        if len(parts) == 1 or kind_of(span.of(self.flat))[0] == "slogan" and not self._each_is_task(parts):
            return [span]
        groups = [parts[0]]
        for part in parts[1:]:
            if self._stands_alone(part) and self._stands_alone(groups[-1]):
                groups.append(part)
            else:
                groups[-1] = Span(groups[-1].start, part.end)
        if len(groups) > 1 and self._closes_over(groups):
            return [span]
        return self._without_results(groups)

    def _each_is_task(self, parts: list[Span]) -> bool:
        return all(self._stands_alone(part) and kind_of(part.of(self.flat))[0] == "task" for part in parts)

    def _stands_alone(self, part: Span) -> bool:
        words = part.of(self.flat)
        if _SUPERVISION.match(words) or _ACTOR_STARTS.match(words):
            return True
        verb = verb_at(words)
        if verb is None:
            return bool(re.match(r"(?:把|将|为|对|给|向|与|在)[^、]{6,}", words))
        return len(words) - verb[1] >= 2 and not words[verb[1] :].startswith(("和", "与", "、"))

    def _closes_over(self, groups: list[Span]) -> bool:
        """Tell whether the last part holds a noun that all parts belong to (开展支持就业、助力消费等行动)."""
        first, last = groups[0].of(self.flat), groups[-1].of(self.flat)
        closing = _CLOSING.search(last)
        if closing is None:
            return False
        if closing.group().startswith("等"):
            return True
        verb = verb_at(first)
        return bool(verb and verb_at(first, verb[1])) and "的" not in first

    def _without_results(self, groups: list[Span]) -> list[Span]:
        kept = [groups[0]]
        kept.extend(part for part in groups[1:] if not strip.is_result(part.of(self.flat)) or re.search(r"\d", part.of(self.flat)))
        return kept
