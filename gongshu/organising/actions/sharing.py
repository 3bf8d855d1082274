"""The kept shares of high organisations by industrial union: refreshed, and held against counting."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from gongshu.core.metrics.refreshed import Refreshed
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.moving import hold_shape
from gongshu.core.orgs.queries import ancestor_paths, everywhere
from gongshu.members.enums import ACTIVE_STATES, NEW_FORMS
from gongshu.members.models import Membership
from gongshu.organising.models import LineShare
from gongshu.organising.queries.guiding import owners
from gongshu.organising.queries.sharing import FIGURES, held, nodes
from gongshu.organising.rules.sharing import NOBODY, Figures, divided

Shares = dict[tuple[int, int], Figures]


@transaction.atomic
def refresh_shares(*, at: datetime) -> int:
    """Divide every high organisation anew, by the ties of the day, with the time; return how many shares there are.

    The tree is read once for all of them. Nothing moves meanwhile, and two refreshes come one after the other.
    """
    if connection.vendor == "postgresql":  # before anything is read, so that a snapshot begins after the other refresh
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {LineShare._meta.db_table} IN EXCLUSIVE MODE")
    hold_shape()
    holders = set(Organisation.objects.filter(held()).values_list("pk", flat=True))
    found = divided(nodes(), owners(None, timezone.localdate(at)), holders=holders) if holders else {}
    LineShare.objects.all().delete()
    rows = [
        LineShare(organisation_id=holder, guide_id=owner or None, as_at=at, **vars(figures))
        for holder, parts in found.items()
        for owner, figures in parts.items()
    ]
    LineShare.objects.bulk_create(rows, batch_size=1_000)
    return len(rows)


def differing_shares() -> list[int]:
    """Return the keys of the high organisations whose kept shares are not what counting their members gives now.

    Another way than that of the refresh: members are counted by their rows, and each organisation looks for its
    industrial union at the one above it.
    """
    high = dict(Organisation.objects.filter(held()).values_list("path", "pk"))
    counted, owner_of = _counted(), owners(None, timezone.localdate())
    owner_at: dict[str, int] = {"": NOBODY}
    found: Shares = {}
    for pk, path, ended_on in everywhere().values_list("pk", "path", "ended_on").iterator():
        owner = owner_at[path] = owner_of.get(pk, owner_at[path[: -Organisation.steplen]])
        own = Figures(int(ended_on is None), *counted.get(pk, ()))
        for above in ancestor_paths(path):
            if above in high:
                found.setdefault((high[above], owner), Figures()).add(own)
    kept = _kept()
    return sorted({key[0] for key in found.keys() | kept.keys() if found.get(key) != kept.get(key)})


def _counted() -> dict[int, tuple[int, int, int]]:
    """Return, for each organisation that has members, all of them, those real-named and those in new forms."""
    rows = Membership.objects.filter(state__in=ACTIVE_STATES).order_by().values("organisation")
    counts = rows.annotate(
        members=Count("pk"),
        real_name=Count("pk", filter=Q(is_real_name=True)),
        in_new_forms=Count("pk", filter=Q(form__in=NEW_FORMS)),
    )
    return {org: (n, r, new) for org, n, r, new in counts.values_list("organisation", *FIGURES[1:])}


def _kept() -> Shares:
    rows = LineShare.objects.values_list("organisation", "guide", *FIGURES)
    return {(org, guide or NOBODY): Figures(*figures) for org, guide, *figures in rows}


SHARES = Refreshed("按产业汇总", refresh_shares, differing_shares)
