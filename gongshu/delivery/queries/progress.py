"""Progress computed from live records, and the colour it gives. Nothing here was typed by anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gongshu.core.access.actor import Actor
from gongshu.core.metrics.many import Ask, measure
from gongshu.core.metrics.queries import Period, by_organisations
from gongshu.core.orgs.models import Organisation
from gongshu.delivery.enums import Status
from gongshu.delivery.models import Assignment, Share, Target, Task
from gongshu.delivery.queries.bindings import bound, falling
from gongshu.delivery.queries.colours import thresholds
from gongshu.delivery.queries.sharing import parts
from gongshu.delivery.rules import StatusFacts, ratio, status_of


@dataclass(frozen=True)
class Gauge:
    """How far a target is at one organisation: `done` is None where no metric shows it."""

    target: Target
    organisation: Organisation
    goal: Decimal | int
    done: int | None

    @property
    def ratio(self) -> Fraction | None:
        """Return the progress as a fraction of the goal, None where nothing can be counted."""
        return None if self.done is None else ratio(self.done, self.goal, is_falling=self.is_falling)

    @property
    def is_falling(self) -> bool:
        """Tell whether the goal says how few there should be."""
        return self.target.metric in falling()

    @property
    def percent(self) -> int | None:
        """Return the whole percent done, at most 100 unless more was done."""
        return None if self.ratio is None else int(self.ratio * 100)

    @property
    def goal_text(self) -> str:
        """Return the goal with its unit."""
        return f"{Decimal(self.goal).normalize():,f}{self.target.unit}"

    @property
    def text(self) -> str:
        """Return e.g. 35／200个, the goal alone where nothing can be counted."""
        if self.is_falling and self.done is not None:
            return f"现有{self.done:,}，减到{self.goal_text}"
        return self.goal_text if self.done is None else f"{self.done:,}／{self.goal_text}"


@dataclass(frozen=True)
class Goal:
    """A target as it stands for one organisation: its share, or the whole."""

    target: Target
    organisation: Organisation
    amount: Decimal | int


def gauges_of(goals: Sequence[Goal]) -> list[Gauge]:
    """Return how far each goal is, in order: one query for each metric and hundred goals."""
    bindings = [bound(goal.target.metric, goal.target.filters) for goal in goals]
    asks = [
        Ask(binding.metric, goal.organisation, Period(goal.target.starts_on, goal.target.ends_on), binding.filters)
        for goal, binding in zip(goals, bindings, strict=True)
        if binding
    ]
    figures = iter(measure(asks))
    return [
        Gauge(goal.target, goal.organisation, goal.amount, next(figures) if binding else None)
        for goal, binding in zip(goals, bindings, strict=True)
    ]


def progress_of(gauges: Iterable[Gauge], *, needs_report: bool) -> Fraction | None:
    """Return the least progress of several; None where nothing is counted, or all is but a report is still to come."""
    ratios = [gauge.ratio for gauge in gauges if gauge.ratio is not None]
    least = min(ratios, default=None)
    return None if least is not None and needs_report and least >= 1 else least


@dataclass(frozen=True)
class Line:
    """An assignment with its gauges and colour; `is_complete` when every target of the task has a part for it."""

    assignment: Assignment
    gauges: list[Gauge]
    needs_report: bool
    status: Status
    is_complete: bool

    @property
    def is_reached(self) -> bool:
        """Tell whether it closes by itself: no report is asked, and every target has a share which is reached."""
        full = all(gauge.ratio is not None and gauge.ratio >= 1 for gauge in self.gauges)
        return not self.needs_report and self.is_complete and bool(self.gauges) and full


def _by_task(targets: Iterable[Target]) -> dict[int, list[Target]]:
    found: dict[int, list[Target]] = {}
    for target in targets:
        found.setdefault(target.task_id, []).append(target)
    return found


def assignment_lines(assignments: Sequence[Assignment], *, on: date) -> list[Line]:
    """Return assignments with gauges and colours: two queries, and one for each metric and hundred gauges."""
    targets = _by_task(Target.objects.filter(task__in={a.task_id for a in assignments}).order_by("pk"))
    amounts = _amounts(targets, {a.organisation_id for a in assignments})
    goals = [
        Goal(target, a.organisation, amount)
        for a in assignments
        for target in targets.get(a.task_id, [])
        if (amount := _amount(target, a, amounts)) is not None
    ]
    by_place: dict[tuple[int, int], list[Gauge]] = {}
    for gauge in gauges_of(list(dict.fromkeys(goals))):
        by_place.setdefault((gauge.target.task_id, gauge.organisation.pk), []).append(gauge)
    colour = _colours(on)
    return [
        _line(a, by_place.get((a.task_id, a.organisation_id), []), targets.get(a.task_id, []), colour)
        for a in assignments
    ]


def _amounts(targets: Mapping[int, list[Target]], orgs: set[int]) -> dict[tuple[int, int], int]:
    keys = [target.pk for of_task in targets.values() for target in of_task]
    if not keys:
        return {}
    shares = Share.objects.filter(target__in=keys, organisation__in=orgs)
    return {(target, org): n for target, org, n in shares.values_list("target_id", "organisation_id", "amount")}


def _amount(target: Target, a: Assignment, amounts: Mapping[tuple[int, int], int]) -> Decimal | int | None:
    is_whole = a.task.plan.organisation_id == a.organisation_id
    return target.amount if is_whole else amounts.get((target.pk, a.organisation_id))


Colour = Callable[[StatusFacts], Status]


def _colours(on: date) -> Colour:
    """Return how work stands on a day by its facts; the thresholds are looked up once for all lines of a page."""
    limits = thresholds(on)
    return lambda facts: status_of(facts, on, limits)


def _line(a: Assignment, gauges: list[Gauge], targets: list[Target], colour: Colour) -> Line:
    needs_report = not targets or any(not target.metric for target in targets)
    is_complete = len(gauges) == len(targets)
    facts = StatusFacts(
        starts_on=a.given_on,
        due_on=a.due_on,
        is_signed=a.state != "sent",
        is_done=a.state == "done",
        is_over=a.task.plan.is_over,
        handed_in_on=timezone.localdate(a.state_since) if a.state == "reported" else None,
        progress=progress_of(gauges, needs_report=needs_report) if is_complete else None,
    )
    return Line(a, gauges, needs_report, colour(facts), is_complete)


@dataclass(frozen=True)
class TaskLine:
    """A task with its gauges, how many were given it and are done with it, and its colour."""

    task: Task
    gauges: list[Gauge]
    given: int
    done: int
    status: Status


def viewpoint(actor: Actor, plan_organisation: Organisation) -> Organisation:
    """Return the organisation a plan is looked at from: the desk below the plan's organisation, else the latter."""
    desk = actor.desk
    return desk if desk and plan_organisation.holds(desk) else plan_organisation


def task_lines(tasks: Sequence[Task], *, at: Organisation, on: date) -> list[TaskLine]:
    """Return tasks as they stand at an organisation: what it gave on, its share, its colour.

    Four queries, and one for each metric and hundred gauges. Tasks come with plan and prefetched targets.
    """
    targets = {task.pk: list(task.targets.all()) for task in tasks}
    amounts = _amounts(targets, {at.pk})
    goals = []
    for task in tasks:
        for target in targets[task.pk]:
            whole = task.plan.organisation_id == at.pk or not task.plan.organisation.holds(at)
            amount = target.amount if whole else amounts.get((target.pk, at.pk))
            if amount is not None:
                goals.append(Goal(target, task.plan.organisation if whole else at, amount))
    gauges: dict[int, list[Gauge]] = {}
    for gauge in gauges_of(goals):
        gauges.setdefault(gauge.target.task_id, []).append(gauge)
    counts, colour = _counts(tasks, at), _colours(on)
    return [_task_line(task, gauges.get(task.pk, []), counts.get(task.pk, Counter()), colour) for task in tasks]


def _counts(tasks: Sequence[Task], at: Organisation) -> dict[int, Counter[str]]:
    mine = Q(issuer=at) | Q(organisation=at)
    rows = Assignment.objects.filter(mine, task__in=tasks).exclude(state="withdrawn").order_by()
    found: dict[int, Counter[str]] = {}
    for task, state, n in rows.values("task", "state").annotate(n=Count("pk")).values_list("task", "state", "n"):
        found.setdefault(task, Counter())[state] += n
    return found


def _task_line(task: Task, gauges: list[Gauge], counts: Counter[str], colour: Colour) -> TaskLine:
    given, done = counts.total(), counts["done"]
    facts = StatusFacts(
        starts_on=task.plan.starts_on,
        due_on=task.last_day,
        is_given=given > 0,
        is_done=0 < given == done,
        is_over=task.plan.is_over,
        progress=progress_of(gauges, needs_report=task.needs_report),
    )
    return TaskLine(task, gauges, given, done, colour(facts))


@dataclass(frozen=True)
class ShareLine:
    """A share with its progress and colour, and whether it was split further."""

    share: Share
    gauge: Gauge
    status: Status


def share_lines(target: Target, mine: Share | None, *, on: date) -> list[ShareLine]:
    """Return the shares `mine` was split into, with progress: one query, and one for each level among receivers."""
    shares = list(parts(target, mine).annotate(further=Count("parts")))
    binding = bound(target.metric, target.filters)
    done: dict[int, int] = {}
    if binding:
        done = by_organisations(
            binding.metric,
            [share.organisation for share in shares],
            since=target.starts_on,
            until=target.ends_on,
            filters=binding.filters,
        )
    colour = _colours(on)
    return [_share_line(target, share, done.get(share.organisation_id), colour) for share in shares]


def _share_line(target: Target, share: Share, done: int | None, colour: Colour) -> ShareLine:
    gauge = Gauge(target, share.organisation, share.amount, done)
    facts = StatusFacts(
        starts_on=target.starts_on, due_on=target.ends_on, is_over=target.task.plan.is_over, progress=gauge.ratio
    )
    return ShareLine(share, gauge, colour(facts))


def status_counts(lines: Iterable[Line] | Iterable[TaskLine]) -> dict[Status, int]:
    """Return how many lines show each colour, in the order of `Status`."""
    counted = Counter(line.status for line in lines)
    return {status: counted[status] for status in Status if counted[status]}


def open_with_shares() -> QuerySet[Assignment]:
    """Return the open assignments of tasks that have a target with a metric, in the order of keys."""
    rows = Assignment.objects.filter(state__in=("sent", "working"), task__plan__state__in=("active", "ended"))
    bound_targets = Target.objects.exclude(metric="").values("task")
    return rows.filter(task__in=bound_targets).select_related("task__plan", "organisation").order_by("pk")
