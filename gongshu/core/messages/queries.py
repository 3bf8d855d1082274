"""Reads that take an actor."""

from __future__ import annotations

from django.db.models import QuerySet

from gongshu.core.access.actor import Actor
from gongshu.core.messages.models import Message


def messages_for(actor: Actor) -> QuerySet[Message]:
    """Return the actor's own messages, newest first."""
    if actor.account_id is None:
        return Message.objects.none()
    rows = Message.objects.filter(account_id=actor.account_id)
    return rows.select_related("organisation").order_by("-at", "-id")


def unread_count(actor: Actor) -> int:
    """Return how many of the actor's messages are unread."""
    return messages_for(actor).filter(read_at__isnull=True).count()
