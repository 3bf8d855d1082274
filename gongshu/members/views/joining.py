"""Joining on a phone: a union's code, or occupation and place; then the phone, the person, the consent."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gongshu.core.access import worker
from gongshu.core.access.actor import system_actor
from gongshu.core.access.guard import Request, public
from gongshu.core.base.identity import mask_id_number, mask_name
from gongshu.core.base.problems import Refused
from gongshu.core.messages.enums import Purpose
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.protected import ring
from gongshu.core.people.queries import by_phone
from gongshu.members.actions import own_hand
from gongshu.members.actions.codes import code_of
from gongshu.members.enums import PENDING_STATES, Form
from gongshu.members.forms import AgreeForm, JoinForm
from gongshu.members.models import Membership
from gongshu.members.queries import joining
from gongshu.members.queries.law import approval_rule
from gongshu.members.views.proving import Proof

DRAFT, COLUMN = "join_draft", "session.join_draft"
MOVABLE = ("active", "parked")


@public("任何职工都可以申请入会")
def start(request: Request) -> HttpResponse:
    """Choose occupation, then place; or find one's own union by name."""
    form, wanted = request.GET.get("form", ""), request.GET.get("find", "").strip()
    if form not in Form.values:
        return render(request, "members/join/start.html", {"forms": Form.choices})
    place = joining.place_for(request.GET.get("at", ""))
    if place is None:
        raise Http404
    context = {
        "form": form,
        "form_label": Form(form).label,
        "place": place,
        "path": joining.place_path(place),
        "places": joining.places_below(place),
        "landing": _landing(form, place),
        "wanted": wanted,
        "found": joining.unions_named(wanted),
        "is_staff": form in (Form.STAFF, Form.DISPATCHED),
    }
    return render(request, "members/join/place.html", context)


def _landing(form: str, place: Organisation) -> joining.Landing | None:
    return joining.landing(form, place, on=timezone.localdate()) if place.level in joining.NARROW else None


@public("任何职工都可以申请入会")
@require_POST
def choose(request: Request) -> HttpResponse:
    """Go to the page of the union chosen."""
    union = joining.union_for(request.POST.get("union", ""))
    if union is None:
        raise Http404
    row = code_of(union, by=system_actor("入会页面"), at=timezone.now())
    form = request.POST.get("form", "")
    lead = f"?form={form}" if form in Form.values else ""
    return redirect(reverse("join:union", args=[row.code]) + lead)


@public("扫码的职工还没有登录")
@never_cache
@sensitive_post_parameters("phone", "code")
def union(request: Request, code: str) -> HttpResponseBase:
    """Step one: the phone. Whoever has shown it goes on; a member of another union may move here at once."""
    place = joining.union_of(code)
    if request.GET.get("form") in Form.values:
        _keep(request, {**_draft(request), "form": request.GET["form"]})
    phone = worker.phone_of(request)
    if not phone:
        return _prove(request, place, code)
    person = worker.person_of(request)
    if "other" in request.POST:
        worker.enter(request, phone)
        return redirect("join:about", code)
    live = joining.live_of(person) if person else None
    held = [live] if live else joining.live_of_phone(phone)
    if not held:
        return redirect("join:about", code)
    return render(request, "members/join/held.html", _held(held, place, code, is_person=live is not None))


def _prove(request: Request, place: Organisation, code: str) -> HttpResponseBase:
    def done(phone: str) -> HttpResponse:
        known = list(by_phone(phone)[:2])
        worker.enter(request, phone, known[0] if len(known) == 1 else None)
        return redirect("join:union", code)

    context = {"union": place, "step": 1, "rule": approval_rule(timezone.localdate(), place)}
    return Proof("members/join/phone.html", Purpose.ENTER, done, context).answer(request)


def _held(held: Sequence[Membership], place: Organisation, code: str, *, is_person: bool) -> dict[str, object]:
    first = held[0]
    return {
        "union": place,
        "code": code,
        "held": first,
        "name": mask_name(first.name),
        "is_here": first.organisation_id == place.pk,
        "is_pending": first.state in PENDING_STATES,
        "may_move": is_person and first.state in MOVABLE and first.organisation_id != place.pk,
        "is_one": len(held) == 1,
    }


@public("先用验证码证明手机号码是本人的")
@never_cache
@sensitive_post_parameters()
def about(request: Request, code: str) -> HttpResponse:
    """Step two: who they are and what they work; what is known is not asked."""
    place = joining.union_of(code)
    if not worker.phone_of(request):
        return redirect("join:union", code)
    person = worker.person_of(request)
    must = joining.real_name_is_required(place, on=timezone.localdate())
    form = JoinForm(
        request.POST if request.method == "POST" else None, initial=_draft(request), person=person, must_be_real=must
    )
    if request.method == "POST" and form.is_valid():
        known = {"name": person.name} if person and "name" not in form.fields else {}
        _keep(request, {**form.cleaned_data, **known})
        return redirect("join:agree", code)
    status = 422 if request.method == "POST" else 200
    context = {"union": place, "code": code, "form": form, "person": person, "step": 2}
    return render(request, "members/join/about.html", context, status=status)


@public("先用验证码证明手机号码是本人的")
@never_cache
@sensitive_post_parameters()
def agree(request: Request, code: str) -> HttpResponse:
    """Step three: what will be handed in, consent, done."""
    place, phone, draft = joining.union_of(code), worker.phone_of(request), _draft(request)
    if not phone:
        return redirect("join:union", code)
    if not draft.get("name"):
        return redirect("join:about", code)
    told = own_hand.Told(draft["name"], draft["form"], draft.get("id_number", ""), draft.get("employer", ""))
    form = AgreeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            member = own_hand.apply(told, phone=phone, organisation=place, at=timezone.now())
        except Refused as refusal:
            form.tell(refusal.problems)
        else:
            request.session.pop(DRAFT, None)
            worker.enter(request, phone, member.person)
            return redirect("my:home")
    context = {
        "union": place, "code": code, "form": form, "told": told, "id_number": mask_id_number(told.id_number),
        "form_label": Form(told.form).label, "step": 3, "rule": approval_rule(timezone.localdate(), place),
    }  # fmt: skip
    return render(request, "members/join/agree.html", context, status=422 if request.method == "POST" else 200)


def _draft(request: HttpRequest) -> dict[str, str]:
    """Return what was told so far; it is kept sealed in the session and survives errors and going back."""
    kept = request.session.get(DRAFT)
    found: dict[str, str] = json.loads(ring().open(COLUMN, b64decode(kept))) if kept else {}
    return found


def _keep(request: HttpRequest, draft: dict[str, str]) -> None:
    request.session[DRAFT] = b64encode(ring().seal(COLUMN, json.dumps(draft))).decode()
