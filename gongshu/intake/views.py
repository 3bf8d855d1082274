"""Pages of 收文: receive, look through, compare, enter."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.exports.handing import download
from gongshu.core.files.responses import serve
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail.queries import of as trail_of
from gongshu.core.ui.shapes import Entry
from gongshu.intake import actions, queries, rules
from gongshu.intake.actions import AlreadyReceived, Received, Stale
from gongshu.intake.enums import Permission, TaskKind
from gongshu.intake.forms import ConfirmForm, DropForm, ReceiveForm
from gongshu.intake.models import Document
from gongshu.intake.queries.sheet import Sheet, programme_choices
from gongshu.intake.rules.record.changes import differences, tally
from gongshu.intake.rules.record.mending import carry
from gongshu.intake.rules.record.shape import Record, from_json
from gongshu.intake.rules.record.typed import Typed, from_post
from gongshu.intake.tables import DOCUMENTS, state_pill
from gongshu.meetings.enums import MeetingKind, Part, PointKind
from gongshu.meetings.queries import namesakes

AUTOSAVE = "X-Autosave"


@needs(Permission.SEE)
@require_GET
def documents(request: Request) -> HttpResponse:
    """List the documents received; those who may, receive one here."""
    return _list(request, ReceiveForm())


def _list(request: Request, form: ReceiveForm, status: int = 200, **more: Any) -> HttpResponse:
    table = DOCUMENTS.over(queries.documents_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "收文")
    desk = request.actor.desk
    may_receive = desk is not None and can(request.actor, Permission.EDIT, at=desk)
    context = {"table": table, "form": form, "may_receive": may_receive, "desk": desk, **more}
    return render(request, "intake/list.html", context, status=status)


@needs(Permission.EDIT)
@require_POST
def receive(request: Request) -> HttpResponse:
    """Receive a file or pasted words at the desk one sits at."""
    form = ReceiveForm(request.POST, request.FILES)
    desk = request.actor.desk
    if not form.is_valid() or desk is None:
        return _list(request, form, status=422)
    try:
        document = actions.receive(_received(form), organisation=desk, by=request.actor, at=now())
    except AlreadyReceived as refusal:
        return _list(request, form, status=422, problems=refusal.problems, first=refusal.document)
    except Refused as refusal:
        return _list(request, form, status=422, problems=[Problem(p.message, p.clause) for p in refusal.problems])
    return redirect(document)


def _received(form: ReceiveForm) -> Received:
    upload = form.cleaned_data["upload"]
    if upload is None:
        return actions.pasted(form.cleaned_data["words"], at=localtime())
    return Received(upload.read(), upload.name)


@needs(Permission.SEE)
@require_GET
def review(request: Request, pk: int) -> HttpResponse:
    """Show a document's original, clean text and record, to be looked through."""
    document = queries.document_for(request.actor, pk)
    record = from_json(document.draft.record)
    return _review(request, document, record, problems=None)


def _review(
    request: Request, document: Document, record: Record, problems: list[Problem] | None, status: int = 200
) -> HttpResponse:
    actor = request.actor
    is_open = document.state == "draft"
    context = {
        "document": document,
        "sheet": Sheet(document, record),
        "record": record,
        "problems": problems,
        "pill": state_pill(document),
        "may_edit": is_open and can(actor, Permission.EDIT, at=document.organisation),
        "may_confirm": is_open and can(actor, Permission.CONFIRM, at=document.organisation),
        "may_drop": can(actor, Permission.EDIT, at=document.organisation),
        "missing": rules.problems(record) if is_open else [],
        "aside": queries.set_aside_of(document, actor),
        "meeting_kinds": MeetingKind.choices,
        "task_kinds": TaskKind.choices,
        "parts": Part.choices,
        "point_kinds": PointKind.choices,
        "programmes": programme_choices(record),
        "drop_form": DropForm(),
        "entries": [Entry(row.at, row.who, row.summary) for row in trail_of(document)[:20]],
    }
    return render(request, "intake/review.html", context, status=status)


@needs(Permission.EDIT)
@require_POST
def save(request: Request, pk: int) -> HttpResponse:
    """Save the draft as typed, by itself every few seconds or by the button."""
    document = queries.editable_for(request.actor, pk)
    stored = from_json(document.draft.record)
    typed = from_post(stored, request.POST)
    changed = carry(typed.record, stored.corrections, Sheet(document, stored).mends, document.clean_text)
    is_auto = AUTOSAVE in request.headers
    try:
        version = actions.save_draft(document, typed.record, version=_version(request), by=request.actor, at=now())
    except Stale as refusal:
        address = reverse("intake:compare", args=[pk])
        return _told(refusal, 422, compare=address) if is_auto else redirect(address)
    except Refused as refusal:
        if is_auto:
            return _told(refusal, 422)
        return _review(request, document, typed.record, refusal.problems, status=422)
    return _saved(version, typed, changed) if is_auto else _onwards(request, document)


def _version(request: Request) -> int:
    """Return the version the page was opened with; zero, which never matches, when it is no number."""
    return rules.number_of(request.POST.get("version", "")[:4]) or 0


def _told(refusal: Refused, status: int, **more: str) -> JsonResponse:
    return JsonResponse({"message": refusal.problems[0].message, **more}, status=status)


def _saved(version: int, typed: Typed, changed: dict[str, str]) -> JsonResponse:
    """Tell the page what it must know to go on typing: the version, ids of new entries, words changed here."""
    missing = len(rules.problems(typed.record))
    at = f"{localtime():%H:%M:%S}"
    return JsonResponse({"version": version, "added": typed.added, "set": changed, "missing": missing, "at": at})


def _onwards(request: Request, document: Document) -> HttpResponse:
    if request.POST.get("go") == "confirm":
        return redirect("intake:confirm", document.pk)
    return redirect(document)


@needs(Permission.EDIT)
@require_http_methods(["GET", "POST"])
def compare(request: Request, pk: int) -> HttpResponse:
    """Show what another person saved beside what could not be saved, and put both together as chosen."""
    document = queries.editable_for(request.actor, pk)
    aside = queries.set_aside_of(document, request.actor)
    if aside is None:
        return redirect(document)
    problems: list[Problem] = []
    if request.method == "POST":
        mine = {key.removeprefix("take-") for key, side in request.POST.items() if side == "mine"}
        try:
            actions.settle(document, aside, take_mine=mine, version=_version(request), by=request.actor, at=now())
        except Refused as refusal:
            problems = refusal.problems
            document = queries.editable_for(request.actor, pk)
        else:
            return redirect(document)
    found = differences(from_json(document.draft.record), from_json(aside.record))
    context = {"document": document, "aside": aside, "differences": found, "problems": problems}
    return render(request, "intake/compare.html", context, status=422 if problems else 200)


@needs(Permission.CONFIRM)
@require_http_methods(["GET", "POST"])
def confirm(request: Request, pk: int) -> HttpResponse:
    """Show what will be entered and where, then enter it."""
    document = queries.editable_for(request.actor, pk)
    record = from_json(document.draft.record)
    certain, choices = _choices(request, document, record)
    initial = {
        "organisation": str(certain.pk) if certain else "",
        "version": document.draft.version,
        "until": _end_of_this_year(record),
    }
    form = ConfirmForm(request.POST or None, choices=choices, initial=initial)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            _enter(request, document, form)
        except Refused as refusal:
            problems = refusal.problems
        else:
            return redirect(document.meeting or document)
    return _confirm_page(request, document, record, form, problems)


def _end_of_this_year(record: Record) -> date | None:
    """Return this year's last day where the meeting's year is over, so that its work can be taken up now."""
    this_year = localdate().year
    year = rules.number_of(record.facts.year)
    return date(this_year, 12, 31) if year and year < this_year and record.work else None


def _choices(request: Request, document: Document, record: Record) -> tuple[Organisation | None, list[Organisation]]:
    """Return the certain organisation and all to choose from, within reach; a search adds to them."""
    certain, offered = queries.candidates(record, desk=document.organisation)
    found = queries.search(request.actor, words) if (words := request.GET.get("q", "").strip()) else []
    rows = {org.pk: org for org in queries.confirmable(request.actor, [*offered, *found])}
    return (certain if certain and certain.pk in rows else None), list(rows.values())


def _enter(request: Request, document: Document, form: ConfirmForm) -> None:
    asked = form.cleaned_data
    actions.confirm(
        document,
        actions.Entry(form.chosen(), asked["version"], join=asked["join"], until=asked["until"]),
        by=request.actor,
        at=now(),
    )


def _confirm_page(
    request: Request, document: Document, record: Record, form: ConfirmForm, problems: list[Problem]
) -> HttpResponse:
    sheet = Sheet(document, record)
    certain, offered = queries.candidates(record, desk=document.organisation)
    year = rules.number_of(record.facts.year)
    context = {
        "document": document,
        "record": record,
        "sheet": sheet,
        "form": form,
        "problems": problems,
        "missing": rules.problems(record),
        "is_open": document.state == "draft",
        "out_of_reach": [org for org in offered if org not in queries.confirmable(request.actor, offered)],
        "unknown": queries.unknown_names(record),
        "known": namesakes(certain, record.facts.name, year).first() if certain and year else None,
        "open_doubts": len(sheet.doubts) - sheet.settled,
        "tally": tally(from_json(document.found), record),
        "q": request.GET.get("q", ""),
    }
    refused = request.method == "POST"
    return render(request, "intake/confirm.html", context, status=422 if refused else 200)


@needs(Permission.EDIT)
@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Take a document off the desk."""
    document = queries.editable_for(request.actor, pk)
    form = DropForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    problems = [] if reason else [Problem("请写明撤下的理由")]
    return _moved(
        request, document, problems, lambda: actions.drop(document, reason=reason, by=request.actor, at=now())
    )


@needs(Permission.EDIT)
@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Bring a dropped document back."""
    document = queries.editable_for(request.actor, pk)
    return _moved(request, document, [], lambda: actions.restore(document, by=request.actor, at=now()))


def _moved(request: Request, document: Document, problems: list[Problem], act: Any) -> HttpResponse:
    try:
        if not problems:
            act()
            return redirect(document)
    except Refused as refusal:
        problems = refusal.problems
    shown = queries.document_for(request.actor, document.pk)
    return _review(request, shown, from_json(shown.draft.record), problems, status=422)


@needs(Permission.SEE)
@require_GET
def source(request: Request, pk: int) -> HttpResponseBase:
    """Hand out the file as it came."""
    return serve(queries.document_for(request.actor, pk).source)
