"""One member: facts, history, what may be done."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Refused
from gongshu.core.flow import actions as flow
from gongshu.core.flow.machine import Step
from gongshu.core.flow.shown import way
from gongshu.core.messages import texts
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import everywhere, find_by_name
from gongshu.core.trail.shown import lines
from gongshu.members.actions import joining, lasting, moving
from gongshu.members.actions.named import STEPS
from gongshu.members.enums import ENDED_STATES, Permission
from gongshu.members.forms import MemberForm, RevealForm
from gongshu.members.models import Membership, PastHome
from gongshu.members.queries.history import origin_lines
from gongshu.members.queries.scope import member_for, others_of
from gongshu.members.tables import state_pill
from gongshu.members.views.roll import place_of

ASIDE = ("reviewing", "leaving", "arriving", "kept", "parked", *ENDED_STATES)
AT_ONCE = ("review", "approve", "release", "accept", "resume", "settle")


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show a member: facts with masked numbers, where the membership was, the trail, what may be done now."""
    return _page(request, member_for(request.actor, Permission.SEE, pk))


def _page(request: Request, member: Membership, status: int = 200, **more: Any) -> HttpResponse:
    actor, person = request.actor, member.person
    steps = [step for step in flow.steps_for(member, actor) if step.name in STEPS]
    may_edit = can(actor, Permission.EDIT, at=member.organisation) and member.state not in ENDED_STATES
    context = {
        "member": member,
        "person": person,
        "pill": state_pill(member),
        "way": way(member, aside=ASIDE),
        "id_number": person.id_number.masked() if person.id_number else "",
        "phone": person.phone.masked() if person.phone else "",
        "others": others_of(actor, Permission.SEE, member),
        "past_homes": PastHome.objects.filter(membership=member).select_related("organisation").order_by("-until_on"),
        "at_once": [step for step in steps if step.name in AT_ONCE],
        "with_note": [step for step in steps if step.name not in AT_ONCE and _fits(member, step)],
        "may_edit": may_edit,
        "may_move": member.state in ("active", "parked") and may_edit,
        "reveal_form": RevealForm() if can(actor, Permission.REVEAL, at=member.organisation) else None,
        "trail": [*lines(member), *origin_lines(member)],
        "text": texts.last_about(member),
        **more,
    }
    return render(request, "members/member.html", context, status=status)


def _fits(member: Membership, step: Step) -> bool:
    """Tell whether a step fits what the membership was before it began to move."""
    return not (member.was_parked and step.name == "stop_move")


@needs(Permission.SEE)
@require_POST
def take_step(request: Request, pk: int, name: str) -> HttpResponse:
    """Take a step of a membership."""
    member = member_for(request.actor, Permission.SEE, pk)
    if name not in STEPS:
        raise Http404
    note = request.POST.get("note", "").strip()
    try:
        STEPS[name](member, note, request.actor, timezone.now())
    except Refused as refusal:
        fresh = member_for(request.actor, Permission.SEE, pk)
        return _page(request, fresh, status=422, problems=refusal.problems)
    still_seen = can(request.actor, Permission.SEE, at=member.organisation)
    return redirect(member) if still_seen else redirect("members:listing")


@needs(Permission.EDIT)
def new(request: Request) -> HttpResponse:
    """Put in an application for somebody at the organisation named in the address, else the desk's."""
    place = place_of(request, Permission.EDIT)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        wanted = joining.NewMember(form.person(), told["form"], told["employer"])
        try:
            member = joining.apply(wanted, organisation=place, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.tell(refusal.problems)
        else:
            return redirect(member)
    status = 422 if request.method == "POST" else 200
    return render(request, "members/new.html", {"form": form, "place": place}, status=status)


@needs(Permission.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Correct what is told of a member."""
    member = member_for(request.actor, Permission.EDIT, pk)
    form = MemberForm(request.POST or None, membership=member)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            lasting.correct(
                member, form.person(), form=told["form"], employer=told["employer"], by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            form.tell(refusal.problems)
        else:
            return redirect(member)
    status = 422 if request.method == "POST" else 200
    return render(request, "members/edit.html", {"form": form, "member": member}, status=status)


@needs(Permission.EDIT)
def move(request: Request, pk: int) -> HttpResponse:
    """Find the union to move to and ask for the move."""
    member = member_for(request.actor, Permission.EDIT, pk)
    wanted = request.GET.get("find", "").strip()[:60]
    found = find_by_name(wanted, near=member.organisation) if wanted else []
    problems = []
    if request.method == "POST":
        try:
            note = request.POST.get("note", "").strip()
            moving.ask(member, _destination(request), by=request.actor, at=timezone.now(), note=note)
            return redirect("members:member", pk)
        except Refused as refusal:
            problems = refusal.problems
    context = {"member": member, "found": found, "wanted": wanted, "problems": problems}
    return render(request, "members/move.html", context, status=422 if problems else 200)


def _destination(request: Request) -> Organisation:
    named = request.POST.get("destination", "")
    found = everywhere().filter(pk=int(named)).first() if named.isdecimal() and len(named) < 19 else None
    if found is None:
        raise Refused.because("请先查找并选择要转入的工会", field="destination")
    return found


@needs(Permission.REVEAL)
@require_POST
@never_cache
@sensitive_variables("number")
def reveal(request: Request, pk: int) -> HttpResponse:
    """Show one number in the clear, this once; who, which and why go into the trail."""
    member = member_for(request.actor, Permission.REVEAL, pk)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, member, status=422, reveal_form=form)
    field = form.cleaned_data["field"]
    try:
        number = lasting.reveal(member, field, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _page(request, member, status=422, problems=refusal.problems)
    return _page(request, member, revealed=(lasting.REVEALED[field], number))
