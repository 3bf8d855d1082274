"""Reads of the tree. Scope is always an index range over the path, never LIKE."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Case, IntegerField, OrderBy, Q, QuerySet, Value, When

from gongshu.core.orgs.models import Department, Organisation


def within(org: Organisation, at: str = "organisation") -> Q:
    """Return the condition "at `org` or below" on the key path `at`; empty: on organisations themselves."""
    lead = f"{at}__" if at else ""
    return Q(**{f"{lead}path__gte": org.path, f"{lead}path__lt": org.path_end})


def within_any(orgs: Iterable[Organisation], at: str = "organisation") -> Q:
    """Return the condition "in one of these subtrees"; with no organisation it holds for no row."""
    found = Q(pk__in=[])
    for org in orgs:
        found |= within(org, at)
    return found


def everywhere() -> QuerySet[Organisation]:
    """Return all organisations in tree order."""
    rows: QuerySet[Organisation] = Organisation.objects.order_by("path")
    return rows


def standing() -> QuerySet[Organisation]:
    """Return the organisations that have not been dissolved or merged into another, in tree order."""
    return everywhere().filter(ended_on__isnull=True)


def subtree(org: Organisation) -> QuerySet[Organisation]:
    """Return `org` and all organisations below it, also ended ones (their figures remain), in tree order."""
    return everywhere().filter(within(org, ""))


def children(org: Organisation) -> QuerySet[Organisation]:
    """Return the organisations that stand directly below `org`, in tree order."""
    return standing().filter(within(org, ""), depth=org.depth + 1)


def ancestor_paths(path: str, step: int = Organisation.steplen) -> list[str]:
    """Return the paths from the root down to `path` itself."""
    return [path[:n] for n in range(step, len(path) + 1, step)]


def ancestors(org: Organisation) -> QuerySet[Organisation]:
    """Return the organisations from the root down to the one above `org`."""
    return everywhere().filter(path__in=ancestor_paths(org.path)[:-1])


def crumbs(org: Organisation) -> QuerySet[Organisation]:
    """Return the organisations from the root down to `org` itself."""
    return everywhere().filter(path__in=ancestor_paths(org.path))


def parent(org: Organisation) -> Organisation | None:
    """Return the organisation above, None at the root."""
    return everywhere().filter(path=org.parent_path).first() if org.parent_path else None


def common_above(one: Organisation, other: Organisation) -> Organisation | None:
    """Return the nearest organisation at or above both, None where they stand under different roots; one query."""
    shared = [path for path in ancestor_paths(one.path) if other.path.startswith(path)]
    return everywhere().filter(path=shared[-1]).first() if shared else None


def of_level(org: Organisation, level: str) -> QuerySet[Organisation]:
    """Return the organisations of a level that stand below `org`, in tree order."""
    return standing().filter(within(org, ""), level=level)


def find_by_name(
    name: str,
    *,
    under: Organisation | None = None,
    levels: Sequence[str] = (),
    kind: str = "",
    near: Organisation | None = None,
) -> list[Organisation]:
    """Return up to ten organisations whose name equals, else holds, `name`; exact ones first, higher ones first.

    Where `near` is given, those that share more of its line come before the others.
    """
    rows = standing().filter(within(under, "")) if under else standing()
    rows = rows.filter(level__in=levels) if levels else rows
    rows = rows.filter(kind=kind) if kind else rows
    order = (*(_shared_line(near) if near else ()), "depth", "path")
    exact = list(rows.filter(Q(name=name) | Q(short_name=name)).order_by(*order)[:10])
    return exact or list(rows.filter(name__contains=name).order_by(*order)[:10])


def _shared_line(near: Organisation) -> tuple[OrderBy]:
    """Return the order of those that share more ancestors with `near` first."""
    lines = sorted(ancestor_paths(near.path), key=len)
    deepest_first = reversed(list(enumerate(lines, 1)))
    shared = [When(within(Organisation(path=path), ""), then=Value(depth)) for depth, path in deepest_first]
    return (Case(*shared, default=Value(0), output_field=IntegerField()).desc(),)


def departments(org: Organisation) -> QuerySet[Department]:
    """Return the departments of `org`."""
    return Department.objects.filter(organisation=org).order_by("pk")
