"""Reads that take an actor."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from gongshu.core.access.actor import Actor
from gongshu.core.exports.models import Export
from gongshu.core.exports.replay import may_have


def exports_for(actor: Actor) -> QuerySet[Export]:
    """Return the actor's own exports, newest first."""
    own = Q(account_id=actor.account_id) if actor.is_somebody else Q(pk__in=[])
    rows = Export.objects.filter(own, kept_until__gt=timezone.now())
    return rows.select_related("job", "organisation").order_by("-asked_at", "-pk")


def file_for(actor: Actor, pk: int) -> Export:
    """Return an export of the actor's own that is ready, and that they may still have; raises Http404."""
    export = exports_for(actor).filter(pk=pk, ready_at__isnull=False).first()
    if export is None or not may_have(export, actor):
        raise Http404
    return export
