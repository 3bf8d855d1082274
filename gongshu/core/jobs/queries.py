"""Reads that take an actor."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from gongshu.core.access.actor import Actor, reach
from gongshu.core.access.enums import Permission
from gongshu.core.jobs.models import Job


def jobs_for(actor: Actor) -> QuerySet[Job]:
    """Return the jobs the actor started, or may see where they belong; newest first."""
    own = Q(created_by_id=actor.account_id) if actor.is_somebody else Q(pk__in=[])
    return Job.objects.filter(own | reach(actor, Permission.SEE_JOBS)).order_by("-pk")


def job_for(actor: Actor, pk: int) -> Job:
    """Return the job; raise Http404 where the actor must not know of it."""
    job = jobs_for(actor).filter(pk=pk).first()
    if job is None:
        raise Http404
    return job
