"""What differs between two versions of a record, and putting a chosen mixture of both together."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from gongshu.intake.rules.record.shape import (
    PLAIN_FACTS,
    Entry,
    PersonEntry,
    PointEntry,
    ProgrammeEntry,
    Record,
    TaskEntry,
)

FACT_LABELS = {
    "name": "会议名称", "kind": "会议类型", "session": "届次", "year": "年", "month": "月", "day": "日",
    "place": "地点", "organiser": "主办",
}  # fmt: skip
NOTHING = "（无）"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: its key (`facts-year`, an entry's id, `fix-3`), what it is, how either side has it."""

    key: str
    label: str
    theirs: str
    mine: str


def words_of(entry: Entry | None) -> str:
    """Return an entry in one line for people to compare."""
    if entry is None:
        return NOTHING
    text = "（不列入）" if entry.dropped else ""
    if isinstance(entry, PersonEntry):
        return f"{text}{entry.name} {entry.title}".strip()
    if isinstance(entry, PointEntry):
        return text + entry.text
    if isinstance(entry, ProgrammeEntry):
        return f"{text}{entry.name}：{'、'.join(item.text for item in entry.items)}".rstrip("：")
    return text + _task_words(entry)


def _task_words(task: TaskEntry) -> str:
    targets = "、".join(f"{target.value}{target.unit}" for target in task.targets)
    return "；".join(part for part in (task.text, targets, task.deadline, task.owner) if part)


def _label(entry: Entry) -> str:
    if isinstance(entry, PersonEntry):
        return "人员"
    if isinstance(entry, PointEntry):
        return "会议事项"
    return "专项" if isinstance(entry, ProgrammeEntry) else "任务"


def differences(theirs: Record, mine: Record) -> list[Difference]:
    """Return what differs, facts first, then entries in their order, then corrected characters."""
    found = [
        Difference(f"facts-{name}", FACT_LABELS[name], old or NOTHING, new or NOTHING)
        for name in PLAIN_FACTS
        if (old := getattr(theirs.facts, name)) != (new := getattr(mine.facts, name))
    ]
    old_entries, new_entries = ({entry.id: entry for entry in record.entries()} for record in (theirs, mine))
    for key in dict.fromkeys([*old_entries, *new_entries]):
        one, other = old_entries.get(key), new_entries.get(key)
        if one != other and (shown := one or other):
            found.append(Difference(key, _label(shown), words_of(one), words_of(other)))
    for number in sorted({*theirs.corrections, *mine.corrections}, key=int):
        old, new = theirs.corrections.get(number, ""), mine.corrections.get(number, "")
        if old != new:
            found.append(Difference(f"fix-{number}", "存疑字", old or NOTHING, new or NOTHING))
    return found


def merged(theirs: Record, mine: Record, take_mine: Collection[str]) -> Record:
    """Return `theirs` with the things named in `take_mine` as `mine` has them."""
    record = deepcopy(theirs)
    record.last_number = max(theirs.last_number, mine.last_number)
    for name in PLAIN_FACTS:
        if f"facts-{name}" in take_mine:
            setattr(record.facts, name, getattr(mine.facts, name))
    for sort in ("people", "points", "programmes", "tasks"):
        setattr(record, sort, _mixed(getattr(theirs, sort), getattr(mine, sort), take_mine))
    for key in take_mine:
        number = key.removeprefix("fix-")
        if number != key:
            _take_correction(record, mine, number)
    return record


def _mixed(theirs: list[Any], mine: list[Any], take_mine: Collection[str]) -> list[Any]:
    by_key = {entry.id: entry for entry in mine}
    kept = [by_key.get(entry.id) if entry.id in take_mine else entry for entry in theirs]
    known = {entry.id for entry in theirs}
    added = [entry for entry in mine if entry.id not in known and entry.id in take_mine]
    return [deepcopy(entry) for entry in (*kept, *added) if entry is not None]


def _take_correction(record: Record, mine: Record, number: str) -> None:
    if number in mine.corrections:
        record.corrections[number] = mine.corrections[number]
    else:
        record.corrections.pop(number, None)


def tally(found: Record, entered: Record) -> dict[str, int]:
    """Return how many entries a person corrected, added and dropped between reading and entering."""
    before = {entry.id: entry for entry in found.entries()}
    now = {entry.id: entry for entry in entered.entries()}
    dropped = [key for key, entry in now.items() if entry.dropped]
    added = [key for key in now if key not in before and key not in dropped]
    changed = [key for key, entry in now.items() if key in before and entry != before[key] and key not in dropped]
    facts = [name for name in PLAIN_FACTS if getattr(found.facts, name) != getattr(entered.facts, name)]
    return {"corrected": len(changed) + len(facts), "added": len(added), "dropped": len(dropped)}
