"""Pages of meeting records."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Refused
from gongshu.core.exports.handing import download
from gongshu.core.files.responses import serve
from gongshu.core.orgs.queries import crumbs
from gongshu.core.trail.queries import of as trail_of
from gongshu.core.ui.refusals import tell
from gongshu.core.ui.shapes import Entry, Link
from gongshu.meetings import actions, queries
from gongshu.meetings.enums import Permission
from gongshu.meetings.forms import MeetingForm, initial_of
from gongshu.meetings.models import Meeting
from gongshu.meetings.queries.links import related_to
from gongshu.meetings.tables import meetings_table


@needs(Permission.SEE)
@require_GET
def meetings(request: Request) -> HttpResponse:
    """List the meetings on record, or hand them out as a workbook."""
    table = meetings_table(queries.years_for(request.actor)).over(queries.meetings_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "会议")
    return render(request, "meetings/list.html", {"table": table})


@needs(Permission.SEE)
@require_GET
def meeting(request: Request, pk: int) -> HttpResponse:
    """Show a meeting's record, what it came from, what was made of it, and its trail."""
    found = queries.meeting_for(request.actor, pk)
    context = {
        "meeting": found,
        "crumbs": _crumbs(found),
        "people": queries.people_by_part(found),
        "points": queries.points_by_kind(found),
        "related": related_to(found, request.actor),
        "entries": _timeline(found),
        "may_edit": can(request.actor, Permission.EDIT, at=found.organisation),
    }
    return render(request, "meetings/meeting.html", context)


@needs(Permission.EDIT)
@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Put a meeting's record right."""
    found = queries.editable_for(request.actor, pk)
    form = MeetingForm(request.POST or None, initial=initial_of(queries.facts_of(found), found.version))
    is_stale = False
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(found, form.facts(), version=form.cleaned_data["version"], by=request.actor, at=now())
        except Refused as refusal:
            is_stale = isinstance(refusal, actions.Stale)
            form = MeetingForm(_based_on(request.POST, refusal), initial=form.initial)
            tell(form, refusal.problems)
        else:
            return redirect(found)
    status = 422 if request.method == "POST" else 200
    context = {"meeting": found, "form": form, "crumbs": _crumbs(found), "is_stale": is_stale}
    return render(request, "meetings/edit.html", context, status=status)


def _based_on(posted: QueryDict, refusal: Refused) -> QueryDict:
    """Return what was typed; where somebody saved first, based on what stands now, so that saving again is meant."""
    typed = posted.copy()
    if isinstance(refusal, actions.Stale):
        typed["version"] = str(refusal.version)
    return typed


@needs(Permission.SEE)
@require_GET
def source(request: Request, pk: int) -> HttpResponseBase:
    """Hand out the file a record was made from."""
    found = queries.meeting_for(request.actor, pk)
    if found.source is None:
        raise Http404
    return serve(found.source)


def _crumbs(meeting: Meeting) -> list[Link]:
    return [*(Link(org.short_name) for org in crumbs(meeting.organisation)), Link("会议记录")]


def _timeline(meeting: Meeting) -> list[Entry]:
    return [Entry(row.at, row.who, row.summary, clause=row.clause) for row in trail_of(meeting)[:50]]
