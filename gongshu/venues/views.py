"""Pages of venues."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongshu.core.access.actor import can, visible
from gongshu.core.access.crumbs import org_links
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Refused
from gongshu.core.exports.handing import download
from gongshu.core.files.actions import keep
from gongshu.core.files.models import Attachment
from gongshu.core.files.queries import earlier, version_of
from gongshu.core.flow import actions as flow
from gongshu.core.flow.shown import way
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children
from gongshu.core.trail.shown import lines
from gongshu.core.ui.refusals import tell
from gongshu.venues import actions, queries
from gongshu.venues.enums import Permission
from gongshu.venues.forms import InspectionForm, VenueForm
from gongshu.venues.models import Venue
from gongshu.venues.rules.hours import is_open
from gongshu.venues.rules.kinds import kinds
from gongshu.venues.tables import state_pill, venue_table

LONGEST_KEY = 19  # digits; more would not fit the database's whole numbers
NEEDS_NOTE = ("suspend", "close")


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List venues within reach, narrowed by kind, state, flag and organisation; `?export=xlsx` downloads them."""
    desk = request.actor.desk
    branches = list(children(desk)[:200]) if desk and desk.level != "county" else []
    table = venue_table(branches, on=timezone.localdate()).over(queries.venues_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "阵地")
    may_edit = bool(desk and can(request.actor, Permission.EDIT, at=desk))
    return render(request, "venues/listing.html", {"table": table, "may_edit": may_edit})


def _organisation(request: Request) -> Organisation:
    """Return the organisation a new venue belongs to: the one named in the address, else the desk's."""
    named = request.GET.get("organisation", "")
    pk = int(named) if named.isdecimal() and len(named) < LONGEST_KEY else request.actor.organisation_id
    rows: QuerySet[Organisation] = visible(request.actor, Permission.EDIT, Organisation.objects.all(), at="")
    return get_object_or_404(rows, pk=pk)


@needs(Permission.EDIT)
def register(request: Request) -> HttpResponse:
    """Write down a new venue: first its kind, then what only the officer can know."""
    organisation = _organisation(request)
    kind = kinds().get(request.GET.get("kind", ""))
    context: dict[str, Any] = {"organisation": organisation, "kinds": kinds().values(), "kind": kind}
    if kind is None:
        return render(request, "venues/register.html", context)
    form = VenueForm(request.POST or None, request.FILES or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            photo = _kept_photo(request, form)
            venue = actions.register(form.facts(), organisation=organisation, by=request.actor, at=timezone.now())
            _hang(request, venue, photo)
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect(venue)
    return render(
        request, "venues/register.html", {**context, "form": form}, status=422 if request.method == "POST" else 200
    )


def _kept_photo(request: Request, form: VenueForm) -> Attachment | None:
    """Keep the picture before anything else is written, so that a refused one leaves nothing half done."""
    upload = form.cleaned_data.get("photo")
    return keep(upload, by=request.actor) if upload else None


def _hang(request: Request, venue: Venue, photo: Attachment | None) -> None:
    if photo:
        actions.set_photo(venue, photo, by=request.actor, at=timezone.now())


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show a venue: facts, hours, equipment, inspections, the trail, and what may be done now."""
    return _page(request, queries.venue_for(request.actor, pk))


def _page(request: Request, venue: Venue, problems: object = (), status: int = 200) -> HttpResponse:
    actor, kind = request.actor, venue.kind_of
    may_edit = can(actor, Permission.EDIT, at=venue.organisation)
    alive = venue.state != "closed"
    inspections = queries.inspections_of(venue)
    now = timezone.localtime()
    steps = flow.steps_for(venue, actor)
    context = {
        "venue": venue,
        "kind": kind,
        "pill": state_pill(venue),
        "problems": problems,
        "equipment": [
            (label, code in venue.equipment, code in kind.required) for code, label in kind.equipment.items()
        ],
        "is_open_now": venue.state == "open" and is_open(venue.spans, now),
        "way": way(venue, aside=("suspended",)),
        "plain_steps": [step for step in steps if step.name not in NEEDS_NOTE],
        "note_steps": [step for step in steps if step.name in NEEDS_NOTE],
        "may_edit": may_edit and alive,
        "may_inspect": alive and can(actor, Permission.INSPECT, at=venue.organisation),
        "inspections": inspections,
        "open_remedies": [row for row in inspections if getattr(row, "remedy", None) and row.remedy.state == "todo"],
        "is_idle": Venue.objects.filter(queries.idle(now.date()), pk=venue.pk).exists(),
        "inspection_rule": queries.inspection_rule(now.date()),
        "earlier": earlier(venue.photo),
        "trail": lines(venue),
        "crumbs": org_links(actor, venue.organisation),
    }
    return render(request, "venues/venue.html", context, status=status)


@needs(Permission.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Change what is told about a venue."""
    venue = queries.venue_for(request.actor, pk)
    form = VenueForm(request.POST or None, request.FILES or None, kind=venue.kind_of, venue=venue)
    if request.method == "POST" and form.is_valid():
        try:
            photo = _kept_photo(request, form)
            actions.change(venue, form.facts(), by=request.actor, at=timezone.now())
            _hang(request, venue, photo)
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect(venue)
    status = 422 if request.method == "POST" else 200
    return render(request, "venues/edit.html", {"venue": venue, "form": form}, status=status)


@needs(Permission.EDIT)
@require_POST
def take_step(request: Request, pk: int, name: str) -> HttpResponse:
    """Open, pause, open again or close a venue."""
    venue = queries.venue_for(request.actor, pk)
    if name not in {step.name for step in venue.machine.steps}:
        raise Http404
    note = request.POST.get("note", "").strip()
    try:
        if name == "close":
            actions.close(venue, reason=note, by=request.actor, at=timezone.now())
        else:
            flow.advance(venue, name, by=request.actor, at=timezone.now(), facts={"note": note})
    except Refused as refusal:
        return _page(request, queries.venue_for(request.actor, pk), refusal.problems, status=422)
    return redirect(venue)


@needs(Permission.INSPECT)
def inspect(request: Request, pk: int) -> HttpResponse:
    """Write down an inspection."""
    venue = queries.venue_for(request.actor, pk)
    form = InspectionForm(request.POST or None, venue=venue)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            actions.inspect(
                venue,
                form.findings(),
                note=asked["note"],
                due_on=asked["due_on"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect(venue)
    status = 422 if request.method == "POST" else 200
    return render(request, "venues/inspect.html", {"venue": venue, "form": form}, status=status)


@needs(Permission.EDIT)
@require_POST
def finish_remedy(request: Request, pk: int) -> HttpResponse:
    """Say that what an inspection found is put right."""
    remedy = queries.remedy_for(request.actor, pk)
    note = request.POST.get("note", "").strip()
    try:
        flow.advance(remedy, "finish", by=request.actor, at=timezone.now(), facts={"note": note})
    except Refused as refusal:
        venue = queries.venue_for(request.actor, remedy.inspection.venue_id)
        return _page(request, venue, refusal.problems, status=422)
    return redirect(remedy.inspection.venue)


@needs(Permission.SEE)
@require_safe
def photo(request: Request, pk: int) -> FileResponse:
    """Show a venue's picture, or one it replaced."""
    shown = version_of(queries.venue_for(request.actor, pk).photo, request.GET.get("version", ""))
    try:
        file = shown.location.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type=shown.media_type)
