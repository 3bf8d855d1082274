"""What every page needs: who is here, the menu, how much waits."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from config.catalogue import MENUS
from gongshu.core.access.actor import Actor
from gongshu.core.access.crumbs import org_links
from gongshu.core.access.menu import menu_for
from gongshu.core.flow.queries import inbox_count
from gongshu.core.ui.shapes import Link

WORKERS = ("/my/", "/join/")  # where large type may be switched on

try:
    APP_VERSION = version("gongshu")
except PackageNotFoundError:
    APP_VERSION = ""


def furniture(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the page frame; nothing is fetched until a template asks."""
    actor: Actor | None = getattr(request, "actor", None)
    common: dict[str, Any] = {"app_version": APP_VERSION, "login_url": reverse("access:login")}
    common["large_type"] = request.COOKIES.get("large") == "1" and request.path.startswith(WORKERS)
    if actor is None or not actor.is_somebody:
        return common
    return common | {
        "actor": actor,
        "menu": menu_for(actor, MENUS, request.path),
        "inbox_count": SimpleLazyObject(lambda: inbox_count(actor)),
        "inbox_url": reverse("desk:home"),
        "desks": seats(actor),
        "desk_url": reverse("access:seat"),
        "logout_url": reverse("access:logout"),
        "person_menu": [Link("我的导出", reverse("exports:mine")), Link("修改密码", reverse("access:password"))],
        "crumbs": SimpleLazyObject(lambda: desk_path(actor)),
    }


def seats(actor: Actor) -> list[dict[str, Any]]:
    """Return the desks this person may sit at: `label value active`."""
    return [
        {
            "label": f"{held.organisation.short_name} {held.role.name}",
            "value": held.appointment_id,
            "active": held is actor.seat,
        }
        for held in actor.held
    ]


def desk_path(actor: Actor) -> list[Link]:
    """Return the organisations from the root down to the desk; those within reach lead to their pages."""
    if actor.desk is None:
        return []
    return org_links(actor, actor.desk)
