"""Decorators: every view says who may enter; a test walks the address map and tries."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from gongshu.core.access.actor import Actor, may_somewhere
from gongshu.core.people.models import Account

P = ParamSpec("P")
PASSWORD_ROUTE = "access:password"  # noqa: S105 - the name of a page


class Request(HttpRequest):
    """A request with the actor behind it, set by the middleware."""

    actor: Actor


View = Callable[Concatenate[Request, P], HttpResponseBase]


def _mark(guarded: Callable[..., HttpResponseBase], view: Callable[..., HttpResponseBase], rule: str) -> None:
    update_wrapper(guarded, view)
    guarded.access_rule = rule  # type: ignore[attr-defined]


def must_change_first(request: Request) -> bool:
    """Tell whether the account still has a password that somebody else has seen."""
    return isinstance(request.user, Account) and request.user.must_change


def needs(permission: str) -> Callable[[View[P]], View[P]]:
    """Let in whoever holds `permission` anywhere; which rows they reach is for the view's query."""

    def decorate(view: View[P]) -> View[P]:
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.actor.is_somebody:
                return redirect_to_login(request.get_full_path())
            if must_change_first(request):
                return redirect(PASSWORD_ROUTE)
            if not may_somewhere(request.actor, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        _mark(guarded, view, f"needs:{permission}")
        return guarded

    return decorate


def signed_in(reason: str, *, with_first_password: bool = False) -> Callable[[View[P]], View[P]]:
    """Let in whoever is logged in; `reason` says why no permission is needed.

    With a password good for once one gets no further than to views `with_first_password`.
    """

    def decorate(view: View[P]) -> View[P]:
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.actor.is_somebody:
                return redirect_to_login(request.get_full_path())
            if must_change_first(request) and not with_first_password:
                return redirect(PASSWORD_ROUTE)
            return view(request, *args, **kwargs)

        _mark(guarded, view, f"signed_in:{reason}")
        return guarded

    return decorate


def public(reason: str) -> Callable[[View[P]], View[P]]:
    """Let everybody in; `reason` says why."""

    def decorate(view: View[P]) -> View[P]:
        def open_to_all(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse | HttpResponseBase:
            return view(request, *args, **kwargs)

        _mark(open_to_all, view, f"public:{reason}")
        return open_to_all

    return decorate
