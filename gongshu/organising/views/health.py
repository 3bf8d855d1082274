"""Pages of the health of base unions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from gongshu.core.access.crumbs import org_links
from gongshu.core.access.guard import Request, needs
from gongshu.core.exports.handing import download
from gongshu.organising.enums import Permission
from gongshu.organising.queries import health as queries
from gongshu.organising.queries.cases import any_place_for
from gongshu.organising.tables import health_table


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List the base unions at an organisation and below with each component, narrowed to a weakness when asked."""
    org, on = any_place_for(request.actor, Permission.SEE, request.GET.get("at", "")), timezone.localdate()
    law = queries.health_rule(on, org)
    table = health_table(law, on).over(queries.base_unions(org), request.GET)
    if table.wants_export:
        return download(request, table, "基层工会健康度")
    context = {"org": org, "table": table, "law": law, "crumbs": org_links(request.actor, org)}
    return render(request, "organising/health.html", context)


@needs(Permission.SEE)
def show(request: Request) -> HttpResponse:
    """Show a base union's health: every component, where it comes from, what to do."""
    org, on = any_place_for(request.actor, Permission.SEE, request.GET.get("at", "")), timezone.localdate()
    row = get_object_or_404(queries.base_unions(org), pk=org.pk)
    law = queries.health_rule(on, org)
    context = {
        "org": org,
        "components": queries.components_of(row, law, on=on),
        "law": law,
        "crumbs": org_links(request.actor, org),
    }
    return render(request, "organising/health_of.html", context)
