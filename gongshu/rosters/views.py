"""Pages of rosters: take one in, match its columns, look at what would become of it, bring it in, see the result."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Refused
from gongshu.core.flow.shown import way
from gongshu.core.jobs.catalogue import label_of
from gongshu.core.jobs.enums import JobState
from gongshu.core.jobs.models import Job
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail.shown import lines
from gongshu.core.ui.shapes import Bar, Tone
from gongshu.members.enums import Permission
from gongshu.members.queries.scope import scope_for
from gongshu.rosters import exports, jobs
from gongshu.rosters.actions import receiving
from gongshu.rosters.enums import Outcome, Verdict
from gongshu.rosters.forms import ConfirmForm, ListForm, MatchForm, UploadForm
from gongshu.rosters.models import Roster
from gongshu.rosters.queries.scope import job_of, refused_of, roster_for, rosters_for
from gongshu.rosters.rules import standing
from gongshu.rosters.tables import REFUSED, ROSTERS, state_pill

ASIDE = ("refused", "dropped")
TONES: dict[str, Tone] = {Verdict.REFUSED: "overdue", Verdict.ELSEWHERE: "late", Verdict.SAME: "stopped"}


@needs(Permission.EDIT)
@require_GET
def listing(request: Request) -> HttpResponse:
    """List the rosters within reach."""
    table = ROSTERS.over(rosters_for(request.actor), request.GET)
    return render(request, "rosters/list.html", {"table": table})


@needs(Permission.EDIT)
def new(request: Request) -> HttpResponse:
    """Take a roster in at the organisation the address names, else the desk's."""
    place: Organisation = scope_for(request.actor, Permission.EDIT, request.GET.get("at", "")).org
    form = UploadForm(request.POST or None, request.FILES or None)
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            upload = form.cleaned_data["upload"]
            roster = receiving.receive(upload, organisation=place, by=request.actor, at=timezone.now())
        except Refused as refusal:
            problems = refusal.problems
        else:
            return redirect(roster)
    context = {"form": form, "place": place, "problems": problems}
    return render(request, "rosters/new.html", context, status=422 if request.method == "POST" else 200)


@needs(Permission.EDIT)
@require_GET
def template(request: Request) -> HttpResponse:
    """Hand out the workbook to fill in."""
    return exports.template()


@needs(Permission.EDIT)
@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show a roster where it is on its way."""
    return _page(request, roster_for(request.actor, pk))


def _page(request: Request, roster: Roster, status: int = 200, **more: Any) -> HttpResponse:
    job = job_of(roster)
    context = {
        "roster": roster,
        "pill": state_pill(roster),
        "way": way(roster, aside=ASIDE),
        "trail": lines(roster),
        "job": job,
        "label": label_of(job) if job else "",
        "is_running": roster.state in ("checking", "entering"),
        "has_stopped": roster.state in ("checking", "entering") and _has_stopped(job),
        "may_match": roster.state in ("uploaded", "checked") and roster.file_id is not None,
        **_figures(roster),
        "match_form": MatchForm(
            headings=roster.headings, columns=roster.columns, initial={"default_form": roster.default_form}
        ),
        "confirm_form": ConfirmForm(),
        "nothing_to_do": bool(standing.confirming(roster.counts, correct=True, move=True)),
        "table": REFUSED.over(refused_of(roster), request.GET) if roster.state in ("checked", "done") else None,
        **more,
    }
    return render(request, "rosters/roster.html", context, status=status)


def _has_stopped(job: Job | None) -> bool:
    return job is None or job.state in (JobState.CANCELLED, JobState.FAILED)


def _figures(roster: Roster) -> dict[str, Any]:
    counts = [(label, roster.counts.get(code, 0), TONES.get(code, "done")) for code, label in Verdict.choices]
    results = [(label, roster.results.get(code, 0)) for code, label in Outcome.choices]
    return {
        "counts": [Bar(label, number, tone=tone) for label, number, tone in counts if number],
        "results": [(label, number) for label, number in results if number],
        "elsewhere": roster.counts.get(Verdict.ELSEWHERE, 0),
        "changed": roster.counts.get(Verdict.CHANGED, 0),
        "to_enter": roster.counts.get(Verdict.NEW, 0) + roster.counts.get(Verdict.KNOWN, 0),
    }


@needs(Permission.EDIT)
@require_POST
def match(request: Request, pk: int) -> HttpResponse:
    """Take over which column tells what, and check the roster."""
    roster = roster_for(request.actor, pk)
    form = MatchForm(request.POST, headings=roster.headings, columns=roster.columns)
    if form.is_valid():
        try:
            told = form.cleaned_data["default_form"]
            receiving.match(
                roster, form.columns(), default_form=told, by=request.actor, at=timezone.now(),
                background=jobs.enqueue_check,
            )  # fmt: skip
        except Refused as refusal:
            form.tell(refusal.problems)
        else:
            return redirect(roster)
    return _page(request, roster, status=422, match_form=form)


@needs(Permission.EDIT)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Have a checked roster brought in."""
    roster, form = roster_for(request.actor, pk), ConfirmForm(request.POST)
    told = form.cleaned_data if form.is_valid() else {}
    try:
        receiving.confirm(
            roster, correct=bool(told.get("correct")), move=bool(told.get("move")), by=request.actor,
            at=timezone.now(), background=jobs.enqueue_enter,
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, roster_for(request.actor, pk), status=422, problems=refusal.problems, confirm_form=form)
    return redirect(roster)


@needs(Permission.EDIT)
@require_POST
def go_on(request: Request, pk: int) -> HttpResponse:
    """Go on with what was stopped."""
    roster = roster_for(request.actor, pk)
    if roster.state == "checking":
        jobs.enqueue_check(roster, request.actor)
    elif roster.state == "entering":
        jobs.enqueue_enter(roster, request.actor)
    return redirect(roster)


@needs(Permission.EDIT)
@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Give a roster up."""
    roster = roster_for(request.actor, pk)
    try:
        receiving.drop(roster, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _page(request, roster_for(request.actor, pk), status=422, problems=refusal.problems)
    return redirect("rosters:listing")


@needs(Permission.EDIT)
@require_GET
def refused(request: Request, pk: int) -> HttpResponseBase:
    """Hand out the rows that were not brought in, numbers masked; that goes into the trail."""
    roster, form = roster_for(request.actor, pk), ListForm(request.GET)
    return exports.refused_rows(request, roster, form.cleaned_data["form"] if form.is_valid() else "")
