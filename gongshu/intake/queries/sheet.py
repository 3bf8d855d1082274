"""What the review page shows: both texts marked, repairs grouped, the record's entries with their sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from gongshu.intake.models import Document
from gongshu.intake.rules.marking import Drawn, Marker, Mend, Row, mends
from gongshu.intake.rules.record.shape import Entry, PersonEntry, Place, PointEntry, Record, TaskEntry
from gongshu.meetings.enums import Part, PointKind
from gongshu.reading.model import Span
from gongshu.reading.segment.sentences import sentences

SILENT = "blank"
CONTEXT = 14
EXAMPLES = 6
_QUOTED = re.compile(r"“[^”]*”")


@dataclass
class Doubtful:
    """A doubtful place: the repair, the words before and after it, the sentence it stands in."""

    mend: Mend
    before: str
    after: str
    anchor: str


@dataclass
class MendGroup:
    """Repairs of one rule: what was done, how often, some examples."""

    rule: str
    label: str
    mends: list[Mend] = field(default_factory=list)

    @property
    def examples(self) -> list[Mend]:
        """Return the first few, each different."""
        return list({(one.before, one.after): one for one in self.mends}.values())[:EXAMPLES]


@dataclass
class Shown:
    """An entry with its sentence's anchor, empty for what a person added."""

    entry: Any
    anchor: str


@dataclass
class Group:
    """Entries under a heading; `code` is what a new one of them would carry."""

    code: str
    label: str
    rows: list[Shown]

    @property
    def live(self) -> int:
        """Return how many will be entered."""
        return sum(not one.entry.dropped for one in self.rows)


class Sheet:
    """A document with its record as the review page shows them."""

    def __init__(self, document: Document, record: Record) -> None:
        self.document, self.record = document, record
        self.mends = mends(document.raw_text, document.clean_text, document.repairs, record.corrections)

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        text = self.document.clean_text
        spans = [span for _, start, end in self.document.blocks for span in sentences(text, Span(start, end))]
        return [(span.start, span.end) for span in spans]

    @cached_property
    def rows(self) -> list[Row]:
        """Return both texts, paragraph by paragraph."""
        marker = Marker(self.document.raw_text, self.document.clean_text, self.mends, self._drawn())
        return marker.rows(self.document.blocks, self._sentences)

    def _drawn(self) -> list[Drawn]:
        facts = [(f"facts-{name}", place) for name, place in self.record.facts.found_at.items()]
        entries = [(entry.id, entry.place) for entry in self.record.entries() if entry.place]
        items = [
            (f"{programme.id}i{n}", item.place)
            for programme in self.record.programmes
            for n, item in enumerate(programme.items)
            if item.place
        ]
        return [*facts, *entries, *items]

    def anchor(self, place: Place | None) -> str:
        """Return the name of the sentence a place begins in, empty without one."""
        if place is None or not self._sentences:
            return ""
        at = bisect_right(self._sentences, (place.start, 10**9)) - 1
        return f"s{max(at, 0)}"

    @cached_property
    def fact_anchors(self) -> dict[str, str]:
        """Return the sentences the plain facts were found in."""
        return {name: self.anchor(place) for name, place in self.record.facts.found_at.items()}

    @cached_property
    def doubts(self) -> list[Doubtful]:
        """Return the doubtful places, the ones that need a character first, bare placeholders last."""
        text = self.document.clean_text
        found = []
        for mend in self.mends:
            if mend.doubtful:
                start, end = mend.clean
                place = Place(start, end)
                before = text[max(start - CONTEXT, 0) : start].rpartition("\n")[2]
                found.append(Doubtful(mend, before, text[end : end + CONTEXT].partition("\n")[0], self.anchor(place)))
        return sorted(found, key=lambda one: one.mend.rule == "placeholder")

    @property
    def urgent_doubts(self) -> list[Doubtful]:
        """Return the doubtful places that are no bare placeholders."""
        return [one for one in self.doubts if one.mend.rule != "placeholder"]

    @property
    def placeholders(self) -> list[Doubtful]:
        """Return the placeholders that stand for words the source left out."""
        return [one for one in self.doubts if one.mend.rule == "placeholder"]

    @cached_property
    def groups(self) -> list[MendGroup]:
        """Return the certain repairs by rule, the ones that changed most first."""
        found: dict[str, MendGroup] = {}
        for mend in self.mends:
            if not mend.doubtful and mend.rule != SILENT:
                label = _QUOTED.sub("", mend.note)
                found.setdefault(mend.rule, MendGroup(mend.rule, label)).mends.append(mend)
        return sorted(found.values(), key=lambda group: -len(group.mends))

    def _shown(self, rows: Iterable[Entry]) -> list[Shown]:
        return [Shown(entry, self.anchor(entry.place)) for entry in rows]

    @cached_property
    def people(self) -> list[Group]:
        """Return the people by what they did."""
        return _grouped(Part.choices, self._shown(self.record.people), _part)

    @cached_property
    def points(self) -> list[Group]:
        """Return the points by kind."""
        return _grouped(PointKind.choices, self._shown(self.record.points), _kind)

    @cached_property
    def programmes(self) -> list[Shown]:
        """Return the programmes."""
        return self._shown(self.record.programmes)

    @cached_property
    def tasks(self) -> list[Group]:
        """Return the tasks by programme and part, those under none last; groups without tasks are left out."""
        shown = self._shown(task for task in self.record.tasks if task.kind == "task")
        return [group for group in _grouped(self._headings(), shown, _heading) if group.rows]

    def _headings(self) -> list[tuple[str, str]]:
        """Return the headings tasks can stand under: each programme, then each of its parts, then none."""
        found = []
        for programme in self.record.programmes:
            found.append((programme.id, programme.name))
            found += [(f"{programme.id} {item.text}", f"{programme.name}　{item.text}") for item in programme.items]
        return [*found, ("", "不在专项内" if found else "")]

    @cached_property
    def slogans(self) -> list[Shown]:
        """Return the aims that are kept with the document only."""
        return self._shown(task for task in self.record.tasks if task.kind != "task")

    @property
    def target_count(self) -> int:
        """Return how many targets will be entered."""
        return sum(len(task.targets) for task in self.record.work)

    @property
    def settled(self) -> int:
        """Return how many doubtful places a person has answered."""
        return sum(bool(one.mend.correction) for one in self.doubts)


def _part(entry: PersonEntry) -> str:
    return entry.part


def _kind(entry: PointEntry) -> str:
    return entry.kind


def _heading(entry: TaskEntry) -> str:
    return f"{entry.programme} {entry.item}".strip() if entry.programme else ""


def _grouped(choices: Sequence[tuple[str, Any]], shown: list[Shown], code_of: Any) -> list[Group]:
    known = {code for code, _ in choices}
    return [
        Group(
            code,
            str(label),
            [one for one in shown if code_of(one.entry) == code or (code == "" and code_of(one.entry) not in known)],
        )
        for code, label in choices
    ]


def programme_choices(record: Record) -> list[tuple[str, str]]:
    """Return the programmes a task can fall under."""
    return [(p.id, p.name) for p in record.live_programmes]
