"""Targets and the shares they are split into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from django.conf import settings
from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from gongshu.core.base.problems import Refused
from gongshu.core.metrics.queries import by_organisations, listed_metrics, metric_of
from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children, subtree
from gongshu.delivery.models import Assignment, Share, Target
from gongshu.delivery.rules import RULE_NOTE


@dataclass(frozen=True)
class Pot:
    """What an organisation has to share out of a target: the whole (no share) at the plan's, else its own share."""

    amount: Decimal | int
    share: Share | None


def pot_of(target: Target, org: Organisation) -> Pot:
    """Return what `org` may share out; raises Refused when it has no part of the target."""
    if target.task.plan.organisation_id == org.pk:
        return Pot(target.amount, None)
    mine = Share.objects.filter(target=target, organisation=org).first()
    if mine is None:
        raise Refused.because(f"“{org.short_name}”没有此指标的份额，不能分解")
    return Pot(mine.amount, mine)


def parts(target: Target, mine: Share | None) -> QuerySet[Share]:
    """Return the shares that `mine` (the whole target when None) was split into, in tree order."""
    rows = Share.objects.filter(target=target, parent=mine) if mine else target.shares.filter(parent__isnull=True)
    return rows.select_related("organisation").order_by("organisation__path")


def units_for(target: Target, org: Organisation) -> list[Organisation]:
    """Return whom `org` would share the target out over: those it gave the task to, else those directly below.

    Where it gave the task to an organisation and to others below that one, only the upper one is named. More than
    `SPLIT_MOST` are too many to be shared out over at once: then those directly below.
    """
    given = Assignment.objects.filter(task=target.task_id, issuer=org, department__isnull=True)
    keys = given.exclude(state="withdrawn").values("organisation")
    rows = subtree(org).exclude(pk=org.pk).filter(pk__in=keys).iterator(chunk_size=2000)
    found = list(islice(_outermost(rows), settings.SPLIT_MOST + 1))
    return found if 0 < len(found) <= settings.SPLIT_MOST else list(children(org))


def _outermost(orgs: Iterable[Organisation]) -> Iterator[Organisation]:
    """Yield the organisations, given in tree order, that stand below none of the others."""
    last: Organisation | None = None
    for org in orgs:
        if last is None or not last.holds(org):
            last = org
            yield org


@dataclass(frozen=True)
class Weighing:
    """A way to weigh organisations: code, Chinese label."""

    code: str
    label: str

    @property
    def rule(self) -> str:
        """Return the rule as the page shows it."""
        return f"{self.label}，{RULE_NOTE}"


EQUAL = Weighing("equal", "平均分配")
BASES = Weighing("bases", "按所辖基层工会数")
HAND = Weighing("hand", "逐个填写")


def weighings() -> list[Weighing]:
    """Return the ways offered: equal, base unions below, every metric of the catalogue."""
    metrics = [Weighing(f"metric:{m.code}", f"按“{m.label}”") for m in listed_metrics().values()]
    return [EQUAL, BASES, *metrics]


def weighing_of(code: str) -> Weighing:
    """Return a way by its code; raises Refused for an unknown one."""
    found = {way.code: way for way in weighings()}.get(code)
    if found is None:
        raise Refused.because("没有这种分解办法，请重新选择", field="weighing")
    return found


def weigh(way: Weighing, units: Sequence[Organisation]) -> list[int]:
    """Return the weight of each organisation, in order."""
    if way == EQUAL:
        return [1] * len(units)
    if way == BASES:
        counted = base_unions_below(units)
    else:
        counted = by_organisations(metric_of(way.code.removeprefix("metric:")), units)
    return [counted[unit.pk] for unit in units]


def base_unions_below(units: Iterable[Organisation]) -> dict[int, int]:
    """Return how many base unions each organisation has at or below it: one query for each length of path."""
    by_length: dict[int, dict[str, int]] = {}
    for unit in units:
        by_length.setdefault(len(unit.path), {})[unit.path] = unit.pk
    found = {pk: 0 for named in by_length.values() for pk in named.values()}
    for length, named in by_length.items():
        rows = Organisation.objects.filter(level=Level.BASE, path__gte=min(named)).order_by()
        counted = rows.annotate(branch=Substr("path", 1, length)).filter(branch__in=list(named))
        for branch, count in counted.values("branch").annotate(n=Count("pk")).values_list("branch", "n"):
            found[named[branch]] = count
    return found
