"""Addresses told of events, and what they were told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from gongshu.api.actions import hooks as actions
from gongshu.api.enums import HookState, Permission
from gongshu.api.forms import HookForm
from gongshu.api.models import Hook
from gongshu.api.queries import hooks as queries
from gongshu.api.queries import keys as key_queries
from gongshu.api.tables import HOOKS, LOG, hook_pill
from gongshu.core.access.actor import Actor
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.exports.handing import download
from gongshu.core.trail.shown import lines
from gongshu.core.ui.refusals import tell

Act = Callable[[Hook, Actor, datetime], object]
ACTS: dict[str, Act] = {
    "pause": lambda hook, by, at: actions.pause(hook, by=by, at=at),
    "resume": lambda hook, by, at: actions.resume(hook, by=by, at=at),
    "ping": lambda hook, by, at: actions.ping(hook, by=by, at=at),
}


@needs(Permission.KEYS)
def listing(request: Request) -> HttpResponse:
    """List the addresses told of events, within reach."""
    table = HOOKS.over(queries.hooks_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "事件推送")
    return render(request, "api/hooks.html", {"table": table})


@needs(Permission.KEYS)
@never_cache
@sensitive_variables("secret")
def new(request: Request, pk: int) -> HttpResponse:
    """Have an address told of events; its secret is shown this once."""
    key = key_queries.key_for(request.actor, pk)
    form = HookForm(request.POST or None, key=key)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            hook, secret = actions.subscribe(key, told["url"], told["events"], by=request.actor, at=timezone.now())
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return render(request, "api/hook_once.html", {"hook": hook, "secret": secret})
    context = {"form": form, "key": key}
    return render(request, "api/new_hook.html", context, status=422 if request.method == "POST" else 200)


@needs(Permission.KEYS)
def show(request: Request, pk: int) -> HttpResponse:
    """Show an address with the log of what it was told."""
    hook = queries.hook_for(request.actor, pk)
    table = LOG.over(queries.deliveries_of(hook), request.GET)
    if table.wants_export:
        return download(request, table, "推送记录")
    return _page(request, hook)


def _page(request: Request, hook: Hook, problems: Sequence[Problem] = ()) -> HttpResponse:
    context = {
        "hook": hook,
        "pill": hook_pill(hook),
        "is_on": hook.state == HookState.ON,
        "table": LOG.over(queries.deliveries_of(hook).select_related("hook"), request.GET),
        "trail": lines(hook),
        "problems": problems,
    }
    return render(request, "api/hook.html", context, status=422 if problems else 200)


@needs(Permission.KEYS)
@require_POST
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Pause, resume or test an address."""
    hook = queries.hook_for(request.actor, pk)
    if name not in ACTS:
        raise Http404
    try:
        ACTS[name](hook, request.actor, timezone.now())
    except Refused as refusal:
        return _page(request, hook, refusal.problems)
    return redirect(hook)


@needs(Permission.KEYS)
@require_POST
def send_again(request: Request, pk: int) -> HttpResponse:
    """Put one event in line again."""
    delivery = queries.delivery_for(request.actor, pk)
    try:
        actions.send_again(delivery, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _page(request, queries.hook_for(request.actor, delivery.hook_id), refusal.problems)
    return redirect(delivery.hook)
