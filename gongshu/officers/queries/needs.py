"""Who is in a post that asks for training, by rules that are data, and whether they had it; nothing is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from gongshu.core.base.days import add_months
from gongshu.core.orgs.models import Organisation
from gongshu.core.statutes.lookup import clauses_of
from gongshu.core.statutes.model import Clause
from gongshu.officers.models import Attendance
from gongshu.officers.rules import trained_by
from gongshu.organising.enums import SITTING
from gongshu.organising.models import Holding
from gongshu.organising.queries.law import region_of

INSTRUMENT = "officer-training"
NEEDS = (("waiting", "待培训"), ("overdue", "超期未训"), ("trained", "已训"))


@dataclass(frozen=True)
class Need:
    """What a post asks for: the clause, the topic, within how many months of taking office."""

    clause: Clause

    @property
    def topic(self) -> str:
        """Return the topic of the course asked for."""
        return str(self.clause["topic"])

    @property
    def months(self) -> int:
        """Return within how many months of taking office."""
        return int(self.clause["months"])

    @property
    def posts(self) -> Q:
        """Return the condition on `Holding` rows: which posts."""
        return Q(post__in=self.clause["posts"], committee__body__in=self.clause["bodies"])

    def due_for(self, holding: Holding) -> date | None:
        """Return by when a holder should be trained, None where their post does not ask for it."""
        asked = holding.post in self.clause["posts"] and holding.committee.body in self.clause["bodies"]
        return trained_by(holding.from_on, self.months) if asked else None


def needs_of(on: date, organisation: Organisation | None = None) -> list[Need]:
    """Return what is asked for on a day: at an organisation's place, or in the whole country."""
    region = region_of(organisation) if organisation else ""
    nearest: dict[str, Clause] = {}
    for clause in clauses_of(INSTRUMENT, on=on, region=region):
        held = nearest.get(clause.article)
        if held is None or len(clause.region) >= len(held.region):
            nearest[clause.article] = clause
    return [Need(clause) for clause in nearest.values()]


def in_office() -> QuerySet[Holding]:
    """Return who holds a post of a committee in office."""
    return Holding.objects.filter(until_on__isnull=True, committee__state__in=SITTING)


def _came(topic: str = "") -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(
        organisation=OuterRef("committee__organisation"), name=OuterRef("name"), course__state="held"
    )
    return rows.filter(course__topic=topic) if topic else rows


def lacking(needs: Sequence[Need], on: date, *, overdue: bool = False) -> Q:
    """Return the condition on `Holding` rows: in a post that asks for training not yet had; `overdue`: and too late."""
    found = []
    for need in needs:
        late = Q(from_on__lt=add_months(on, -need.months)) if overdue else Q()
        found.append(need.posts & late & ~Q(Exists(_came(need.topic))))
    return reduce(or_, found, Q(pk__in=[]))


def asked(needs: Sequence[Need]) -> Q:
    """Return the condition on `Holding` rows: in a post that asks for training."""
    return reduce(or_, (need.posts for need in needs), Q(pk__in=[]))


def narrowed(rows: QuerySet[Holding], code: str, on: date, organisation: Organisation) -> QuerySet[Holding]:
    """Return the rows of one of `NEEDS`."""
    needs = needs_of(on, organisation)
    if code == "trained":
        return rows.filter(asked(needs)).exclude(lacking(needs, on))
    return rows.filter(lacking(needs, on, overdue=code == "overdue"))


def with_training(rows: QuerySet[Holding]) -> QuerySet[Holding]:
    """Return the rows with the last day somebody was trained (`trained_on`), of whatever topic."""
    last = _came().order_by("-course__until_on").values("course__until_on")[:1]
    had = {f"had_{need.topic}": Exists(_came(need.topic)) for need in needs_of_all_days()}
    return rows.annotate(trained_on=Subquery(last), **had)


def needs_of_all_days() -> list[Need]:
    """Return every rule ever held, for what they are about."""
    return [Need(clause) for clause in clauses_of(INSTRUMENT)]


def due_of(holding: Holding, needs: Sequence[Need]) -> date | None:
    """Return by when a row of `with_training` should still be trained, None when nothing is open."""
    days = [need.due_for(holding) for need in needs if not getattr(holding, f"had_{need.topic}")]
    return min((day for day in days if day), default=None)
