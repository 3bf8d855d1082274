"""The page that puts right what an organisation is called."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Refused
from gongshu.core.orgs.queries import parent
from gongshu.core.ui.refusals import tell
from gongshu.organising.actions import renaming as actions
from gongshu.organising.enums import Permission
from gongshu.organising.forms import NameForm
from gongshu.organising.queries.cases import place_for
from gongshu.organising.queries.law import moving_law
from gongshu.organising.tables import at_url


@needs(Permission.APPROVE)
def edit(request: Request) -> HttpResponse:
    """Change name, short name, division code or industry of the organisation named in the address."""
    org = place_for(request.actor, Permission.APPROVE, request.GET.get("at", ""))
    upper = parent(org)
    if not can(request.actor, Permission.APPROVE, at=upper or org):
        raise Http404
    form = NameForm(request.POST or None, initial=asdict(actions.called(org)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename(org, form.told(), by=request.actor, at=timezone.now())
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect(at_url("organising:history", org))
    law = moving_law(timezone.localdate(), org)
    context = {"form": form, "org": org, "upper": upper, "law": law, "back": at_url("organising:history", org)}
    return render(request, "organising/name_form.html", context, status=422 if request.method == "POST" else 200)
