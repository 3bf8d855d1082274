"""What a line of work puts into the left menu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

from gongshu.core.access.actor import Actor, may_somewhere
from gongshu.core.ui.shapes import Link, MenuGroup


@dataclass(frozen=True)
class MenuItem:
    """One entry: label, name of the route, which permission it needs (empty: everybody), icon."""

    label: str
    route: str
    permission: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Menu:
    """The entries of one line of work under its label."""

    label: str
    items: tuple[MenuItem, ...]
    icon: str = ""


def menu_for(actor: Actor, menus: Sequence[Menu], path: str) -> list[MenuGroup]:
    """Return what this person may use, with the entry active whose address is the longest beginning of `path`."""
    allowed = [(menu, [(item, _address(item.route)) for item in menu.items if _may(actor, item)]) for menu in menus]
    addresses = [
        url for _, items in allowed for _, url in items if path == url or (url != "/" and path.startswith(url))
    ]
    here = max(addresses, key=len, default="")
    return [
        MenuGroup(
            menu.label,
            [Link(item.label, url, active=url == here, icon=item.icon) for item, url in items],
            menu.icon or items[0][0].icon,
        )
        for menu, items in allowed
        if items
    ]


def _address(route: str) -> str:
    return _known_address(route, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@cache  # the menu asks for the same thirty addresses on every page
def _known_address(route: str, urlconf: str, _prefix: str) -> str:
    return reverse(route, urlconf=urlconf)


def _may(actor: Actor, item: MenuItem) -> bool:
    return not item.permission or may_somewhere(actor, item.permission)
