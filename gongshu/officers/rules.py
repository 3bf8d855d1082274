"""What stands in the way of a course, a roll of those who came, a duty done. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongshu.core.base.days import add_months, day_of_month
from gongshu.core.base.problems import Problem

LONGEST_DAY = 12  # hours of a course in a day, so that a slip of the pen is noticed
MOST_PEOPLE = 2_000
BETWEEN = re.compile(r"[\s、，,；;]+")
NAME_LENGTH = 60


@dataclass(frozen=True)
class CourseFacts:
    """What is told of a course: title, topic, first and last day, hours, place."""

    title: str
    topic: str
    from_on: date
    until_on: date
    hours: Decimal
    place: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a roll: its number, a name, and the union as written, perhaps empty."""

    row: int
    name: str
    union: str


@dataclass(frozen=True)
class Place:
    """A union that a name may belong to: its key, and the post held there, perhaps none."""

    key: int
    post: str = ""


@dataclass(frozen=True)
class Came:
    """Somebody who came: name, the key of their union, the post held there."""

    name: str
    union: int
    post: str = ""


def planning(facts: CourseFacts) -> list[Problem]:
    """Return what is wrong with a course."""
    problems = [] if facts.title.strip() else [Problem("请填写培训班名称", field="title")]
    if facts.until_on < facts.from_on:
        return [*problems, Problem("结束日期早于开始日期，请核对", field="until_on")]
    days = (facts.until_on - facts.from_on).days + 1
    if not 0 < facts.hours <= days * LONGEST_DAY:
        problems.append(Problem(f"{days}天的培训，学时应当大于0、不超过{days * LONGEST_DAY}", field="hours"))
    return problems


def read_roll(text: str) -> list[Line]:
    """Return the lines of a roll: a name, then the union after a space, comma or tab; empty lines are left out."""
    found = []
    for row, line in enumerate(text.splitlines(), start=1):
        parts = [part for part in BETWEEN.split(line.strip()) if part]
        if parts:
            found.append(Line(row, parts[0], "".join(parts[1:])))
    return found


def matching(
    lines: Sequence[Line], unions: Mapping[str, Sequence[Place]], holders: Mapping[str, Sequence[Place]]
) -> tuple[list[Came], list[Problem]]:
    """Return who came, and each line that cannot be told, with its row.

    `unions` are the unions by the name written; `holders` the posts in office by the name of who holds them.
    """
    came, problems = list[Came](), list[Problem]()
    for line in lines:
        found = _match(line, unions, holders)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            came.append(found)
    return came, problems


def _match(line: Line, unions: Mapping[str, Sequence[Place]], holders: Mapping[str, Sequence[Place]]) -> Came | Problem:
    def bad(words: str) -> Problem:
        return Problem(words, field="roll", row=line.row)

    if len(line.name) > NAME_LENGTH:
        return bad("姓名太长，请核对：一行一人，姓名和工会之间空一格")
    held = {place.key: place.post for place in holders.get(line.name, ())}
    if not line.union:
        if len(held) == 1:
            return Came(line.name, *next(iter(held.items())))
        what = "不止一个工会有" if held else "委员会任职名单里没有"
        return bad(f"{what}“{line.name}”，请在姓名后空一格写上所在工会")
    named = unions.get(line.union, ())
    if len(named) != 1:
        what = "不止一个叫" if named else "本单位范围内没有叫"
        return bad(f"{what}“{line.union}”的工会，请写全称")
    return Came(line.name, named[0].key, held.get(named[0].key, ""))


def recording(came: Sequence[Came], *, until_on: date, on: date) -> list[Problem]:
    """Return why a roll cannot be recorded."""
    if until_on > on:
        return [Problem("培训还没有结束，结束后再登记参加人员")]
    if not came:
        return [Problem("还没有参加人员，请勾选或者填写；没有办成的，请点“取消培训”")]
    if len(came) > MOST_PEOPLE:
        return [Problem(f"一个班最多登记{MOST_PEOPLE}人，请分班登记")]
    return []


def once(came: Iterable[Came]) -> list[Came]:
    """Return who came, each once: somebody both ticked and written counts as one."""
    return list({(each.name, each.union): each for each in came}.values())


def said(note: str) -> list[Problem]:
    """Return that a reason or a line on what was done is missing."""
    return [] if note.strip() else [Problem("请用一句话写明", field="note")]


def planning_duty(title: str, due_on: date, *, on: date) -> list[Problem]:
    """Return what is wrong with a duty entered by hand."""
    problems = [] if title.strip() else [Problem("请填写事项", field="title")]
    if due_on < on:
        problems.append(Problem("期限早于今天，请核对", field="due_on"))
    return problems


@dataclass(frozen=True)
class Doing:
    """How a duty was done: on which day, in one line, and whether a file came with it."""

    done_on: date
    note: str
    has_file: bool = False


def finishing(told: Doing, *, takes_file: bool, on: date) -> list[Problem]:
    """Return why a duty cannot be called done."""
    problems = said(told.note)
    if told.done_on > on:
        problems.append(Problem("完成日期晚于今天，请核对", field="done_on"))
    if told.has_file and not takes_file:
        problems.append(Problem("这类事项涉及个人情况，系统里只记办了没有，不收附件", field="attachment"))
    return problems


def due_days(year: int, months: Collection[int], day: int) -> list[date]:
    """Return the days of a year a duty falls due, the month's last one where it has fewer days."""
    return [day_of_month(year, month, day) for month in sorted(months)]


def trained_by(since: date, months: int) -> date:
    """Return the day by which somebody in a post since `since` should have been trained."""
    return add_months(since, months)
