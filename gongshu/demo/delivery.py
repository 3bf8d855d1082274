"""A plan under way for the demonstration: a document confirmed, its targets shared out, its tasks given down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from gongshu.core.access.actor import Actor, actor_for, system_actor
from gongshu.core.orgs.queries import children
from gongshu.delivery import actions, queries
from gongshu.delivery.actions.editing import bind
from gongshu.delivery.enums import Receivers
from gongshu.delivery.models import Assignment, Plan, Target, Task
from gongshu.delivery.queries.bindings import suggest
from gongshu.delivery.rules.drafts import DispatchOrder, SplitOrder
from gongshu.delivery.rules.sharing import share_out
from gongshu.demo import people
from gongshu.demo.stages import Setting
from gongshu.intake.actions import Entry, confirm
from gongshu.intake.models import Document
from gongshu.intake.rules import problems
from gongshu.intake.rules.record.shape import from_json

PROVINCE = "gz"
FORM = "demo-"  # how the numbers of its forms begin
CITIES = ("tongren", "guiyang")
TIME = timedelta(days=30)
DUE = (-3, 2, 20, 20, 40, 40, 60, 60)  # days from today at which the tasks given down fall due
WORK: tuple[Callable[[Assignment, Actor, datetime], object], ...] = (
    lambda row, city, at: actions.sign(row, by=city, at=at),
    lambda row, city, at: actions.report(row, "已按要求完成（演示）", by=city, at=at),
    lambda row, city, at: actions.accept(row, by=city, at=at),
)
PATTERN = (3, 1, 3, 2, 3, 1)  # how many of these steps a city has taken
LATE = (3, 5, 7)  # the cities that have not yet done what is overdue


def build(setting: Setting) -> str:
    """Confirm the first province's own document and give its work down; own documents of a visitor are left to them."""
    if setting.docs:
        return "您的文件由您校核、确认、部署，这里不代办"
    officer = officer_at(PROVINCE, setting)
    document = _complete(officer)
    confirm(document, _entry(document, setting), by=officer, at=setting.past)
    plan = Plan.objects.get(documents=document)
    counted = [_count(target, officer, setting) for target in Target.objects.filter(task__plan=plan)]
    for target in filter(None, counted):
        _share_down(target, officer, setting)
        for city in CITIES:
            _sign_and_share_down(target, officer_at(city, setting), setting)
    others = Task.objects.filter(plan=plan, is_doable=True, targets__isnull=True).order_by("order")[: len(DUE)]
    for place, (task, days) in enumerate(zip(others, DUE, strict=False)):
        _give(task, officer, setting, due_on=setting.at.date() + timedelta(days=days))
        _let_cities_work(task, place, setting)
    return f"“{plan.title}”已部署：{sum(map(bool, counted))} 个指标分解到市和县，{len(others)} 项任务下达到市"


def _let_cities_work(task: Task, place: int, setting: Setting) -> None:
    """Let some cities sign, some report, and some of the reports be accepted, in a fixed pattern."""
    rows = Assignment.objects.filter(task=task).select_related("organisation").order_by("organisation__path")
    for row, assignment in enumerate(rows):
        city = system_actor("演示数据", assignment.organisation)
        taken = PATTERN[(place + row) % len(PATTERN)] if place else (1 if row in LATE else 3)
        for step in WORK[:taken]:
            step(assignment, city, setting.past + timedelta(days=2))


def _entry(document: Document, setting: Setting) -> Entry:
    """Return how the document is entered: an older meeting's work is taken up until this year's end."""
    year = from_json(document.draft.record).facts.year
    until = None if year == str(setting.at.year) else date(setting.at.year, 12, 31)
    return Entry(document.organisation, document.draft.version, until=until)


def _complete(officer: Actor) -> Document:
    """Return the document at the officer's own desk that states all a meeting needs, its year too."""
    waiting = Document.objects.select_related("draft", "organisation").filter(organisation=officer.desk).order_by("pk")
    return next(document for document in waiting if not problems(from_json(document.draft.record)))


def officer_at(username: str, setting: Setting) -> Actor:
    """Return the actor of a demonstration account."""
    row = people.seated().get(account__username=username)
    return actor_for(row.account, on=setting.at.date())


def _count(target: Target, officer: Actor, setting: Setting) -> Target | None:
    """Bind a target to what the system counts, None when nothing does."""
    found = suggest(target.task.text, target.unit)
    if found is None:
        return None
    return bind(target, found.metric.code, dict(found.filters), by=officer, at=setting.past)


def _sign_and_share_down(target: Target, officer: Actor, setting: Setting) -> None:
    mine = Assignment.objects.get(task=target.task, organisation=officer.desk)
    actions.sign(mine, by=officer, at=setting.past)
    _share_down(target, officer, setting)


def _share_down(target: Target, officer: Actor, setting: Setting) -> None:
    """Give the target's task to all directly below and share the target over them by base unions."""
    if officer.desk is None:
        raise LookupError(f"{officer.display_name} sits nowhere")
    _give(target.task, officer, setting)
    units = list(children(officer.desk))
    way = queries.weighing_of("bases")
    weights = queries.weigh(way, units)
    amounts = share_out(int(queries.pot_of(target, officer.desk).amount), weights)
    keys = [unit.pk for unit in units]
    order = SplitOrder(dict(zip(keys, amounts, strict=True)), way.rule, dict(zip(keys, weights, strict=True)))
    actions.split(target, order, by=officer, at=setting.past)


def _give(task: Task, officer: Actor, setting: Setting, *, due_on: date | None = None) -> None:
    due_on = min(due_on or task.due_on or setting.at.date() + TIME, task.plan.ends_on)  # near the end of a year
    token = f"{FORM}{task.pk}-{officer.organisation_id}"
    actions.give(task, DispatchOrder(Receivers.CHILDREN, due_on, token), by=officer, at=setting.past)
