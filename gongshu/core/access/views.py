"""Logging in and out, changing desks and passwords."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gongshu.core.access.forms import LoginForm, PasswordForm
from gongshu.core.access.guard import Request, public, signed_in
from gongshu.core.access.idle import SEEN, drop, typed_of
from gongshu.core.access.middleware import SEAT
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.people import actions
from gongshu.core.people.models import Account


def _next(request: Request) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"


@public("登录页面本身")
@login_not_required
@sensitive_post_parameters("password")
def log_in(request: Request) -> HttpResponse:
    """Log in with user name and password."""
    form = LoginForm(request.POST or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            account = _check(form.cleaned_data["username"], form.cleaned_data["password"])
        except Refused as refusal:
            problems = refusal.problems
        else:
            login(request, account)
            request.session[SEEN] = timezone.now().timestamp()
            request.session.set_expiry(0)  # it ends with the browser, on a machine that others use too
            return redirect(_next(request))
    status = 422 if request.method == "POST" else 200
    idle = settings.IDLE_MINUTES if request.GET.get("idle") else 0
    context = {"form": form, "problems": problems, "next": _next(request), "idle": idle}
    return render(request, "access/login.html", context, status=status)


def _check(username: str, password: str) -> Account:
    """Return the account, or raise `Refused`; wrong passwords are counted."""
    now = timezone.now()
    actions.check_pause(username, at=now)
    account = authenticate(username=username.lower(), password=password)
    if not isinstance(account, Account):
        actions.note_failure(username, at=now)
        raise Refused.because("用户名或密码不对", field="password")
    actions.note_success(account)
    return account


@signed_in("每个登录的人都可以退出", with_first_password=True)
@require_POST
def log_out(request: Request) -> HttpResponse:
    """Log out."""
    logout(request)
    return redirect("access:login")


@signed_in("打字也算在用，不然长表单写到一半就退出了")
def alive(request: Request) -> HttpResponse:
    """Answer nothing: that somebody is typing keeps the session."""
    return HttpResponse(status=204)


@signed_in("只有本人看得到自己没有提交上的内容")
def kept(request: Request) -> HttpResponse:
    """Show what was typed when the session had ended, to be sent again."""
    typed = typed_of(request)
    if typed is None:
        return redirect("/")
    shown = [value for _, value in typed.fields if value.strip()]
    return render(request, "access/kept.html", {"typed": typed, "shown": shown})


@signed_in("只能丢掉自己没有提交上的内容")
@require_POST
def drop_kept(request: Request) -> HttpResponse:
    """Throw away what was typed."""
    drop(request)
    return redirect("/")


@signed_in("只能换到自己任职的组织")
@require_POST
def change_seat(request: Request) -> HttpResponse:
    """Sit down at another desk among one's own appointments."""
    wanted = request.POST.get("desk", "")
    if wanted in {str(held.appointment_id) for held in request.actor.held}:
        request.session[SEAT] = int(wanted)
    return redirect("/")


@signed_in("只能改自己的密码", with_first_password=True)
@sensitive_post_parameters()
def change_password(request: Request) -> HttpResponse:
    """Change one's own password."""
    account = Account.objects.get(pk=request.actor.account_id or 0)
    form = PasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        actions.change_password(account, new=form.cleaned_data["new"])
        update_session_auth_hash(request, account)
        return render(request, "access/password.html", {"form": PasswordForm(account=account), "done": True})
    return render(request, "access/password.html", {"form": form}, status=422 if request.method == "POST" else 200)
