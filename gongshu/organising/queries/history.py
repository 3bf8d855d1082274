"""The tree as it stood on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import everywhere, parent, within
from gongshu.organising.models import Ending, Standing


def _on(on: date) -> Q:
    began = Q(from_on__isnull=True) | Q(from_on__lte=on)
    return began & (Q(until_on__isnull=True) | Q(until_on__gt=on))


def children_on(org: Organisation, on: date) -> QuerySet[Organisation]:
    """Return what stood directly below an organisation on a day, with `began_on`, `over_on` and `heir`; one query."""
    of_it = Standing.objects.filter(organisation=OuterRef("pk"))
    then = of_it.filter(_on(on), parent=org)
    unmoved = within(org, "") & Q(depth=org.depth + 1) & ~Exists(of_it)
    heirs = Ending.objects.filter(organisation=OuterRef("pk"), state="ended").values("successor__short_name")
    rows: QuerySet[Organisation] = everywhere().filter(unmoved | Exists(then))
    found: QuerySet[Organisation] = rows.annotate(
        began_on=Subquery(then.values("from_on")[:1]),
        over_on=Subquery(then.values("until_on")[:1]),
        heir=Subquery(heirs[:1]),
    )
    return found


def parent_on(org: Organisation, on: date) -> Organisation | None:
    """Return the organisation above on a day; None at the root, or where it did not stand."""
    rows = list(Standing.objects.filter(organisation=org).select_related("parent").order_by("pk"))
    if not rows:
        return parent(org)
    return next((row.parent for row in rows if _stood(row, on)), None)


def stood_on(org: Organisation, on: date) -> bool:
    """Tell whether an organisation stood on a day."""
    rows = list(Standing.objects.filter(organisation=org))
    return not rows or any(_stood(row, on) for row in rows)


def _stood(row: Standing, on: date) -> bool:
    return (row.from_on is None or row.from_on <= on) and (row.until_on is None or on < row.until_on)


def standings_of(org: Organisation) -> list[Standing]:
    """Return where an organisation stood, the latest first; empty when it never changed."""
    return list(Standing.objects.filter(organisation=org).select_related("parent").order_by("-pk"))


def heir_of(org: Organisation) -> Ending | None:
    """Return the approved end of an organisation with its successor, None while it stands."""
    return Ending.objects.filter(organisation=org, state="ended").select_related("successor", "upper").first()


def forebears_of(org: Organisation) -> list[Ending]:
    """Return the ends of the unions that were merged into an organisation, the latest first."""
    rows = Ending.objects.filter(successor=org, state="ended").select_related("organisation")
    return list(rows.order_by("-decided_on", "-pk"))
