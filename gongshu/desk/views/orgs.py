"""The tree of organisations, and one organisation's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongshu.core.access.actor import can
from gongshu.core.access.crumbs import org_links
from gongshu.core.access.enums import Permission
from gongshu.core.access.guard import Request, needs
from gongshu.core.access.roles import roles
from gongshu.core.base.divisions import all_divisions, full_name
from gongshu.core.exports.handing import download
from gongshu.core.orgs.models import Organisation
from gongshu.desk.queries import reach as queries
from gongshu.desk.queries.figures import figures_of
from gongshu.desk.tables import ORGS
from gongshu.organising.enums import Permission as OrganisingPermission
from gongshu.organising.queries.guiding import guide_on
from gongshu.venues.enums import Permission as VenuePermission


@needs(Permission.SEE_TREE)
def tree(request: Request) -> HttpResponse:
    """Show the tree opened as far as `?at=`, with that organisation's facts beside it."""
    top = queries.top_for(request.actor)
    if top is None:
        return render(request, "desk/orgs.html", {"branches": []})
    named = request.GET.get("at", "")
    desk = request.actor.desk
    start = desk if desk and can(request.actor, Permission.SEE_TREE, at=desk) else top
    at = queries.org_for(request.actor, int(named)) if named.isdecimal() and len(named) < 19 else start
    return render(request, "desk/orgs.html", {"branches": [queries.tree_to(top, at)], **_about(request, at)})


@needs(Permission.SEE_TREE)
def listing(request: Request) -> HttpResponse:
    """Search all organisations within reach."""
    table = ORGS.over(queries.orgs_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "组织")
    return render(request, "desk/org_list.html", {"table": table})


@needs(Permission.SEE_TREE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show an organisation: facts, departments, people in posts, figures, what stands below it."""
    org = queries.org_for(request.actor, pk)
    table = ORGS.over(queries.children_for(request.actor, org), request.GET)
    if table.wants_export:
        return download(request, table, f"{org.short_name}下级组织")
    context = {"table": table, "crumbs": org_links(request.actor, org), **_about(request, org)}
    return render(request, "desk/org.html", context)


def _about(request: Request, org: Organisation) -> dict[str, object]:
    on = timezone.localdate()
    return {
        "org": org,
        "division": full_name(org.division_code) if org.division_code in all_divisions() else "",
        "departments": list(org.departments.order_by("pk")),
        "posts": [(post, roles()[post.role].name) for post in queries.posts_at(org, on=on) if post.role in roles()],
        "figures": figures_of(org),
        "guidance": guide_on(org, on),
        "may_appoint": can(request.actor, Permission.APPOINT, at=org),
        "may_see_organising": can(request.actor, OrganisingPermission.SEE, at=org),
        "may_edit_venues": can(request.actor, VenuePermission.EDIT, at=org),
    }
