"""A page asked again by a job, for whoever asked it first, with the rights they have now."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone

from gongshu.core.access.actor import Actor, actor_for, may_somewhere
from gongshu.core.access.guard import Request
from gongshu.core.base.problems import Refused
from gongshu.core.exports.models import Export
from gongshu.core.exports.sheet import Sheet

NO_LONGER = "您已没有导出这份名单的权限，或所在岗位已变动；请重新进入原页面导出"


class Replay(Request):
    """The request of an export; the page leaves its list in `sheet` instead of answering with it."""

    def __init__(self, export: Export) -> None:
        super().__init__()
        self.method = "POST" if export.posted else "GET"
        self.path = self.path_info = export.address
        self.GET, self.POST = QueryDict(export.query), QueryDict(export.posted)
        self.user = export.account
        self.actor = actor_for(export.account, on=timezone.localdate(), seat_id=export.seat_id)
        self.sheet: Sheet | None = None


def needs_of(address: str) -> list[str]:
    """Return the permissions a page asks for."""
    rule = getattr(resolve(address).func, "access_rule", "")
    return [rule.removeprefix("needs:")] if rule.startswith("needs:") else []


def may_have(export: Export, actor: Actor) -> bool:
    """Tell whether the actor may still have what was exported: on the same post, with every permission it took."""
    posts = {held.appointment_id for held in actor.held}
    return export.seat_id in {None, *posts} and all(may_somewhere(actor, permission) for permission in export.needs)


def sheet_of(export: Export) -> Sheet:
    """Ask the page again and return its list; raises Refused when the account may not have it any more."""
    request = Replay(export)
    if not export.account.is_active or not may_have(export, request.actor):
        raise Refused.because(NO_LONGER)
    try:
        match = resolve(export.address)
        match.func(request, *match.args, **match.kwargs)
    except (Http404, PermissionDenied, Resolver404):
        raise Refused.because(NO_LONGER) from None
    if request.sheet is None:
        raise Refused.because("没有取到这份名单，请回到原页面重新导出")
    return request.sheet
