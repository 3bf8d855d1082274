"""Registrations that may be of one person: the list, the two side by side, merging, undoing, telling apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import Actor
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Refused
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.enums import JobState
from gongshu.core.jobs.models import Job
from gongshu.core.trail.shown import lines
from gongshu.members.actions import finding, merging, unmerging
from gongshu.members.enums import Permission
from gongshu.members.forms import MergeForm, WhyForm
from gongshu.members.jobs import find_duplicates
from gongshu.members.models import Pair
from gongshu.members.queries import pairs
from gongshu.members.tables import PAIRS, pair_pill

Judge = Callable[[Pair, str, Actor, datetime], Pair]
JUDGEMENTS: dict[str, Judge] = {
    "apart": lambda pair, why, by, at: finding.set_apart(pair, reason=why, by=by, at=at),
    "reopen": lambda pair, why, by, at: finding.reopen(pair, reason=why, by=by, at=at),
}
A_SEARCH = "%Y%m%d%H"  # one an hour, however many officers ask


@needs(Permission.MERGE)
def listing(request: Request) -> HttpResponse:
    """List the pairs within reach, those that wait first."""
    table = PAIRS.over(pairs.waiting_first(pairs.pairs_for(request.actor)), request.GET)
    searches = Job.objects.filter(name=find_duplicates.name, state=JobState.DONE)
    searched_at = searches.aggregate(last=Max("finished_at"))["last"]
    return render(request, "members/duplicates/list.html", {"table": table, "searched_at": searched_at})


@needs(Permission.MERGE)
@require_POST
def find(request: Request) -> HttpResponse:
    """Search now instead of tonight."""
    key = f"asked:{timezone.localtime():{A_SEARCH}}"
    job = enqueue(find_duplicates, key=key, by=request.actor)
    return redirect(job) if job.created_by_id == request.actor.account_id else redirect("members:pairs")


@needs(Permission.MERGE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show two registrations side by side with what may be done."""
    return _page(request, pairs.pair_for(request.actor, pk))


def _page(request: Request, pair: Pair, status: int = 200, **more: Any) -> HttpResponse:
    one, other = pairs.sides(pair)
    is_open = pair.state == "found" and one.current is not None and other.current is not None
    row = pairs.standing_merge(pair) if pair.state == "merged" else None
    context = {
        "pair": pair,
        "pill": pair_pill(pair),
        "sides": [("先登记的", one), ("后登记的", other)],
        "alike": pairs.comparison(one, other) if pair.state != "merged" else [],
        "is_open": is_open,
        "merge": row,
        "may_undo": row is not None and row.closed_at is None and row.undo_until >= timezone.localdate(),
        "rule": pairs.undo_rule(timezone.localdate(), pair.organisation),
        "merge_form": MergeForm(one=one, other=other) if is_open else None,
        "why_form": WhyForm(),
        "trail": lines(pair),
        **more,
    }
    return render(request, "members/duplicates/pair.html", context, status=status)


@needs(Permission.MERGE)
@require_POST
def merge(request: Request, pk: int) -> HttpResponse:
    """Make one registration of the two."""
    pair = pairs.pair_for(request.actor, pk)
    one, other = pairs.sides(pair)
    form = MergeForm(request.POST, one=one, other=other)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            merging.merge(pair, form.choice(), reason=reason, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.tell(refusal.problems)
        else:
            return redirect(pair)
    fresh = pairs.pair_for(request.actor, pk)
    said = {"merge_form": form} if fresh.state == "found" else {"problems": form.non_field_errors()}
    return _page(request, fresh, status=422, **said)


@needs(Permission.MERGE)
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Make two registrations of the one again."""
    pair = pairs.pair_for(request.actor, pk)
    row, form = pairs.standing_merge(pair), WhyForm(request.POST)
    if row is None or not form.is_valid():
        return _page(request, pair, status=422, why_form=form)
    try:
        unmerging.undo(row, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _page(request, pairs.pair_for(request.actor, pk), status=422, problems=refusal.problems)
    return redirect(pair)


@needs(Permission.MERGE)
@require_POST
def judge(request: Request, pk: int, name: str) -> HttpResponse:
    """Remember that the two are not one person, or look at them again."""
    pair = pairs.pair_for(request.actor, pk)
    form = WhyForm(request.POST)
    if name not in JUDGEMENTS:
        raise Http404
    if not form.is_valid():
        return _page(request, pair, status=422, why_form=form)
    try:
        JUDGEMENTS[name](pair, form.cleaned_data["reason"], request.actor, timezone.now())
    except Refused as refusal:
        return _page(request, pairs.pair_for(request.actor, pk), status=422, problems=refusal.problems)
    return redirect(pair)
