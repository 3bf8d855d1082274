"""The roll, its export, the applications, the head count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Refused
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children
from gongshu.core.people.enums import Gender
from gongshu.core.ui.links import with_params
from gongshu.core.ui.shapes import Bar, Link, Tone
from gongshu.members.actions import joining
from gongshu.members.enums import NEW_FORMS, Form, Permission
from gongshu.members.exports import export
from gongshu.members.forms import ExportForm, RollForm
from gongshu.members.queries import roll
from gongshu.members.queries.arrivals import arrivals
from gongshu.members.queries.counting import HeadCount, headcount, headcounts
from gongshu.members.queries.law import approval_rule
from gongshu.members.queries.scope import Scope, scope_for
from gongshu.members.tables import APPLICATIONS, ARRIVALS, ROLL

SHOWN_CHILDREN = 200


def _wanted(params: Any, **fixed: str) -> roll.Wanted:
    form = RollForm(params)
    asked = form.cleaned_data if form.is_valid() else {}
    standing, kind = asked.get("standing", ""), asked.get("form", "")
    return roll.Wanted(
        **{
            "standing": standing if standing in dict(roll.STANDINGS) else "active",
            "form": kind if kind in Form.values else "",
            "text": asked.get("q", "").strip(),
            **fixed,
        }
    )


def _chips(request: Request, name: str, choices: Sequence[tuple[str, str]], current: str) -> list[Link]:
    return [
        Link(label, with_params(request.GET, {name: code, "after": None}), active=code == current)
        for code, label in choices
    ]


def _paging(request: Request, page: roll.Page) -> dict[str, str]:
    following = with_params(request.GET, {"after": str(page.following)}) if page.following else ""
    first = with_params(request.GET, {"after": None}) if request.GET.get("after") else ""
    return {"following": following, "first": first}


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List members within reach: by union, or by the beginning of a name; a whole number finds its person."""
    scope = scope_for(request.actor, Permission.SEE, request.GET.get("at", ""))
    return _listing(request, scope, _wanted(request.GET))


def _listing(request: Request, scope: Scope, wanted: roll.Wanted, status: int = 200, **more: Any) -> HttpResponse:
    page = roll.page(scope, wanted, roll.Cursor.read(request.GET.get("after", "")))
    context = {
        "scope": scope,
        "wanted": wanted,
        "table": ROLL.over(page.rows, request.GET),
        "standings": _chips(request, "standing", roll.STANDINGS, wanted.standing),
        "forms": Form.choices,
        "head": headcount(scope.org) if scope.is_wide else None,
        "new_url": f"{reverse('members:new')}?at={scope.org.pk}",
        "may_add": can(request.actor, Permission.EDIT, at=scope.org),
        "may_export": can(request.actor, Permission.EXPORT, at=scope.org),
        "may_reveal": can(request.actor, Permission.REVEAL, at=scope.org),
        "export_form": ExportForm(),
        **_paging(request, page),
        **more,
    }
    return render(request, "members/roll.html", context, status=status)


@needs(Permission.EXPORT)
@require_POST
def download(request: Request) -> HttpResponse:
    """Download the roll as it is filtered in the address."""
    scope = scope_for(request.actor, Permission.EXPORT, request.GET.get("at", ""))
    wanted, form = _wanted(request.GET), ExportForm(request.POST)
    told = form.cleaned_data if form.is_valid() else {}
    in_clear, reason = bool(told.get("in_clear")), str(told.get("reason", ""))
    try:
        return export(request, scope, wanted, in_clear=in_clear, reason=reason)
    except Refused as refusal:
        return _listing(request, scope, wanted, status=422, problems=refusal.problems)


@needs(Permission.APPROVE)
def applications(request: Request) -> HttpResponse:
    """List the applications that wait, those due first within each union; approve or refuse many at once."""
    scope = scope_for(request.actor, Permission.APPROVE, request.GET.get("at", ""))
    wanted = _wanted(request.GET, standing="pending", sort="due_on", text="")
    if request.method == "POST":
        return _decide(request, scope, wanted)
    return _applications(request, scope, wanted)


def _applications(request: Request, scope: Scope, wanted: roll.Wanted, status: int = 200, **more: Any) -> HttpResponse:
    page = roll.page(scope, wanted, roll.Cursor.read(request.GET.get("after", "")))
    rule = approval_rule(timezone.localdate(), scope.org)
    context = {
        "scope": scope,
        "table": APPLICATIONS.over(page.rows, request.GET),
        "forms": Form.choices,
        "wanted": wanted,
        "arrivals": ARRIVALS.over(arrivals(scope), request.GET),
        "waiting": headcount(scope.org, live=True).counters["pending"],
        "rule": rule,
        "days": rule["working_days"],
        **_paging(request, page),
        **more,
    }
    return render(request, "members/applications.html", context, status=status)


def _decide(request: Request, scope: Scope, wanted: roll.Wanted) -> HttpResponse:
    step = "refuse" if request.POST.get("action") == "refuse" else "approve"
    chosen = [int(key) for key in request.POST.getlist("rows") if key.isdecimal() and len(key) < 19]
    if request.POST.get("all"):
        chosen = roll.keys(scope, wanted, joining.MOST_AT_ONCE)
    reason = request.POST.get("reason", "").strip()
    try:
        outcome = joining.decide_many(chosen, step, by=request.actor, at=timezone.now(), reason=reason)
    except Refused as refusal:
        return _applications(request, scope, wanted, status=422, problems=refusal.problems)
    told = f"已{'批准' if step == 'approve' else '不予批准'} {outcome.done} 件"
    return _applications(request, scope, wanted, told=told, problems=outcome.problems[:20])


@needs(Permission.COUNT)
def head_count(request: Request) -> HttpResponse:
    """Show how many members an organisation has by form of employment and gender, and each one below it."""
    scope = scope_for(request.actor, Permission.COUNT, request.GET.get("at", ""))
    is_live = request.GET.get("live") == "1"
    head = headcount(scope.org, live=is_live)
    below = list(children(scope.org)[:SHOWN_CHILDREN]) if scope.is_wide else []
    counts = headcounts(below, live=is_live)
    context = {
        "scope": scope,
        "head": head,
        "rows": [_row(head, form) for form in Form],
        "genders": [(gender.label, head.of_gender(gender)) for gender in Gender],
        "bars": [Bar(form.label, head.of_form(form), tone=_tone(form)) for form in Form],
        "below": [(org, counts[org.pk], _share(counts[org.pk])) for org in below],
        "below_note": "此刻的数" if head.as_at and any(each.as_at is None for each in counts.values()) else "",
        "share": _share(head),
        "live_url": with_params(request.GET, {"live": "1"}),
        "more_below": max(0, scope.org.numchild - len(below)),
    }
    return render(request, "members/headcount.html", context)


def _row(head: HeadCount, form: Form) -> tuple[str, list[int], int, int]:
    cells = [head.cell(form, gender) for gender in Gender.values]
    return form.label, cells, head.of_form(form), head.of_form(form, "r")


def _tone(form: Form) -> Tone:
    return "done" if form in NEW_FORMS else "progress"


def _share(head: HeadCount) -> float | None:
    return head.real_name / head.members if head.members else None


def place_of(request: Request, permission: str) -> Organisation:
    """Return the organisation the address names within reach, else the desk; raises Http404."""
    return scope_for(request.actor, permission, request.GET.get("at", "")).org
