"""Reads that take an actor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from gongshu.core.access.actor import Actor
from gongshu.core.messages.models import Message, PhoneText
from gongshu.core.orgs.models import Organisation


def messages_for(actor: Actor) -> QuerySet[Message]:
    """Return the actor's own messages, newest first."""
    if actor.account_id is None:
        return Message.objects.none()
    rows = Message.objects.filter(account_id=actor.account_id)
    return rows.select_related("organisation").order_by("-at", "-id")


def unread_count(actor: Actor) -> int:
    """Return how many of the actor's messages are unread."""
    return messages_for(actor).filter(read_at__isnull=True).count()


@dataclass(frozen=True)
class TextShown:
    """A text to a mobile number as the outbox page shows it."""

    phone: str
    text: str
    at: datetime


def outbox_is_open() -> bool:
    """Tell whether texts may be read in the outbox: in a demonstration, or where the operator says so.

    A one-time code lets in whoever knows it, so on a real installation the page shows no words.
    """
    roots = Organisation.objects.filter(depth=1)
    is_demo = roots.filter(is_demo=True).exists() and not roots.filter(is_demo=False).exists()
    return is_demo or bool(settings.SHOW_OUTBOX)


def texts_to_phones(most: int = 50) -> list[TextShown]:
    """Return the newest texts to mobile numbers, numbers masked, words only where the outbox is open."""
    is_open = outbox_is_open()
    rows = PhoneText.objects.order_by("-at", "-pk")[:most]
    return [TextShown(row.phone.masked(), row.text.reveal() if is_open else str(row.text), row.at) for row in rows]
