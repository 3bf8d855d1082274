"""What other lines of work made of a meeting: the catalogue lists who to ask, so that this line need not know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from gongshu.core.access.actor import Actor
from gongshu.meetings.models import Meeting


@dataclass(frozen=True)
class Related:
    """Something made of a meeting, or something it was made of: which sort, its name, its page, a short remark."""

    sort: str
    label: str
    url: str
    note: str = ""


Finder = Callable[[Meeting, Actor], list[Related]]


def related_to(meeting: Meeting, actor: Actor) -> list[Related]:
    """Return what the lines listed as `MEETING_LINKS` know of this meeting and this person may see."""
    finders: tuple[Finder, ...] = import_string(f"{settings.CATALOGUE}.MEETING_LINKS")
    return [related for find in finders for related in find(meeting, actor)]
