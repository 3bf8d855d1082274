"""What the stages of reading hand to one another. Offsets count code points, half open, in the text named."""

from dataclasses import dataclass, field
from typing import NamedTuple

GAP = "〔缺文〕"
"""What stands in the clean text for a stretch the page left out."""


class Span(NamedTuple):
    """A stretch `[start, end)` of a text, in code points. A tuple: a page makes thousands of them."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the stretch of `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Repair:
    """One change made on the way from the raw to the clean text, or one doubt flagged for a person.

    `raw` and `clean` are where it stands before and after; `before`/`after` the words; `rule` the rule's name;
    `note` a Chinese sentence for the reader; `doubtful` asks a person to look (nothing was guessed silently).
    """

    rule: str
    raw: Span
    clean: Span
    before: str
    after: str
    note: str
    doubtful: bool = False


class Block(NamedTuple):
    """A paragraph, heading, table row or gap of the clean text. `kind`: title, heading, body, row, gap, dateline."""

    kind: str
    span: Span
    cells: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A repaired document: raw text as decoded, clean text, every repair, and the clean text's blocks in order."""

    raw: str
    text: str
    repairs: tuple[Repair, ...]
    blocks: tuple[Block, ...]
    damage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A value read from the clean text, where it stands, and the rule that found it."""

    value: str
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class PersonFinding:
    """A person with the words before the name as title (or post)."""

    name: str
    title: str | None
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number to be reached, kept or spent, written out (万 and 亿 resolved), with its unit as in the text."""

    value: float
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class TaskFinding:
    """A demand for work. `kind` is `task` (evidence can be attached) or `slogan`; see LABELLING.md."""

    text: str
    kind: str
    span: Span
    rule: str
    quantities: tuple[Quantity, ...] = ()
    deadline: Finding | None = None
    owner: Finding | None = None


@dataclass(frozen=True, slots=True)
class InitiativeFinding:
    """A named scheme (“6+1”, 四个工会) with its listed parts."""

    name: str
    span: Span
    rule: str
    items: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Meeting:
    """The facts of the meeting a document tells of. Empty where the text does not say."""

    name: Finding | None = None
    kind: Finding | None = None
    date: Finding | None = None
    place: Finding | None = None
    organizer: Finding | None = None
    chair: list[PersonFinding] = field(default_factory=list)
    speakers: list[PersonFinding] = field(default_factory=list)
    attendees_named: list[PersonFinding] = field(default_factory=list)
    attendee_groups: list[Finding] = field(default_factory=list)
    adopted: list[Finding] = field(default_factory=list)
    heard: list[Finding] = field(default_factory=list)
    elected: list[PersonFinding] = field(default_factory=list)
    awards: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """Everything read from one document; `read()` returns it, `assemble` writes it as a gold-schema record."""

    page: Page
    is_union_meeting: bool
    in_scope: bool
    doc_type: str
    meeting: Meeting
    tasks: list[TaskFinding]
    initiatives: list[InitiativeFinding]
