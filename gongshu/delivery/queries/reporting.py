"""The figures of a work report, counted from live records up to a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, F, Max, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from gongshu.core.access.actor import Actor, visible
from gongshu.core.metrics.many import Slice, grid
from gongshu.core.metrics.queries import Period
from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children
from gongshu.core.statutes.lookup import clause
from gongshu.core.statutes.model import Clause
from gongshu.delivery.enums import Permission, ReportKind, Status
from gongshu.delivery.models import Assignment, Plan, Share, SupervisionNotice, Target, Task, WorkReport
from gongshu.delivery.queries.colours import thresholds
from gongshu.delivery.queries.progress import Gauge, progress_of
from gongshu.delivery.queries.standing import counted, standing
from gongshu.delivery.rules import StatusFacts, status_of
from gongshu.venues.metrics import VENUES_OPEN


@dataclass(frozen=True)
class Span:
    """The period of a report: its first and last day, and the day its figures are counted up to."""

    kind: str
    year: int
    since: date
    until: date
    counted_on: date

    @property
    def label(self) -> str:
        """Return the period in words."""
        return f"{self.year}年上半年" if self.kind == ReportKind.HALF else f"{self.year}年度"


def half_year_rule(on: date) -> Clause:
    """Return the clause that says on which `month` and `day` a half-year report ends."""
    return clause("defaults", "report-half-year", on=on)


def span_of(kind: str, year: int, *, on: date) -> Span:
    """Return the period of a kind of report; a period not yet over is counted up to `on`."""
    rule = half_year_rule(on)
    until = date(year, rule["month"], rule["day"]) if kind == ReportKind.HALF else date(year, 12, 31)
    return Span(kind, year, date(year, 1, 1), until, min(until, on))


@dataclass(frozen=True)
class TaskFigures:
    """A task in the report: its owners in words, its gauges at the reporting organisation, given and done, colour."""

    task: Task
    owners: str
    gauges: Sequence[Gauge]
    given: int
    done: int
    status: Status


@dataclass(frozen=True)
class UnitRow:
    """An organisation directly below: how many tasks it carries and how they stand."""

    organisation: Organisation
    counts: Counter[Status]

    @property
    def total(self) -> int:
        """Return how many tasks it carries."""
        return self.counts.total()

    @property
    def done(self) -> int:
        """Return how many are done."""
        return self.counts[Status.DONE]

    @property
    def behind(self) -> int:
        """Return how many are behind."""
        return self.counts[Status.BEHIND]

    @property
    def overdue(self) -> int:
        """Return how many are overdue."""
        return self.counts[Status.OVERDUE]


@dataclass(frozen=True)
class ShareTable:
    """A target shared out over those directly below: each one's share and what it has done."""

    target: Target
    gauges: Sequence[Gauge]


@dataclass(frozen=True)
class NoticeFigures:
    """Supervision in the period: sent, answered, of these in time, closed, still open."""

    sent: int
    answered: int
    in_time: int
    closed: int
    open: int


@dataclass(frozen=True)
class ReportFigures:
    """All a report says in figures."""

    organisation: Organisation
    plans: Sequence[Plan]
    span: Span
    counted_at: datetime
    tasks: Sequence[TaskFigures]
    units: Sequence[UnitRow]
    shares: Sequence[ShareTable]
    notices: NoticeFigures
    venues: Sequence[tuple[str, int]]

    @property
    def counts(self) -> Counter[Status]:
        """Return how many tasks stand how."""
        return Counter(each.status for each in self.tasks)

    def of(self, status: Status) -> list[TaskFigures]:
        """Return the tasks that stand so."""
        return [each for each in self.tasks if each.status is status]


def report_figures(org: Organisation, plans: Sequence[Plan], span: Span, *, at: datetime) -> ReportFigures:
    """Return the figures of a report; the number of queries does not grow with tasks or organisations."""
    on = span.counted_on
    below = list(children(org))
    return ReportFigures(
        organisation=org,
        plans=plans,
        span=span,
        counted_at=at,
        tasks=_tasks(org, plans, on=on),
        units=_units(plans, below, on=on),
        shares=_share_tables(plans, below, on=on),
        notices=_notices(org, plans, span),
        venues=_venues(org, span),
    )


def _tasks(org: Organisation, plans: Sequence[Plan], *, on: date) -> list[TaskFigures]:
    rows = Task.objects.filter(plan__in=plans).select_related("plan__organisation", "programme")
    programme = F("programme__order").asc(nulls_last=True)
    tasks = list(
        rows.prefetch_related("targets").order_by("-plan__year", "plan", programme, "programme", "order", "pk")
    )
    targets = [target for task in tasks for target in task.targets.all()]
    shares = Share.objects.filter(target__in=targets, organisation=org)
    amounts = dict(shares.values_list("target_id", "amount"))
    done = counted(targets, [org], until=on)
    counts, owners = _counts(org, tasks, on=on), _receivers(org, tasks, on=on)
    found = []
    for task in tasks:
        gauges = _gauges(task, org, amounts, done)
        given, finished = counts.get(task.pk, (0, 0))
        if task.plan.organisation_id == org.pk or gauges or given:
            found.append(_figures(task, gauges, given, finished, owners.get(task.pk, []), on=on))
    return found


def _gauges(
    task: Task, org: Organisation, amounts: Mapping[int, int], done: Mapping[int, Mapping[int, int]]
) -> list[Gauge]:
    is_own = task.plan.organisation_id == org.pk
    found = []
    for target in task.targets.all():
        goal: Decimal | int | None = target.amount if is_own else amounts.get(target.pk)
        if goal is not None:
            figures = done.get(target.pk)
            found.append(Gauge(target, org, goal, figures[org.pk] if figures else None))
    return found


def _counts(org: Organisation, tasks: Sequence[Task], *, on: date) -> dict[int, tuple[int, int]]:
    """Return how many were given each task by, or at, the organisation, and how many of them are done with it."""
    rows = Assignment.objects.filter(Q(issuer=org) | Q(organisation=org), task__in=tasks, given_on__lte=on)
    finished = Count("pk", filter=Q(state="done", state_since__date__lte=on))
    counted_rows = rows.exclude(state="withdrawn").order_by().values("task").annotate(n=Count("pk"), done=finished)
    return {row["task"]: (row["n"], row["done"]) for row in counted_rows}


def _receivers(org: Organisation, tasks: Sequence[Task], *, on: date) -> dict[int, list[str]]:
    """Return in words whom the organisation gave each task to: its departments by name, others by number and level."""
    rows = Assignment.objects.filter(issuer=org, task__in=tasks, given_on__lte=on).exclude(state="withdrawn")
    found: dict[int, list[str]] = {}
    for task, name in (
        rows.filter(department__isnull=False).order_by("department").values_list("task_id", "department__name")
    ):
        found.setdefault(task, []).append(name)
    outside = rows.filter(department__isnull=True).order_by().values("task", "organisation__level")
    for row in outside.annotate(n=Count("pk"), name=Max("organisation__name")):
        level = UNIONS[Level(row["organisation__level"])]
        words = row["name"] if row["n"] == 1 else f"{row['n']}个{level}"
        found.setdefault(row["task"], []).append(words)
    return found


UNIONS = {
    Level.NATION: "全国总工会",
    Level.PROVINCE: "省级总工会",
    Level.CITY: "市级总工会",
    Level.COUNTY: "县级总工会",
    Level.TOWN: "乡镇（街道）工会",
    Level.VILLAGE: "村（社区、园区）工会",
    Level.BASE: "基层工会",
}


def _figures(
    task: Task, gauges: Sequence[Gauge], given: int, done: int, receivers: Sequence[str], *, on: date
) -> TaskFigures:
    facts = StatusFacts(
        starts_on=task.plan.starts_on,
        due_on=task.last_day,
        is_given=given > 0,
        is_done=0 < given == done,
        progress=progress_of(gauges, needs_report=task.needs_report),
    )
    owners = task.owner_text or "、".join(receivers)
    return TaskFigures(task, owners, gauges, given, done, status_of(facts, on, thresholds(on)))


def _units(plans: Sequence[Plan], below: Sequence[Organisation], *, on: date) -> list[UnitRow]:
    counts: dict[int, Counter[Status]] = {}
    for (_, org), status in standing(plans, below, on=on).items():
        counts.setdefault(org, Counter())[status] += 1
    return [UnitRow(org, counts[org.pk]) for org in below if org.pk in counts]


def _share_tables(plans: Sequence[Plan], below: Sequence[Organisation], *, on: date) -> list[ShareTable]:
    rows = Share.objects.filter(target__task__plan__in=plans, organisation__in=below)
    shares = list(rows.select_related("target__task", "organisation").order_by("target", "organisation__path"))
    targets = {share.target_id: share.target for share in shares}
    done = counted(list(targets.values()), below, until=on)
    found: dict[int, list[Gauge]] = {}
    for share in shares:
        figures = done.get(share.target_id)
        gauge = Gauge(
            share.target, share.organisation, share.amount, figures[share.organisation_id] if figures else None
        )
        found.setdefault(share.target_id, []).append(gauge)
    return [ShareTable(targets[key], gauges) for key, gauges in found.items()]


def _notices(org: Organisation, plans: Sequence[Plan], span: Span) -> NoticeFigures:
    rows = SupervisionNotice.objects.filter(issuer=org, plan__in=plans)
    sent = rows.filter(issued_on__gte=span.since, issued_on__lte=span.counted_on).exclude(state="withdrawn")
    answered = Q(answered_on__isnull=False, answered_on__lte=span.counted_on)
    closed = Q(state="closed", closed_on__lte=span.counted_on)
    figures = sent.aggregate(
        sent=Count("pk"),
        answered=Count("pk", filter=answered),
        in_time=Count("pk", filter=answered & Q(answered_on__lte=F("due_on"))),
        closed=Count("pk", filter=closed),
    )
    return NoticeFigures(**figures, open=figures["sent"] - figures["closed"])


def _venues(org: Organisation, span: Span) -> list[tuple[str, int]]:
    """Return how many venues of each kind were opened in the period, those with none left out."""
    kinds = VENUES_OPEN.dims["kind"].choices
    period = Period(span.since, span.counted_on)
    figures = grid([Slice(VENUES_OPEN, period, {"kind": code}) for code, _ in kinds], [org])
    return [(label, found[org.pk]) for (_, label), found in zip(kinds, figures, strict=True) if found[org.pk]]


def reports_for(actor: Actor) -> QuerySet[WorkReport]:
    """Return the reports of organisations within reach, newest first."""
    rows = visible(actor, Permission.SEE, WorkReport.objects.all())
    return rows.select_related("organisation", "made_by__person", "docx", "pdf").order_by("-counted_at", "-pk")


def report_for(actor: Actor, pk: int) -> WorkReport:
    """Return one report within reach; raises Http404."""
    found = reports_for(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def plans_to_report(org: Organisation, year: int) -> QuerySet[Plan]:
    """Return the plans an organisation may report on: its own of the year, and those from above given to it."""
    rows = _own_or_carried(org).filter(starts_on__year__lte=year, ends_on__year__gte=year)
    return rows.select_related("organisation").order_by("-year", "-pk")


def years_to_report(org: Organisation) -> list[int]:
    """Return the years of its plans and this one, newest first."""
    years = _own_or_carried(org).order_by().values_list("year", flat=True).distinct()
    return sorted({*years, timezone.localdate().year}, reverse=True)


def _own_or_carried(org: Organisation) -> QuerySet[Plan]:
    carried = Assignment.objects.filter(organisation=org).exclude(state="withdrawn")
    return Plan.objects.filter(Q(organisation=org) | Q(pk__in=carried.values("task__plan")))
