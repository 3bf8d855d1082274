"""A task: facts, targets, shares, and whom it was given to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongshu.core.access.actor import Actor, can
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.exports.handing import download
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail.shown import lines as trail_lines
from gongshu.core.ui.figures import cn_date
from gongshu.core.ui.shapes import Entry
from gongshu.core.ui.tables import TableShown
from gongshu.delivery import queries
from gongshu.delivery.enums import Permission
from gongshu.delivery.models import Assignment, Dispatch, Target, Task
from gongshu.delivery.queries import Gauge, Pot, ShareLine, bindings
from gongshu.delivery.tables import given_table, status_pill
from gongshu.delivery.views import paths

STORY = 20  # lines of what was done about a task


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show a task as it stands at one's own desk; `?export=xlsx` downloads whom it was given to."""
    return task_page(request, queries.task_for(request.actor, pk))


@dataclass(frozen=True)
class TargetPart:
    """A target on the page: how far it is here, how it was shared out from here, what else may be done."""

    target: Target
    gauge: Gauge | None
    binding: bindings.Binding | None
    suggested: bindings.Binding | None
    pot: Pot | None
    shares: list[ShareLine]

    @property
    def rest(self) -> int:
        """Return how much of what was shared out is nobody's now, because an assignment was taken back."""
        shared = sum(line.share.amount for line in self.shares)
        return int(self.pot.amount) - shared if self.pot and self.shares else 0

    @property
    def rule(self) -> str:
        """Return by which rule it was shared out."""
        return self.shares[0].share.rule if self.shares else ""


def task_page(request: Request, task: Task, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """Return the page of a task; with problems it answers 422."""
    actor = request.actor
    at = queries.viewpoint(actor, task.plan.organisation)
    on = timezone.localdate()
    line = queries.task_lines([task], at=at, on=on)[0]
    table = given_lines(request, task, at)
    if table.wants_export:
        return download(request, table, "交办情况")
    may_plan = can(actor, Permission.PLAN, at=task.plan.organisation) and task.plan.state == "active"
    mine = queries.held_by(task, at)
    context = {
        "task": task,
        "at": at,
        "line": line,
        "pill": status_pill(line.status),
        "targets": [_target_part(target, line.gauges, actor) for target in task.targets.all()],
        "table": table,
        "mine": mine,
        "problems": problems,
        "may_plan": may_plan,
        "may_give": _may_give(actor, task, mine),
        "crumbs": paths.to_task(task),
        "trail": _story(actor, task),
    }
    return render(request, "delivery/task.html", context, status=422 if problems else 200)


def _story(actor: Actor, task: Task) -> list[Entry]:
    """Return what was done about a task and who sent it down to how many, newest first."""
    given = [_giving(dispatch) for dispatch in queries.dispatches_of(actor, task)[:STORY]]
    return sorted([*trail_lines(task, limit=STORY), *given], key=lambda entry: entry.at, reverse=True)[:STORY]


def _giving(dispatch: Dispatch) -> Entry:
    words = f"{dispatch.issuer.short_name}下发到 {dispatch.total} 个承办单位（{dispatch.get_receivers_display()}）"
    words += f"，{cn_date(dispatch.due_on)}前完成" + ("" if dispatch.finished_at else "；正在下发")
    return Entry(dispatch.given_at, dispatch.display_name, words)


def given_lines(request: Request, task: Task, issuer: Organisation) -> TableShown:
    """Return the table of what an organisation gave of a task."""
    rows = queries.assignments_of(request.actor, task, issuer=issuer)
    return given_table(timezone.localdate()).over(rows, request.GET)


def _may_give(actor: Actor, task: Task, mine: Assignment | None) -> bool:
    desk = actor.desk
    if desk is None or task.plan.state != "active" or not can(actor, Permission.DISPATCH, at=desk):
        return False
    return desk == task.plan.organisation or (mine is not None and mine.organisation_id == desk.pk)


def _target_part(target: Target, gauges: list[Gauge], actor: Actor) -> TargetPart:
    pot = _pot(target, actor)
    binding = bindings.bound(target.metric, target.filters)
    return TargetPart(
        target=target,
        gauge=next((gauge for gauge in gauges if gauge.target == target), None),
        binding=binding,
        suggested=None if binding else bindings.suggest(target.task.text, target.unit),
        pot=pot,
        shares=queries.share_lines(target, pot.share, on=timezone.localdate()) if pot else [],
    )


def _pot(target: Target, actor: Actor) -> Pot | None:
    try:
        return queries.pot_of(target, actor.desk) if actor.desk else None
    except Refused:
        return None
