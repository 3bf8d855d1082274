"""Reads that join lines of work, narrowed to what the actor may see."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongshu.core.access.actor import Actor, reach, visible
from gongshu.core.access.enums import Permission
from gongshu.core.access.models import Appointment
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import ancestor_paths, children
from gongshu.core.people.models import Account
from gongshu.core.trail.models import Entry
from gongshu.core.ui.shapes import Branch
from gongshu.desk.queries.addresses import org_url

SHOWN_CHILDREN = 200


def orgs_for(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations within reach, in tree order."""
    rows: QuerySet[Organisation] = Organisation.objects.order_by("path")
    return visible(actor, Permission.SEE_TREE, rows, at="")


def org_for(actor: Actor, pk: int) -> Organisation:
    """Return one organisation within reach; raises Http404."""
    return get_object_or_404(orgs_for(actor), pk=pk)


def top_for(actor: Actor) -> Organisation | None:
    """Return where the tree begins for this person: the highest organisation within reach."""
    return orgs_for(actor).order_by("depth", "path").first()


def tree_to(top: Organisation, at: Organisation) -> Branch:
    """Return the tree from `top`, opened along the way to `at`: one query a level, each of at most 200 rows."""
    way = {path for path in ancestor_paths(at.path) if path.startswith(top.path)}
    return _branch(top, way, at)


def _branch(org: Organisation, way: set[str], at: Organisation) -> Branch:
    below = list(children(org)[:SHOWN_CHILDREN]) if org.path in way else []
    shown = [_branch(child, way, at) for child in below]
    if org.numchild > len(below) > 0:
        shown.append(Branch(f"共 {org.numchild} 个，全部列出", url=org_url(org)))
    return Branch(
        org.short_name,
        url=f"{reverse('desk:orgs')}?at={org.pk}",
        count=org.numchild or None,
        open=bool(below),
        active=org.pk == at.pk,
        children=shown,
    )


def children_for(actor: Actor, org: Organisation) -> QuerySet[Organisation]:
    """Return the organisations directly below, as far as the actor may see."""
    return visible(actor, Permission.SEE_TREE, children(org), at="")


def posts_at(org: Organisation, *, on: date) -> QuerySet[Appointment]:
    """Return who holds which role at an organisation on a day."""
    rows = Appointment.objects.active_on(on).filter(organisation=org)
    return rows.select_related("account__person", "department").order_by("role", "pk")


def appointments_for(actor: Actor) -> QuerySet[Appointment]:
    """Return the appointments one may make and end, with persons and places."""
    rows = Appointment.objects.select_related("account__person", "organisation", "department")
    return visible(actor, Permission.APPOINT, rows)


def appointment_for(actor: Actor, pk: int) -> Appointment:
    """Return one appointment within reach; raises Http404."""
    return get_object_or_404(appointments_for(actor), pk=pk)


def account_for(actor: Actor, pk: int) -> Account:
    """Return an account all of whose appointments lie within reach; raises Http404.

    Whoever could reset the password of somebody with a post elsewhere could take that post's powers.
    """
    mine = appointments_for(actor).values("pk")
    elsewhere = Appointment.objects.filter(account=pk).exclude(pk__in=mine)
    rows = Account.objects.filter(appointments__in=mine).exclude(pk__in=elsewhere.values("account"))
    return get_object_or_404(rows.distinct(), pk=pk)


def places_to_appoint(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations one may appoint at."""
    rows: QuerySet[Organisation] = Organisation.objects.order_by("path")
    return visible(actor, Permission.APPOINT, rows, at="")


def entries_for(actor: Actor) -> QuerySet[Entry]:
    """Return the trail within reach, newest first."""
    rows = Entry.objects.filter(reach(actor, Permission.SEE_TRAIL)).select_related("organisation")
    return rows.order_by("-pk")
