"""Accounts and appointments."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from gongshu.core.access import actions as access
from gongshu.core.access.enums import Permission
from gongshu.core.access.guard import Request, needs
from gongshu.core.access.roles import roles
from gongshu.core.base.problems import Refused
from gongshu.core.exports.handing import download
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail.shown import lines
from gongshu.core.ui.refusals import tell
from gongshu.desk import actions
from gongshu.desk.forms import AccountForm, EndForm, RoleForm
from gongshu.desk.queries import reach as queries
from gongshu.desk.tables import appointments_table


@needs(Permission.APPOINT)
def listing(request: Request) -> HttpResponse:
    """List the appointments within reach."""
    table = appointments_table(timezone.localdate()).over(queries.appointments_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "任职")
    return render(request, "desk/people.html", {"table": table})


def _place(request: Request) -> Organisation:
    """Return where to appoint: the organisation named in the address, else the desk's."""
    named = request.GET.get("organisation", "")
    pk = int(named) if named.isdecimal() and len(named) < 19 else request.actor.organisation_id
    return get_object_or_404(queries.places_to_appoint(request.actor), pk=pk)


def _found(request: Request) -> list[Organisation]:
    """Return up to ten organisations whose name holds what was searched for."""
    wanted = request.GET.get("find", "").strip()[:60]
    if not wanted:
        return []
    return list(queries.places_to_appoint(request.actor).filter(name__contains=wanted).order_by("depth", "path")[:10])


@needs(Permission.APPOINT)
@never_cache
@sensitive_variables("password")
def new(request: Request) -> HttpResponse:
    """Open an account and show its password this once."""
    place = _place(request)
    form = AccountForm(request.POST or None, organisation=place)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        wanted = actions.NewAccount(told["username"], told["name"], told["role"], place, told["department"])
        try:
            account, password = actions.open_account(wanted, by=request.actor, at=timezone.now())
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return render(request, "desk/password_once.html", {"account": account, "password": password})
    return _asking(request, "desk/new_account.html", form, place, {"found": _found(request)})


def _asking(request: Request, template: str, form: Any, place: Organisation, more: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, "place": place, **more}, status=status)


@needs(Permission.APPOINT)
def show(request: Request, pk: int) -> HttpResponse:
    """Show an appointment with what may be done about it and its person."""
    appointment = queries.appointment_for(request.actor, pk)
    others = queries.appointments_for(request.actor).filter(account=appointment.account_id).order_by("-from_on", "pk")
    context = {
        "appointment": appointment,
        "role": roles().get(appointment.role),
        "others": [(row, roles()[row.role].name) for row in others if row.role in roles()],
        "end_form": EndForm(initial={"until_on": timezone.localdate()}),
        "trail": lines(appointment),
    }
    return render(request, "desk/appointment.html", context)


@needs(Permission.APPOINT)
def end(request: Request, pk: int) -> HttpResponse:
    """End an appointment from a day on."""
    appointment = queries.appointment_for(request.actor, pk)
    form = EndForm(request.POST or None, initial={"until_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            access.end_appointment(
                appointment, by=request.actor, at=timezone.now(), until=form.cleaned_data["until_on"]
            )
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect("desk:appointment", pk=pk)
    return _asking(request, "desk/end.html", form, appointment.organisation, {"appointment": appointment})


@needs(Permission.APPOINT)
def appoint_again(request: Request, pk: int) -> HttpResponse:
    """Give the person of an appointment a further role at `?organisation=` or the desk's."""
    appointment, place = queries.appointment_for(request.actor, pk), _place(request)
    form = RoleForm(request.POST or None, organisation=place)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            row = access.appoint(
                appointment.account,
                told["role"],
                place,
                by=request.actor,
                at=timezone.now(),
                department=told["department"],
            )
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect("desk:appointment", pk=row.pk)
    more = {"appointment": appointment, "found": _found(request)}
    return _asking(request, "desk/appoint_again.html", form, place, more)


@needs(Permission.APPOINT)
@require_POST
@never_cache
@sensitive_variables("password")
def reset(request: Request, pk: int) -> HttpResponse:
    """Give the person of an appointment a new password and show it this once."""
    appointment = queries.appointment_for(request.actor, pk)
    account = queries.account_for(request.actor, appointment.account_id)
    password = actions.reset_password(account, by=request.actor, at=timezone.now())
    return render(request, "desk/password_once.html", {"account": account, "password": password})
