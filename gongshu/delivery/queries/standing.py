"""How each task stands at each of many organisations, in a number of queries that does not grow with either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Case, CharField, F, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone

from gongshu.core.metrics.many import Slice, grid
from gongshu.core.metrics.queries import Period
from gongshu.core.orgs.models import Organisation
from gongshu.delivery.enums import Status
from gongshu.delivery.models import Assignment, Plan, Share, Target
from gongshu.delivery.queries.bindings import bound, falling
from gongshu.delivery.queries.colours import thresholds
from gongshu.delivery.rules import StatusFacts, Thresholds, ratio, status_of, worst_of

Place = tuple[int, int]  # keys of a task and of an organisation


def standing(plans: Sequence[Plan], orgs: Sequence[Organisation], *, on: date) -> dict[Place, Status]:
    """Return the colour of each task at each organisation that carries it, as a task or by a share of its targets.

    What was given, done or counted after `on` is left out. Three queries, and one for each metric and hundred targets.
    """
    figures = figures_of(plans, orgs, until=on)
    colouring = Colouring(on, thresholds(on))
    found: dict[Place, Status] = {}
    rows = Assignment.objects.filter(task__plan__in=plans, organisation__in=orgs, department__isnull=True)
    rows = rows.filter(given_on__lte=on).exclude(state="withdrawn").order_by()
    # thousands of rows hold few different days: they travel as text and are read once, and times only where they count
    since = Case(When(state__in=("done", "reported"), then=F("state_since")), default=None)
    days = [Cast(name, CharField()) for name in ("given_on", "due_on")]
    columns: list[str | Combinable] = ["task_id", "organisation_id", "state", since, *days]
    for task, org, state, moment, given_on, due_on in rows.values_list(*columns):
        progress = figures.progress(task, org)
        found[task, org] = colouring.of(given_on, due_on, progress, state, moment)
    return _shares_alone(figures, colouring, found)


def _shares_alone(figures: Figures, colouring: Colouring, found: dict[Place, Status]) -> dict[Place, Status]:
    """Add the colours of shares whose task was not given to the organisation besides."""
    alone: dict[Place, list[Status]] = {}
    for target_pk, org in figures.amounts:
        target = figures.by_key[target_pk]
        if (target.task_id, org) not in found:
            colour = colouring.of(str(target.starts_on), str(target.ends_on), figures.ratio(target, org))
            alone.setdefault((target.task_id, org), []).append(colour)
    return found | {place: worst_of(statuses) for place, statuses in alone.items()}


@dataclass(frozen=True)
class Figures:
    """Targets, shares by (target, organisation), and what is done by target and organisation."""

    by_key: Mapping[int, Target]
    by_task: Mapping[int, Sequence[Target]]
    amounts: Mapping[Place, int]
    done: Mapping[int, Mapping[int, int]]
    falling: frozenset[str] = frozenset()

    def ratio(self, target: Target, org: int) -> Fraction | None:
        """Return the progress of a share, None where nothing can be counted or there is no share."""
        amount, counted = self.amounts.get((target.pk, org)), self.done.get(target.pk)
        if amount is None or counted is None:
            return None
        return ratio(counted[org], amount, is_falling=target.metric in self.falling)

    def progress(self, task: int, org: int) -> Fraction | None:
        """Return the least progress of a task's shares; None where one is missing, or a report is still to come."""
        targets = self.by_task.get(task, ())
        if any((target.pk, org) not in self.amounts for target in targets):
            return None
        ratios = [found for target in targets if (found := self.ratio(target, org)) is not None]
        least = min(ratios, default=None)
        wants_report = any(not target.metric for target in targets)
        return None if least is not None and wants_report and least >= 1 else least


def figures_of(plans: Sequence[Plan], orgs: Sequence[Organisation], *, until: date | None = None) -> Figures:
    """Return targets, shares and live figures, counted no further than `until`."""
    targets = list(Target.objects.filter(task__plan__in=plans).order_by("pk"))
    shares = Share.objects.filter(target__task__plan__in=plans, organisation__in=orgs)
    by_task: dict[int, list[Target]] = {}
    for target in targets:
        by_task.setdefault(target.task_id, []).append(target)
    return Figures(
        by_key={target.pk: target for target in targets},
        by_task=by_task,
        amounts={(target, org): n for target, org, n in shares.values_list("target_id", "organisation_id", "amount")},
        done=counted(targets, orgs, until=until),
        falling=falling(),
    )


def counted(
    targets: Sequence[Target], orgs: Sequence[Organisation], *, until: date | None = None
) -> dict[int, dict[int, int]]:
    """Return what is done of each target that a metric shows, at each organisation: one query for each metric."""
    known = [(target, binding) for target in targets if (binding := bound(target.metric, target.filters))]
    slices = [
        Slice(b.metric, Period(t.starts_on, min(t.ends_on, until) if until else t.ends_on), b.filters) for t, b in known
    ]
    return {target.pk: figures for (target, _), figures in zip(known, grid(slices, orgs), strict=True)}


@dataclass
class Colouring:
    """Colours on a day; the same facts are looked at once only."""

    on: date
    limits: Thresholds
    _known: dict[tuple[object, ...], Status] = field(default_factory=dict)

    def of(
        self,
        starts_on: str,
        due_on: str,
        progress: Fraction | None,
        state: str = "working",
        moment: datetime | None = None,
    ) -> Status:
        """Return the colour of work in a state of the assignment machine; days are written as in ISO 8601.

        `moment` is when it was done or reported.
        """
        share = None if progress is None else (progress.numerator, progress.denominator)  # hashing a fraction is slow
        key = (starts_on, due_on, share, state, moment)
        if key not in self._known:
            day = timezone.localdate(moment) if moment else None
            facts = StatusFacts(
                date.fromisoformat(starts_on),
                date.fromisoformat(due_on),
                is_signed=state != "sent",
                is_done=state == "done" and day is not None and day <= self.on,
                progress=progress,
                handed_in_on=day if state == "reported" else None,
            )
            self._known[key] = status_of(facts, self.on, self.limits)
        return self._known[key]
