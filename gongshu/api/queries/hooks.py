"""Addresses told of events, within reach, and their log."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from gongshu.api.enums import Permission
from gongshu.api.models import Delivery, Hook
from gongshu.core.access.actor import Actor, visible


def hooks_for(actor: Actor) -> QuerySet[Hook]:
    """Return the addresses of keys within reach, newest first."""
    rows = Hook.objects.select_related("key__organisation")
    return visible(actor, Permission.KEYS, rows, at="key__organisation").order_by("-pk")


def hook_for(actor: Actor, pk: int) -> Hook:
    """Return one address within reach; raises Http404."""
    return get_object_or_404(hooks_for(actor), pk=pk)


def deliveries_of(hook: Hook) -> QuerySet[Delivery]:
    """Return what an address was told, newest first."""
    return Delivery.objects.filter(hook=hook).order_by("-pk")


def delivery_for(actor: Actor, pk: int) -> Delivery:
    """Return one line of the log within reach; raises Http404."""
    rows = visible(actor, Permission.KEYS, Delivery.objects.select_related("hook"), at="hook__key__organisation")
    return get_object_or_404(rows, pk=pk)
