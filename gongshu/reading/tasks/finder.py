"""Finding the tasks of a page: demands, cut, weighed, with quantities, deadlines and owners."""

import re
from collections import Counter

from gongshu.reading.model import Finding, Page, Span, TaskFinding
from gongshu.reading.tasks.cut import Cutter, Piece
from gongshu.reading.tasks.deadline import deadline_in, deadline_tail
from gongshu.reading.tasks.demand import demands
from gongshu.reading.tasks.kind import kind_of
from gongshu.reading.tasks.marks import Masked, mask, trimmed
from gongshu.reading.tasks.owner import bracket_owner, labels
from gongshu.reading.tasks.quantity import quantities_in
from gongshu.reading.tasks.rows import tasks_of_row
from gongshu.reading.tasks.table import spaced_rows, stacked_rows, table_rows
from gongshu.reading.tasks.tail import tails

_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_HAN = re.compile("[\u4e00-\u9fff]")
_DATE_BEHIND = re.compile(r"\((?P<when>[^()]{2,12})\)$")
_HEAD = re.compile(r"^[ \t]*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])", re.MULTILINE)
_PARAGRAPH = 60
_MANY = 4
_LIGHT = 3
_TOPIC = re.compile(r"^(?:奋力|全力|着力|努力|加快)?(?:打造|建设|争创|争做|锻造|塑造)“[^”]{2,12}”$")
_MOTTO_HEADING = re.compile(r"^[\u4e00-\u9fff]{7}$|^在[\u4e00-\u9fff]{2,8}[上中][\u4e00-\u9fff]{2,4}$")


def find_tasks(page: Page, doc_type: str) -> list[TaskFinding]:
    """Return the demands of a page in the order they stand. `doc_type`: news, speech, notice, plan or other.

    The caller leaves documents out of scope alone: here whatever the text demands is found.
    """
    masked = mask(page.text)
    cutter = Cutter(masked)
    stacked, lines_of_stacked = stacked_rows(page)
    spaced, lines_of_spaced = spaced_rows(page)
    taken = lines_of_stacked | lines_of_spaced
    pieces = [piece for demand in demands(page, masked, doc_type, taken) for piece in cutter.pieces(demand)]
    broken = _broken_off(masked.view)
    pieces = [piece for piece in pieces if piece.span.end < broken]
    pieces = _owned(masked, _without_headings(masked, pieces))
    found = [_weigh(masked, piece) for piece in pieces]
    for row in (*table_rows(page), *stacked, *spaced):
        found.extend(tasks_of_row(masked, cutter, row, _weigh))
    return sorted((task for task in found if _WORDS.search(task.text)), key=lambda task: task.span.start)


def _broken_off(view: str) -> int:
    """Return where a text ends whose last paragraph stops inside a sentence, else a place behind the text."""
    text = view.rstrip()
    last = text[text.rfind("\n") + 1 :]
    stops = "。" in last and len(last) > _PARAGRAPH and _HAN.match(text[-1]) is not None
    return len(text) if stops else len(view) + 1


def _without_headings(masked: Masked, pieces: list[Piece]) -> list[Piece]:
    """Leave out headings of what follows: topics, and mottoes that open three sentences of a paragraph."""

    def is_motto(piece: Piece) -> bool:
        return piece.led and _MOTTO_HEADING.match(piece.span.of(masked.text)) is not None

    many = Counter(piece.paragraph for piece in pieces if is_motto(piece))
    after = {piece.paragraph: piece.span.start for piece in pieces}
    return [
        piece
        for piece in pieces
        if not (is_motto(piece) and many[piece.paragraph] >= 3)
        and not (piece.led and _is_topic(masked, piece) and after[piece.paragraph] > piece.span.start)
    ]


def _closed(masked: Masked, pieces: list[Piece]) -> list[Piece]:
    """Give what the bracket behind an item says to the tasks of the item, and take it off their words.

    A bracket on a line of its own holds for every line since the heading, or since the bracket before it.
    """
    floor = 0
    for tail in tails(masked.text):
        before = [piece for piece in pieces if floor <= piece.span.start < tail.span.start]
        heads = [one.start() for one in _HEAD.finditer(masked.flat, floor, tail.span.start)] if tail.alone else []
        for piece in before:
            near = piece.paragraph == before[-1].paragraph and piece.item == before[-1].item
            if piece.span.start >= max(heads, default=floor) if tail.alone else near:
                piece.owner, piece.deadline = piece.owner or tail.owner, piece.deadline or tail.deadline
                piece.span = Span(piece.span.start, min(piece.span.end, tail.span.start))
        floor = tail.span.end
    return pieces


def _dated(masked: Masked, pieces: list[Piece]) -> list[Piece]:
    """Take a sentence that says only by when (10月底前完成。) for the date of the task before it."""
    kept: list[Piece] = []
    for piece in pieces:
        when = deadline_tail(masked.view, piece.whole) if kept and piece.whole == piece.span else None
        near = kept and kept[-1].paragraph == piece.paragraph and kept[-1].item == piece.item
        bare = when is not None and piece.span.end - piece.span.start <= len(when.value) + _LIGHT
        if when is None or not bare or not near or deadline_in(masked.text, kept[-1].whole):
            kept.append(piece)
        else:
            kept[-1].deadline = kept[-1].deadline or when
    return kept


def _owned(masked: Masked, pieces: list[Piece]) -> list[Piece]:
    """Give labelled owners and deadlines to their item; drop the meeting's own body named alone."""
    pieces = _closed(masked, _dated(masked, pieces))
    for kind, value in labels(masked.text):
        before = [piece for piece in pieces if piece.span.end <= value.span.start]
        for piece in before:
            if piece.item == before[-1].item and piece.paragraph >= before[-1].paragraph - 1:
                setattr(piece, kind, getattr(piece, kind) or value)
    owners = Counter(piece.owner.value for piece in pieces if piece.owner and piece.owner.rule != "owner.host")
    for piece in pieces:
        if piece.owner and (not owners if piece.owner.rule == "owner.host" else _is_everybody(piece.owner, owners)):
            piece.owner = None
    return pieces


def _is_everybody(owner: Finding, owners: Counter[str]) -> bool:
    """Tell whether a union is the one subject of a whole speech, and so nobody's own duty."""
    union = owner.rule == "owner.subject" and owner.value.endswith(("工会", "工会组织"))
    return union and len(owners) == 1 and owners[owner.value] >= _MANY


def _is_topic(masked: Masked, piece: Piece) -> bool:
    """Tell whether a piece is a whole sentence that only names the topic (要奋力打造“红色工会”。)."""
    return (
        masked.text[piece.span.end : piece.span.end + 1] == "。"
        and _TOPIC.match(piece.span.of(masked.view)) is not None
    )


def _weigh(masked: Masked, piece: Piece) -> TaskFinding:
    bracket = bracket_owner(masked.text, piece.span)
    span, owner = trimmed(masked.text, piece.span.start, piece.span.end), piece.owner
    if bracket is not None:
        owner = bracket[0]
        if bracket[1].end == span.end:
            span = trimmed(masked.text, span.start, bracket[1].start)
    span = _without_date(masked, span)
    quantities = quantities_in(masked, span)
    deadline = _deadline(masked, piece)
    kind, rule = kind_of(span.of(masked.view), counted=bool(quantities), timed=_is_dated(deadline))
    return TaskFinding(span.of(masked.text), kind, span, f"{piece.rule}+{rule}", quantities, deadline, owner)


def _without_date(masked: Masked, span: Span) -> Span:
    """Return a task's words without the full stop of a cell and without a bracket that only says by when."""
    end = span.end - (span.of(masked.view)[-1:] in ("。", ";"))
    bracket = _DATE_BEHIND.search(masked.view, span.start, end)
    when = deadline_in(masked.text, Span(*bracket.span("when"))) if bracket else None
    if bracket is None or when is None or when.span != bracket.span("when"):
        return Span(span.start, end)
    return Span(span.start, bracket.start())


def _deadline(masked: Masked, piece: Piece) -> Finding | None:
    """Return the deadline of a piece: what stands beside it, in it, or at the head of its calendar line."""
    given = piece.deadline
    if given is not None and given.rule != "deadline.calendar":
        return given
    found = deadline_in(masked.text, piece.whole) or given
    if found is None and piece.subject.start < piece.subject.end:
        before = deadline_in(masked.text, piece.subject)
        found = before if before and before.value.endswith(("前", "内", "底")) else None
    return found


def _is_dated(deadline: Finding | None) -> bool:
    return deadline is not None and deadline.rule != "deadline.rhythm"
