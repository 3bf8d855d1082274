"""Which rosters somebody may see, and for which unions somebody may bring one in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, visible
from gongshu.core.jobs.models import Job
from gongshu.core.orgs.models import Organisation
from gongshu.members.enums import Permission
from gongshu.rosters.enums import Verdict
from gongshu.rosters.models import Roster, RosterRow


def rosters_for(actor: Actor) -> QuerySet[Roster]:
    """Return the rosters within reach, the newest first."""
    rows = Roster.objects.select_related("organisation", "uploaded_by__person")
    return visible(actor, Permission.EDIT, rows).order_by("-pk")


def roster_for(actor: Actor, pk: int) -> Roster:
    """Return a roster within reach; raises Http404."""
    return get_object_or_404(rosters_for(actor), pk=pk)


def refused_of(roster: Roster) -> QuerySet[RosterRow]:
    """Return the rows that were not or cannot be brought in, in their order."""
    verdicts = [Verdict.REFUSED, *([] if roster.move else [Verdict.ELSEWHERE])]
    return RosterRow.objects.filter(roster=roster, verdict__in=verdicts).order_by("number")


def job_of(roster: Roster) -> Job | None:
    """Return the job that checks a roster or brings it in, the latest one."""
    names = ("rosters.enter",) if roster.state in ("entering", "done") else ("rosters.check",)
    return Job.objects.filter(name__in=names, key=roster.job_key).order_by("-pk").first()


@dataclass(frozen=True)
class Reach:
    """For which unions an actor may bring members in at an organisation: it alone, or with those below it."""

    organisation: Organisation
    is_wide: bool

    @property
    def end(self) -> str:
        """Return the first path after them."""
        return self.organisation.path_end if self.is_wide else f"{self.organisation.path}0"

    def within(self) -> Q:
        """Return the condition on organisations."""
        return Q(path__gte=self.organisation.path, path__lt=self.end)

    def holds(self, path: str) -> bool:
        """Tell whether an organisation with a path is among them."""
        return bool(self.organisation.path <= path < self.end)


def reach_of(actor: Actor, organisation: Organisation, permission: str = Permission.EDIT) -> Reach | None:
    """Return how far an actor's permission goes at an organisation, None when they have none there."""
    if actor.is_system:
        return Reach(organisation, is_wide=True)
    held = [one for one in actor.held if permission in one.role.grants and one.reaches(organisation)]
    return Reach(organisation, any(one.role.reach == "subtree" for one in held)) if held else None
