"""Which programme a task falls under, by three rules.

The first that holds decides:
1. the task's words name the programme or one of its parts (“6+1”的七项就是七个任务); naming several, it is the whole's;
2. the task stands inside the stretch that lists the programme's parts;
3. the paragraph the task stands in opens by naming a part (会议提出,要奋力打造“红色工会”。…).
"""

from __future__ import annotations

import re

from gongshu.intake.rules.record.shape import ProgrammeEntry, Record, TaskEntry
from gongshu.reading.model import Page

OPENING = 60
SHORTEST = 4
_MARKS = re.compile(r"[“”\"'‘’《》〈〉()（）\s,，、。]")
_TAIL = re.compile(r"(?:重点工作|行动计划|专项行动|工作思路|行动|计划|活动|工程|体系)$")
Part = tuple[ProgrammeEntry, str]


def core(words: str) -> str:
    """Return words without quotes, brackets, blanks and commas."""
    return _MARKS.sub("", words)


def assign(record: Record, page: Page) -> None:
    """Give each task of `record` the programme and part it falls under; tasks under none stay free."""
    if not record.programmes:
        return
    parts = [(programme, item.text) for programme in record.programmes for item in programme.items]
    heads = _headings(page, parts)
    for task in record.tasks:
        found = _by_words(task, record.programmes, parts) or _by_place(task, record.programmes, heads)
        if found:
            task.programme, task.item = found[0].id, found[1]


def _by_words(task: TaskEntry, programmes: list[ProgrammeEntry], parts: list[Part]) -> Part | None:
    words = core(task.text)
    named = [(len(core(text)), programme, text) for programme, text in parts if _same(core(text), words)]
    for programme in programmes:
        name = _short(programme.name)
        if name and name in words:
            named.append((len(name), programme, ""))
    if not named:
        return None
    _, programme, text = max(named, key=lambda one: one[0])
    others = [part for _, whose, part in named if whose is programme and core(part) not in core(text)]
    return programme, "" if others else text


def _same(part: str, words: str) -> bool:
    return len(part) >= SHORTEST and (part in words or (len(words) > SHORTEST and words in part))


def _short(name: str) -> str:
    """Return a programme's name without its common ending, for finding it inside other words; empty when too short."""
    bare = _TAIL.sub("", core(name))
    return bare if len(bare) >= SHORTEST else core(name)


def _by_place(task: TaskEntry, programmes: list[ProgrammeEntry], heads: list[tuple[int, int, Part]]) -> Part | None:
    if task.place is None:
        return None
    start = task.place.start
    inside = [one for one in programmes if one.place and one.place.start <= start < one.place.end]
    if inside:
        return inside[0], ""
    return next((part for begin, end, part in heads if begin <= start < end), None)


def _headings(page: Page, parts: list[Part]) -> list[tuple[int, int, Part]]:
    """Return the stretches governed by a part: from where a paragraph's opening names it to the paragraph's end."""
    found = []
    for block in page.blocks:
        opening = block.span.of(page.text)[:OPENING]
        named = [(at, part) for part in parts if (at := _named_at(part[1], opening)) >= 0]
        if len(named) == 1:
            at, part = named[0]
            found.append((block.span.start + at, block.span.end, part))
    return found


def _named_at(part: str, opening: str) -> int:
    return opening.find(part.strip('“”"')) if len(core(part)) >= SHORTEST else -1
