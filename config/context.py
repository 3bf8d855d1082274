"""What every page needs: who is here, the menu, how much waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gongshu.core.access.actor import Actor
from gongshu.core.flow.queries import inbox_count


def furniture(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the page frame; nothing is fetched until a template asks."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {}
    return {"actor": actor, "inbox_count": SimpleLazyObject(lambda: inbox_count(actor))}
