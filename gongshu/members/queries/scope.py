"""Which organisations a list is about: one organisation, alone or with all below it, as far as the actor reaches."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, reach, visible
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import everywhere
from gongshu.members.models import Membership


@dataclass(frozen=True)
class Scope:
    """An organisation, and whether what stands below it belongs to the list."""

    org: Organisation
    is_wide: bool = True

    @property
    def until(self) -> str:
        """Return the first path after the scope."""
        return self.org.path_end if self.is_wide else f"{self.org.path}0"

    def within(self, at: str = "organisation", since: str = "") -> Q:
        """Return the condition on the key path `at`, from a path in it on."""
        lead = f"{at}__" if at else ""
        return Q(**{f"{lead}path__gte": since or self.org.path, f"{lead}path__lt": self.until})


def scope_for(actor: Actor, permission: str, at: str = "") -> Scope:
    """Return the scope at the organisation whose key is `at`, else at the desk; raises Http404 out of reach."""
    pk = int(at) if at.isdecimal() and len(at) < 19 else actor.organisation_id
    org = get_object_or_404(visible(actor, permission, everywhere(), at=""), pk=pk)
    is_wide = actor.is_system or any(
        permission in held.role.grants and held.role.reach == "subtree" and held.reaches(org) for held in actor.held
    )
    return Scope(org, is_wide)


def members_for(actor: Actor, permission: str) -> QuerySet[Membership]:
    """Return the memberships within reach: where they are, or where they are asked to go."""
    rows = Membership.objects.select_related("organisation", "destination", "person")
    arriving = Q(state="arriving") & reach(actor, permission, "destination")
    return rows.filter(reach(actor, permission) | arriving)


def member_for(actor: Actor, permission: str, pk: int) -> Membership:
    """Return one membership within reach; raises Http404."""
    return get_object_or_404(members_for(actor, permission), pk=pk)


def others_of(actor: Actor, permission: str, member: Membership) -> QuerySet[Membership]:
    """Return the other memberships, standing and ended, of the same person within reach, newest first."""
    return members_for(actor, permission).filter(person=member.person_id).exclude(pk=member.pk).order_by("-pk")
