"""Keys: who is let in, as what."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from gongshu.api.actions import keys as actions
from gongshu.api.enums import Permission, Scope
from gongshu.api.forms import KeyForm
from gongshu.api.models import ApiKey
from gongshu.api.queries import hooks as hook_queries
from gongshu.api.queries import keys as queries
from gongshu.api.rules.keys import months_later
from gongshu.api.tables import hook_pill, key_pill, keys_table
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Refused
from gongshu.core.exports.handing import download
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail.shown import lines
from gongshu.core.ui.refusals import tell


@needs(Permission.KEYS)
def listing(request: Request) -> HttpResponse:
    """List the keys within reach."""
    table = keys_table(on=timezone.localdate()).over(queries.keys_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "接口密钥")
    return render(request, "api/keys.html", {"table": table})


def _place(request: Request) -> Organisation:
    named = request.GET.get("organisation", "")
    pk = int(named) if named.isdecimal() and len(named) < 19 else request.actor.organisation_id
    return get_object_or_404(queries.places_for(request.actor), pk=pk)


def _found(request: Request) -> list[Organisation]:
    wanted = request.GET.get("find", "").strip()[:60]
    if not wanted:
        return []
    return list(queries.places_for(request.actor).filter(name__contains=wanted).order_by("depth", "path")[:10])


@needs(Permission.KEYS)
@never_cache
@sensitive_variables("text")
def new(request: Request) -> HttpResponse:
    """Issue a key and show it this once."""
    place = _place(request)
    longest = months_later(timezone.localdate(), settings.API_KEY_MONTHS)
    form = KeyForm(request.POST or None, organisation=place, longest=longest)
    if request.method == "POST" and form.is_valid():
        try:
            key, text = actions.issue(form.order(), organisation=place, by=request.actor, at=timezone.now())
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return render(request, "api/key_once.html", {"key": key, "text": text})
    context = {"form": form, "place": place, "found": _found(request), "months": settings.API_KEY_MONTHS}
    return render(request, "api/new_key.html", context, status=422 if request.method == "POST" else 200)


@needs(Permission.KEYS)
def show(request: Request, pk: int) -> HttpResponse:
    """Show a key: what it is for, when it was last used, what is sent under it."""
    return _page(request, queries.key_for(request.actor, pk))


def _page(request: Request, key: ApiKey, status: int = 200, **more: object) -> HttpResponse:
    on = timezone.localdate()
    context = {
        "key": key,
        "pill": key_pill(key, on=on),
        "is_valid": key.is_valid_on(on),
        "scopes": [Scope(scope).label for scope in key.scopes],
        "hooks": [(hook, hook_pill(hook)) for hook in hook_queries.hooks_for(request.actor).filter(key=key)],
        "trail": lines(key),
        **more,
    }
    return render(request, "api/key.html", context, status=status)


@needs(Permission.KEYS)
@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """Make a key worthless at once."""
    key = queries.key_for(request.actor, pk)
    try:
        actions.revoke(key, by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _page(request, key, status=422, problems=refusal.problems)
    return redirect(key)
