"""Coming in and going out of the worker's home; large type."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gongshu.core.access import worker
from gongshu.core.access.guard import Request, public
from gongshu.core.base.identity import mask_name
from gongshu.core.messages.enums import Purpose
from gongshu.core.people.models import Person
from gongshu.core.people.queries import by_phone
from gongshu.members.actions import own_hand
from gongshu.members.forms import WhoForm
from gongshu.members.queries.joining import live_of_phone
from gongshu.members.views.proving import Proof

TRIES, MOST_TRIES = "worker_tries", 5
LARGE = "large"
A_YEAR = 365 * 24 * 3600


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/my/"


@public("登录页面本身")
@never_cache
@sensitive_post_parameters("phone", "code")
def log_in(request: Request) -> HttpResponseBase:
    """Come in with a one-time code; the answers are alike for numbers that are known and those that are not."""

    def done(phone: str) -> HttpResponse:
        known = list(by_phone(phone)[:2])
        worker.enter(request, phone, known[0] if len(known) == 1 else None)
        if not known:
            return redirect("my:unknown")
        return redirect(_next(request)) if len(known) == 1 else redirect("my:who")

    context = {"next": _next(request)}
    return Proof("members/my/login.html", Purpose.ENTER, done, context).answer(request)


@public("先用验证码证明手机号码是本人的")
@never_cache
def unknown(request: Request) -> HttpResponse:
    """Tell somebody whose number nobody has how to join."""
    return render(request, "members/my/unknown.html") if worker.phone_of(request) else redirect("my:login")


@public("先用验证码证明手机号码是本人的")
@never_cache
@sensitive_post_parameters("tail")
def who(request: Request) -> HttpResponse:
    """Choose among those who share a phone; the end of the identity number shows that one is the person."""
    phone = worker.phone_of(request)
    if not phone:
        return redirect("my:login")
    persons = list(by_phone(phone))
    chosen = next((one for one in persons if str(one.pk) == request.POST.get("person")), None)
    form = WhoForm(request.POST if "tail" in request.POST else None)
    if chosen and (chosen.id_number is None or (form.is_valid() and _shows(request, chosen, form))):
        request.session.pop(TRIES, None)
        worker.enter(request, phone, chosen)
        return redirect("my:home")
    if request.session.get(TRIES, 0) >= MOST_TRIES:
        worker.leave(request)
        request.session.pop(TRIES, None)
        return redirect("my:login")
    unions = {member.person_id: member.organisation.short_name for member in live_of_phone(phone)}
    people = [(one.pk, mask_name(one.name), unions.get(one.pk, "")) for one in persons]
    status = 422 if form.is_bound else 200
    context = {"people": people, "chosen": chosen, "form": form, "masked": mask_name(chosen.name) if chosen else ""}
    return render(request, "members/my/who.html", context, status=status)


def _shows(request: HttpRequest, person: Person, form: WhoForm) -> bool:
    if own_hand.ends_with(person, form.cleaned_data["tail"]):
        return True
    request.session[TRIES] = request.session.get(TRIES, 0) + 1
    form.add_error("tail", "后四位不对，请核对；末位是X的也要写")
    return False


@public("退出之后就没有登录的人了")
@require_POST
def log_out(request: Request) -> HttpResponse:
    """Go out."""
    worker.leave(request)
    return redirect("my:login")


@public("只改本机的字号")
@require_POST
def large(request: Request) -> HttpResponse:
    """Switch large type on or off on this device (长者版)."""
    answer = redirect(_next(request))
    if request.COOKIES.get(LARGE) == "1":
        answer.delete_cookie(LARGE)
    else:
        answer.set_cookie(LARGE, "1", max_age=A_YEAR, httponly=True, samesite="Lax")
    return answer
