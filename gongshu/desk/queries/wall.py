"""What the overview wall of an organisation shows, in a number of queries that does not grow with what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongshu.core.access.actor import Actor, visible
from gongshu.core.metrics.queries import by_month, value
from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import of_level, within
from gongshu.delivery.enums import Status
from gongshu.delivery.machine import NOTICE_OPEN
from gongshu.delivery.models import Plan, SupervisionNotice
from gongshu.delivery.queries.overview import ProgrammeLine, overview
from gongshu.delivery.queries.warmap import Cell, plans_above, warmap
from gongshu.desk.enums import Permission
from gongshu.venues.metrics import VENUES_OPEN

LATEST = 5


@dataclass(frozen=True)
class Wall:
    """The figures of a wall."""

    at: Organisation
    plans: Sequence[Plan]
    programmes: Sequence[ProgrammeLine]
    children: Sequence[tuple[Organisation, Cell]]
    venues: int
    bases: int
    open_notices: int
    latest: Sequence[SupervisionNotice]
    months: Sequence[int]
    last_year: Sequence[int]

    @property
    def tasks(self) -> int:
        """Return how many tasks there are."""
        return sum(len(each.lines) for each in self.programmes)

    @property
    def parts(self) -> Counter[Status]:
        """Return how the tasks stand, counted once at each organisation that carries them out, as on the map."""
        below = [cell.counts for _, cell in self.children]
        return sum(below or [line.counts for line in self.programmes], Counter[Status]())

    @property
    def done(self) -> int:
        """Return how many parts are done."""
        return self.parts[Status.DONE]

    @property
    def overdue(self) -> int:
        """Return how many parts are overdue."""
        return self.parts[Status.OVERDUE]

    @property
    def done_share(self) -> float | None:
        """Return the share of parts done, None without any."""
        whole = self.parts.total()
        return self.done / whole if whole else None


def walls_for(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations whose wall the actor may look at."""
    rows: QuerySet[Organisation] = Organisation.objects.order_by("path")
    return visible(actor, Permission.WALL, rows, at="")


def wall_of(at: Organisation, *, on: date) -> Wall:
    """Return the wall of an organisation on a day."""
    plans = list(plans_above(at))
    found = warmap(plans, at, on=on, depth=1)
    notices = SupervisionNotice.objects.filter(within(at))
    latest = notices.select_related("organisation", "issuer", "programme", "task").order_by("-state_since", "-pk")
    return Wall(
        at=at,
        plans=plans,
        programmes=overview(at, plans, on=on),
        children=[(org, found.at(org)) for org in found.organisations if org.pk != at.pk],
        venues=value(VENUES_OPEN, at),
        bases=of_level(at, Level.BASE).count(),
        open_notices=notices.filter(state__in=NOTICE_OPEN).count(),
        latest=list(latest[:LATEST]),
        months=by_month(VENUES_OPEN, at, on.year)[: on.month],
        last_year=by_month(VENUES_OPEN, at, on.year - 1),
    )
