"""What must be right before a record is entered, and whose meeting it was. Pure functions."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from gongshu.core.base.problems import Problem
from gongshu.intake.rules.record.shape import Record, TaskEntry
from gongshu.intake.rules.record.typed import LONGEST
from gongshu.meetings import rules as meetings
from gongshu.meetings.rules.facts import Line, MeetingFacts, Named

MOST_AMOUNT = Decimal(10) ** 12
LENGTHS = {"deadline": (100, "时限"), "owner": (200, "责任单位")}
UNIT_LENGTH, PROGRAMME_LENGTH, ITEM_LENGTH, TITLE_LENGTH = 40, 120, 200, 200
_UNION = re.compile(r"[\u4e00-\u9fff×]{0,24}?(?:总工会|工会联合会|工会委员会|工会)")
_RELATIVE = re.compile(r"[省市区县州盟旗]?总工会|工会")
_LEADS = re.compile(r"^(?:由|在|与|和|及|暨|省政府|市政府|县政府|区政府|政府)+")


def number_of(typed: str) -> int | None:
    """Return a typed whole number, None when it is empty or none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 4 else None


def amount_of(typed: str) -> Decimal | None:
    """Return a typed amount above zero, None when it is none. Thousands marks are allowed."""
    try:
        amount = Decimal(re.sub(r"[\s,，]", "", typed))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < MOST_AMOUNT else None


def facts_of(record: Record) -> MeetingFacts:
    """Return the meeting's facts as the ledger will hold them."""
    facts = record.facts
    return MeetingFacts(
        name=facts.name,
        kind=facts.kind,
        year=number_of(facts.year),
        month=number_of(facts.month),
        day=number_of(facts.day),
        session=facts.session,
        place=facts.place,
        organiser=facts.organiser,
        people=tuple(Named(p.part, p.name, p.title) for p in record.people if not p.dropped),
        points=tuple(Line(p.kind, p.text) for p in record.points if not p.dropped and p.text),
    )


def problems(record: Record) -> list[Problem]:
    """Return why the record cannot be entered, each with the form field it is about; empty when it can."""
    found = _number_problems(record)
    if not found:
        found = [Problem(p.message, p.clause, _fact_field(p.field)) for p in meetings.problems(facts_of(record))]
    for task in record.work:
        found += _task_problems(task)
    found += _programme_problems(record)
    return found


def length_problems(record: Record) -> list[Problem]:
    """Return what is too long even for a draft."""
    typed = [("会议名称", "facts-name", record.facts.name)]
    typed += [("补上的文字", f"fix-{number}", words) for number, words in record.corrections.items()]
    typed += [("任务", f"{task.id}-text", task.text) for task in record.tasks]
    typed += [("事项", f"{point.id}-text", point.text) for point in record.points]
    typed += [("姓名", f"{person.id}-name", person.name + person.title) for person in record.people]
    typed += [("专项", f"{p.id}-name", p.name + "".join(i.text for i in p.items)) for p in record.programmes]
    return [
        Problem(f"{label}超过 {LONGEST} 字，没有保存", field=field)
        for label, field, text in typed
        if len(text) > LONGEST
    ]


def _fact_field(field: str) -> str:
    return f"facts-{field}" if field in (*meetings.LENGTHS, "year", "month", "day") else field


def _number_problems(record: Record) -> list[Problem]:
    labels = {"year": "年份", "month": "月份", "day": "日期"}
    return [
        Problem(f"{label}“{typed}”不是数字", field=f"facts-{name}")
        for name, label in labels.items()
        if (typed := getattr(record.facts, name)) and number_of(typed) is None
    ]


def _task_problems(task: TaskEntry) -> list[Problem]:
    found = [] if task.text else [Problem("有一条任务没有内容，请填写或不列入", field=f"{task.id}-text")]
    for name, (limit, label) in LENGTHS.items():
        if len(getattr(task, name)) > limit:
            found.append(Problem(f"{label}超过 {limit} 字", field=f"{task.id}-{name}"))
    for n, target in enumerate(task.targets):
        if amount_of(target.value) is None:
            found.append(Problem(f"指标“{target.value or target.unit}”不是大于零的数", field=f"{task.id}-value-{n}"))
        elif len(target.unit) > UNIT_LENGTH:
            found.append(Problem("指标的单位太长", field=f"{task.id}-unit-{n}"))
    return found


def _programme_problems(record: Record) -> list[Problem]:
    found: list[Problem] = []
    seen: set[str] = set()
    for programme in record.live_programmes:
        field = f"{programme.id}-name"
        if not programme.name:
            found.append(Problem("有一个专项没有名称，请填写或不列入", field=field))
        elif programme.name in seen:
            found.append(Problem(f"专项“{programme.name}”写了两次", field=field))
        elif len(programme.name) > PROGRAMME_LENGTH or any(len(i.text) > ITEM_LENGTH for i in programme.items):
            found.append(Problem(f"专项“{programme.name[:12]}…”的名称或分项太长", field=field))
        seen.add(programme.name)
    return found


def union_names(record: Record) -> list[str]:
    """Return the names of unions that the organiser and the meeting's name state, the fullest first.

    A bare 省总工会 names no union by itself and comes last; it is offered, never taken.
    """
    texts = (record.facts.organiser, record.facts.name)
    found = [_LEADS.sub("", name) for text in texts for name in _UNION.findall(text)]
    names = dict.fromkeys(full for name in found if (full := _full(name)))
    return sorted(names, key=lambda name: bool(_RELATIVE.fullmatch(name)))


def is_relative(name: str) -> bool:
    """Tell whether a name names no union by itself, as 省总工会 does."""
    return _RELATIVE.fullmatch(name) is not None


def _full(name: str) -> str:
    """Return 铜仁市总工会 for 铜仁市工会; other names as they are."""
    if name.endswith(("总工会", "联合会", "委员会")) or name == "工会":
        return name if name != "工会" else ""
    stem = name.removesuffix("工会")
    return f"{stem}总工会" if stem.endswith(("省", "市", "区", "县", "州", "盟", "旗")) else name


def plan_title(record: Record, organisation: str, year: int) -> str:
    """Return the plan's title: whose, which year's, by which meeting."""
    return f"{organisation}{year}年工作部署（{record.facts.name}）"[:TITLE_LENGTH]


def plan_days(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    """Return the first and last day of the plan: from the meeting, or the year's beginning, to the year's end."""
    return date(year, month or 1, (day or 1) if month else 1), date(year, 12, 31)


_DEADLINE_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
_DEADLINE_MONTH = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:底|末|份)")
_DEADLINE_YEAR = re.compile(r"(\d{4})年(?:年)?(?:底|末)")
_THIS_YEAR = re.compile(r"^(?:今年|年)(?:年)?(?:底|末|内)")


def due_on(deadline: str, year: int) -> date | None:
    """Return the last day a deadline's words mean in the meeting's year; None where they name no day.

    9月25日前 → 25 September, 6月底前 → 30 June, 2025年底 → 31 December, 年底前 → 31 December; 尽快 → None.
    """
    if day := _DEADLINE_DAY.search(deadline):
        return _valid(int(day[1] or year), int(day[2]), int(day[3]))
    if month := _DEADLINE_MONTH.search(deadline):
        return _month_end(int(month[1] or year), int(month[2]))
    if named := _DEADLINE_YEAR.search(deadline):
        return _valid(int(named[1]), 12, 31)
    return date(year, 12, 31) if _THIS_YEAR.search(deadline) else None


def _month_end(year: int, month: int) -> date | None:
    if not 1 <= month <= 12:
        return None
    last = {4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
    return _valid(year, 2, 29) or date(year, 2, 28) if month == 2 else date(year, month, last)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
