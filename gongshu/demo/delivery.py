"""A plan under way for the demonstration: a document confirmed, its targets shared out, its tasks given down."""

from __future__ import annotations

from datetime import timedelta

from gongshu.core.access.actor import Actor, actor_for
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
from gongshu.intake.actions import confirm
from gongshu.intake.models import Document
from gongshu.intake.rules import problems
from gongshu.intake.rules.record.shape import from_json

PROVINCE = "gz"
CITIES = ("tongren", "guiyang")
GIVEN = 8
TIME = timedelta(days=30)


def build(setting: Setting) -> str:
    """Confirm the first province's own document and give its work down; own documents of a visitor are left to them."""
    if setting.docs:
        return "您的文件由您校核、确认、部署，这里不代办"
    officer = _officer(PROVINCE, setting)
    document = _complete(officer)
    confirm(document, organisation=document.organisation, version=document.draft.version, by=officer, at=setting.at)
    plan = Plan.objects.get(documents=document)
    counted = [_count(target, officer, setting) for target in Target.objects.filter(task__plan=plan)]
    for target in filter(None, counted):
        _share_down(target, officer, setting)
        for city in CITIES:
            _sign_and_share_down(target, _officer(city, setting), setting)
    others = Task.objects.filter(plan=plan, is_doable=True, targets__isnull=True).order_by("order")[:GIVEN]
    for task in others:
        _give(task, officer, setting)
    return f"“{plan.title}”已部署：{sum(map(bool, counted))} 个指标分解到市和县，{GIVEN} 项任务下达到市"


def _complete(officer: Actor) -> Document:
    """Return the document at the officer's own desk that states all a meeting needs, its year too."""
    waiting = Document.objects.select_related("draft", "organisation").filter(organisation=officer.desk).order_by("pk")
    return next(document for document in waiting if not problems(from_json(document.draft.record)))


def _officer(username: str, setting: Setting) -> Actor:
    row = people.seated().get(account__username=username)
    return actor_for(row.account, on=setting.at.date())


def _count(target: Target, officer: Actor, setting: Setting) -> Target | None:
    """Bind a target to what the system counts, None when nothing does."""
    found = suggest(target.task.text, target.unit)
    if found is None:
        return None
    return bind(target, found.metric.code, dict(found.filters), by=officer, at=setting.at)


def _sign_and_share_down(target: Target, officer: Actor, setting: Setting) -> None:
    mine = Assignment.objects.get(task=target.task, organisation=officer.desk)
    actions.sign(mine, by=officer, at=setting.at)
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
    actions.split(target, order, by=officer, at=setting.at)


def _give(task: Task, officer: Actor, setting: Setting) -> None:
    due_on = task.due_on or setting.at.date() + TIME
    token = f"demo-{task.pk}-{officer.organisation_id}"
    actions.give(task, DispatchOrder(Receivers.CHILDREN, due_on, token), by=officer, at=setting.at)
