"""Work reports: the list of versions, choosing period and plans with a preview, the documents."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.files.responses import serve
from gongshu.core.jobs.actions import enqueue
from gongshu.core.orgs.models import Organisation
from gongshu.core.papers.pdf import pdf_available
from gongshu.core.statutes.lookup import clause
from gongshu.core.trail.shown import lines as trail_lines
from gongshu.core.ui.shapes import Link
from gongshu.delivery import jobs
from gongshu.delivery.enums import Permission, ReportKind, Status
from gongshu.delivery.exports import demand_of, task_sentence, title_of
from gongshu.delivery.forms import PeriodForm, new_token
from gongshu.delivery.queries import reporting
from gongshu.delivery.tables import report_table, status_pill


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List the reports within reach, every version."""
    table = report_table().over(reporting.reports_for(request.actor), request.GET)
    desk = request.actor.desk
    may_report = bool(desk and can(request.actor, Permission.REPORT, at=desk))
    return render(request, "delivery/reports.html", {"table": table, "may_report": may_report})


@needs(Permission.REPORT)
def new(request: Request) -> HttpResponse:
    """Choose period and plans and see the figures; posting starts the work in the background."""
    desk = request.actor.desk
    if desk is None or not can(request.actor, Permission.REPORT, at=desk):
        raise Http404
    form = _form(request, desk)
    if request.method != "POST":
        return _choose(request, desk, form)
    if not form.is_valid():
        return _choose(request, desk, form, status=422)
    told = form.cleaned_data
    job = enqueue(
        jobs.write_report,
        f"report:{desk.pk}:{told['token'] or new_token()}",
        by=request.actor,
        organisation=desk,
        organisation_id=desk.pk,
        kind=told["kind"],
        year=told["year"],
        plan_ids=told["plans"],
    )
    return redirect(job)


def _form(request: Request, desk: Organisation) -> PeriodForm:
    """Return the form, bound to what was posted or chosen, else to the period that ends next."""
    asked = request.POST if request.method == "POST" else request.GET
    years = reporting.years_to_report(desk)
    today = timezone.localdate()
    year = {str(year): year for year in years}.get(asked.get("year", ""), today.year)
    plans = list(reporting.plans_to_report(desk, year))
    if asked.get("kind"):
        return PeriodForm(asked, years=years, plans=plans)
    span = reporting.span_of(ReportKind.HALF, year, on=today)
    kind = ReportKind.HALF if today <= span.until or year < today.year else ReportKind.YEAR
    until = reporting.span_of(kind, year, on=today).until
    keys = [plan.pk for plan in plans if plan.starts_on <= until]
    return PeriodForm({"kind": kind, "year": year, "plans": keys, "token": new_token()}, years=years, plans=plans)


def _choose(request: Request, desk: Organisation, form: PeriodForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    context = {
        "form": form,
        "desk": desk,
        "has_pdf": pdf_available(),
        "half_rule": reporting.half_year_rule(today),
        "duty": clause("trade-union-law", "10", on=today),
        "token": new_token(),
        "crumbs": [Link("工作报告", reverse("delivery:reports")), Link("生成报告")],
    }
    if form.is_valid():
        told = form.cleaned_data
        plans = [plan for plan in reporting.plans_to_report(desk, told["year"]) if plan.pk in told["plans"]]
        figures = reporting.report_figures(desk, plans, reporting.span_of(told["kind"], told["year"], on=today), at=now)
        context |= {
            "figures": figures,
            "title": title_of(figures),
            "demand": demand_of(figures),
            "counts": [(s, figures.counts[s]) for s in Status if figures.counts[s]],
            "tasks": [(each, status_pill(each.status), task_sentence(each)) for each in figures.tasks],
        }
    return render(request, "delivery/report_new.html", context, status=status)


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show one version of a report: what it is about, as at when, and its documents."""
    report = reporting.report_for(request.actor, pk)
    same = reporting.reports_for(request.actor).filter(
        organisation=report.organisation, kind=report.kind, year=report.year
    )
    context = {
        "report": report,
        "plans": report.plans.select_related("organisation"),
        "versions": same.order_by("-version"),
        "trail": trail_lines(report),
        "crumbs": [Link("工作报告", reverse("delivery:reports")), Link(report.organisation.short_name)],
    }
    return render(request, "delivery/report.html", context)


@needs(Permission.SEE)
def fetch(request: Request, pk: int, form: str) -> FileResponse:
    """Hand out a report's document, `docx` or `pdf`."""
    report = reporting.report_for(request.actor, pk)
    attachment = {"docx": report.docx, "pdf": report.pdf}.get(form)
    if attachment is None:
        raise Http404
    return serve(attachment)
