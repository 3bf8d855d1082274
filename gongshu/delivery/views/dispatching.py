"""Giving a task to departments or to organisations below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Refused
from gongshu.core.jobs.models import Job
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import departments
from gongshu.core.ui.refusals import tell
from gongshu.delivery import actions, jobs, queries
from gongshu.delivery.enums import Permission
from gongshu.delivery.forms import DispatchForm, new_token
from gongshu.delivery.models import Assignment, Dispatch, Task
from gongshu.delivery.views import paths


@needs(Permission.DISPATCH)
def give(request: Request, pk: int) -> HttpResponse:
    """Choose receivers and a date; more than a few receivers are shown once more before they are given the task."""
    task = queries.task_for(request.actor, pk)
    desk = request.actor.desk
    if desk is None or not can(request.actor, Permission.DISPATCH, at=desk):
        raise Http404
    below, has_more = queries.choices_below(desk)
    mine = queries.held_by(task, desk)
    initial = {"receivers": "children", "token": new_token(), "due_on": _last_day(task, mine)}
    form = DispatchForm(
        request.POST or None, initial=initial, issuer=desk, below=below, departments=list(departments(desk))
    )
    context = {"task": task, "desk": desk, "has_more": has_more, "mine": mine}
    if request.method == "POST" and form.is_valid():
        try:
            return _give(request, task, form, context)
        except Refused as refusal:
            tell(form, refusal.problems)
    chosen = {str(key) for key in form["under"].value() or []}
    context |= {"form": form, "branches": _branches(below, chosen), "crumbs": paths.to_task(task, "交办")}
    return render(request, "delivery/give.html", context, status=422 if request.method == "POST" else 200)


def _last_day(task: Task, mine: Assignment | None) -> date | None:
    """Return the day to propose: mine, else the task's; none where that is over, for only a person can tell."""
    day = mine.due_on if mine else task.last_day
    return day if day >= timezone.localdate() else None


def _give(request: Request, task: Task, form: DispatchForm, context: dict[str, object]) -> HttpResponse:
    order, now = form.order(), timezone.now()
    is_sure = "sure" in request.POST or Dispatch.objects.filter(token=order.token).exists()
    dispatch = None if is_sure else actions.preview(task, order, by=request.actor, at=now)
    if dispatch and dispatch.total > actions.SMALL:
        hidden = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
        context |= {"dispatch": dispatch, "hidden": hidden, "crumbs": paths.to_task(task, "交办")}
        return render(request, "delivery/give_sure.html", context)
    made: list[Job] = []

    def background(big: Dispatch) -> None:
        made.append(jobs.enqueue_dispatch(big, by=request.actor))

    actions.give(task, order, by=request.actor, at=now, background=background)
    return redirect(made[0] if made else task)


@dataclass(frozen=True)
class Twig:
    """An organisation to tick, with those directly below it."""

    organisation: Organisation
    is_ticked: bool
    below: list[Twig]

    @property
    def is_open(self) -> bool:
        """Tell whether something below is ticked."""
        return any(twig.is_ticked for twig in self.below)


def _branches(below: list[Organisation], chosen: set[str]) -> list[Twig]:
    tops: dict[str, Twig] = {}
    for org in below:
        twig = Twig(org, str(org.pk) in chosen, [])
        if org.parent_path in tops:
            tops[org.parent_path].below.append(twig)
        else:
            tops[org.path] = twig
    return list(tops.values())
