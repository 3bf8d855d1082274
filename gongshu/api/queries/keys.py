"""Keys within reach, and the actor a key acts as."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from gongshu.api.enums import Permission
from gongshu.api.models import ApiKey
from gongshu.api.rules.keys import narrowed
from gongshu.core.access.actor import Actor, Held, visible
from gongshu.core.access.roles import Role, roles
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import standing


def keys_for(actor: Actor) -> QuerySet[ApiKey]:
    """Return the keys of organisations within reach, newest first."""
    rows = ApiKey.objects.select_related("organisation", "allowance", "issued_by__person")
    return visible(actor, Permission.KEYS, rows).order_by("-pk")


def key_for(actor: Actor, pk: int) -> ApiKey:
    """Return one key within reach; raises Http404."""
    return get_object_or_404(keys_for(actor), pk=pk)


def places_for(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations at which they may issue keys."""
    return visible(actor, Permission.KEYS, standing(), at="")


def roles_at(organisation: Organisation) -> list[Role]:
    """Return the roles there are at an organisation's level."""
    return [role for role in roles().values() if organisation.level in role.levels]


def actor_of(key: ApiKey) -> Actor:
    """Return whom a key acts as: its role at its organisation, without what its scopes leave out."""
    role = roles().get(key.role)
    if role is None:
        return Actor(None, key.display_name, _desk=key.organisation)
    held = Held(0, replace(role, grants=narrowed(role.grants, key.scopes)), key.organisation, None)
    return Actor(None, key.display_name, (held,), held)
