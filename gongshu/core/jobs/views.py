"""Progress of background work."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_POST

from gongshu.core.access.guard import Request, signed_in
from gongshu.core.jobs import actions, queries
from gongshu.core.jobs.catalogue import label_of


@signed_in("只看得到自己发起的任务，或有权查看的任务")
@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Show how far a job is; htmx asks again for the middle part alone."""
    job = queries.job_for(request.actor, pk)
    template = "jobs/_progress.html" if request.headers.get("HX-Request") else "jobs/job.html"
    answer = render(request, template, {"job": job, "label": label_of(job)})
    around = urlsplit(request.headers.get("HX-Current-URL", "")).path
    if job.is_finished and job.result and job.result.get("url") == around:
        answer["HX-Refresh"] = "true"  # the page around shows the result itself
    return answer


@signed_in("只能取消自己发起的任务，或有权查看的任务")
@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Ask for a job to be cancelled."""
    job = queries.job_for(request.actor, pk)
    actions.cancel(job, at=now())
    return redirect(job)
