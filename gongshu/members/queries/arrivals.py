"""Members on their way to a union: at an organisation and below, also where nobody of the union has an account."""

from __future__ import annotations

from collections.abc import Sequence

from gongshu.members.models import Membership
from gongshu.members.queries.scope import Scope

SHOWN = 50


def arrivals(scope: Scope) -> Sequence[Membership]:
    """Return up to fifty members who wait to be taken over by unions of a scope, those due first."""
    rows = Membership.objects.filter(scope.within("destination"), state="arriving")
    return list(rows.select_related("organisation", "destination").order_by("due_on", "pk")[:SHOWN])
