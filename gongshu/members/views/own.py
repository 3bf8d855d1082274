"""The worker's home: my union, my card, my applications, moving, leaving, my data. One thing a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gongshu.core.access import worker as door
from gongshu.core.access.worker import WorkerRequest, worker
from gongshu.core.base.problems import Refused
from gongshu.core.flow.shown import way
from gongshu.core.messages import texts
from gongshu.core.messages.enums import Purpose
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Person
from gongshu.core.ui.figures import cn_time
from gongshu.core.ui.links import public_address
from gongshu.core.ui.qr import qr_picture
from gongshu.members.actions import own_hand
from gongshu.members.enums import ACTIVE_STATES, PENDING_STATES
from gongshu.members.forms import JoinForm, LeaveForm
from gongshu.members.models import Membership
from gongshu.members.queries import cards
from gongshu.members.queries.joining import live_of, union_for, unions_named
from gongshu.members.tables import state_pill
from gongshu.members.views.member import ASIDE
from gongshu.members.views.proving import Proof

CARRIED = (*ACTIVE_STATES, "kept", "parked")  # has a card
MOVABLE = ("active", "parked")
UNDER_WAY = (*PENDING_STATES, "leaving", "arriving")
ASIDES = tuple(code for code in ASIDE if code not in ("leaving", "arriving"))


def _latest(person: Person) -> Membership | None:
    """Return a person's membership, else the last one that ended."""
    rows = Membership.objects.select_related("organisation", "destination", "person").filter(person=person)
    return live_of(person) or rows.order_by("-applied_at", "-pk").first()


def _live(person: Person, *states: str) -> Membership:
    member = live_of(person)
    if member is None or (states and member.state not in states):
        raise Http404
    return member


@worker("只看本人的会籍")
@never_cache
def home(request: WorkerRequest) -> HttpResponse:
    """Show my union, what is under way, what I may do."""
    return _home(request)


def _home(request: WorkerRequest, status: int = 200, **more: Any) -> HttpResponse:
    member = _latest(request.person)
    context: dict[str, Any] = {"person": request.person, "member": member, **more}
    if member:
        context |= {
            "pill": state_pill(member),
            "steps": way(member, aside=(*ASIDE,)) if member.state in UNDER_WAY else [],
            "has_card": member.state in CARRIED,
            "is_pending": member.state in PENDING_STATES,
            "is_moving": member.state in ("leaving", "arriving"),
            "may_stop": member.state in ("leaving", "arriving") and not member.was_parked,
            "may_move": member.state in MOVABLE,
            "is_ended": member.ended_on is not None,
            "text": texts.last_about(member),
        }
    return render(request, "members/my/home.html", context, status=status)


@worker("只出示本人的会员卡")
@never_cache
def card(request: WorkerRequest) -> HttpResponse:
    """Show my card; its code is another one every minute."""
    member, at = _live(request.person, *CARRIED), timezone.now()
    shown = cards.card(member, at=at)
    address = public_address(request, f"{reverse('members:check')}?token={shown.token}")
    context = {"member": member, "card": shown, "qr": qr_picture(address), "at": at, "pill": state_pill(member)}
    template = "members/my/_card.html" if request.headers.get("HX-Request") else "members/my/card.html"
    return render(request, template, context)


@worker("只办理本人的转会")
def move(request: WorkerRequest) -> HttpResponse:
    """Find the union to move to, and ask for it in one step."""
    member = _live(request.person, *MOVABLE)
    wanted = request.GET.get("find", "").strip()
    problems = []
    if request.method == "POST":
        try:
            own_hand.move(member, _union(request), person=request.person, at=timezone.now())
        except Refused as refusal:
            problems = refusal.problems
        else:
            return redirect("my:home")
    found = [union for union in unions_named(wanted, near=member.organisation) if union != member.organisation]
    context = {"member": member, "wanted": wanted, "problems": problems, "found": found}
    return render(request, "members/my/move.html", context, status=422 if problems else 200)


def _union(request: WorkerRequest) -> Organisation:
    found = union_for(request.POST.get("union", ""))
    if found is None:
        raise Refused.because("请选择要转入的工会")
    return found


def _act(request: WorkerRequest, act: Callable[[Membership, Person, datetime], object]) -> HttpResponse:
    try:
        act(_live(request.person), request.person, timezone.now())
    except Refused as refusal:
        return _home(request, 422, problems=refusal.problems)
    return redirect("my:home")


@worker("只撤回本人的申请")
@require_POST
def withdraw(request: WorkerRequest) -> HttpResponse:
    """Withdraw my application."""
    return _act(request, lambda member, person, at: own_hand.withdraw(member, person=person, at=at))


@worker("只撤回本人的转会")
@require_POST
def stop_move(request: WorkerRequest) -> HttpResponse:
    """Withdraw my move."""
    return _act(request, lambda member, person, at: own_hand.stop_move(member, person=person, at=at))


@worker("只办理本人的退会")
def leave(request: WorkerRequest) -> HttpResponse:
    """Leave the union, after being told what that means."""
    member = _live(request.person, *CARRIED)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            own_hand.leave(member, reason=reason, person=request.person, at=timezone.now())
        except Refused as refusal:
            form.tell(refusal.problems)
        else:
            return redirect("my:home")
    context = {"member": member, "form": form}
    return render(request, "members/my/leave.html", context, status=422 if request.method == "POST" else 200)


@worker("只更正本人的信息")
@sensitive_post_parameters()
def correct(request: WorkerRequest) -> HttpResponse:
    """Correct my data; what the union has checked against the identity card is for the union to correct."""
    member, person = _live(request.person), request.person
    told = {"name": person.name, "form": member.form, "employer": member.employer}
    form = JoinForm(request.POST if request.method == "POST" else None, initial=told, person=person)
    if "id_number" in form.fields:
        form.fields["id_number"].help_text = "填了才算实名；性别、出生日期由号码得出，不用另填"
    if request.method == "POST" and form.is_valid():
        try:
            own_hand.correct(member, own_hand.Told(**{**told, **form.cleaned_data}), person=person, at=timezone.now())
        except Refused as refusal:
            form.tell(refusal.problems)
        else:
            return redirect(f"{reverse('my:home')}?saved=1")
    context = {
        "form": form,
        "person": person,
        "phone": person.phone.masked() if person.phone else "",
        "id_number": person.id_number.masked() if person.id_number else "",
    }
    return render(request, "members/my/correct.html", context, status=422 if request.method == "POST" else 200)


@worker("只更换本人的手机号码")
@never_cache
@sensitive_post_parameters("phone", "code")
def phone(request: WorkerRequest) -> HttpResponseBase:
    """Take a new number once it is shown to be mine."""

    def done(number: str) -> HttpResponse:
        person = own_hand.change_phone(request.person, number, at=timezone.now())
        door.enter(request, number, person)
        return redirect("my:home")

    context = {"held": request.person.phone.masked() if request.person.phone else ""}
    return Proof("members/my/phone.html", Purpose.NEW_PHONE, done, context).answer(request)


@worker("只看本人的信息")
@never_cache
def own_data(request: WorkerRequest) -> HttpResponse:
    """Tell what is kept of me and what I may do about it."""
    member = _latest(request.person)
    context = {
        "person": request.person,
        "member": member,
        "phone": request.person.phone.masked() if request.person.phone else "",
        "id_number": request.person.id_number.masked() if request.person.id_number else "",
        "consent": request.person.consents.filter(withdrawn_at__isnull=True).first(),
    }
    return render(request, "members/my/data.html", context)


@worker("只下载本人的信息")
@require_POST
def copy(request: WorkerRequest) -> HttpResponse:
    """Download all that is kept of me."""
    at = timezone.now()
    told = own_hand.own_copy(request.person, at=at)
    answer = HttpResponse("\ufeff" + "\n".join(_lines(told)) + "\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename="我的工会信息.txt")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _lines(told: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Return what is kept in lines that any phone opens and anybody reads."""
    for label, value in told.items():
        if isinstance(value, list):
            yield f"{indent}{label}：{'' if value else '没有'}"
            for number, each in enumerate(value, start=1):
                yield f"{indent}　{number}."
                yield from _lines(each, f"{indent}　　")
        else:
            yield f"{indent}{label}：{cn_time(value) if isinstance(value, datetime) else value or '没有'}"


@worker("只撤回本人的同意")
@require_POST
def unconsent(request: WorkerRequest) -> HttpResponse:
    """Take back my consent; my number is erased, so this ends the visit."""
    try:
        own_hand.withdraw_consent(request.person, at=timezone.now())
    except Refused as refusal:
        return _home(request, 422, problems=refusal.problems)
    door.leave(request)
    return render(request, "members/my/gone.html")
