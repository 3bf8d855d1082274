"""An organisation's programmes at a glance: how many tasks stand how, and how far they are together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Exists, OuterRef, Q

from gongshu.core.orgs.models import Organisation
from gongshu.delivery.enums import Status
from gongshu.delivery.models import Assignment, Plan, Programme, Share, Task
from gongshu.delivery.queries.progress import TaskLine, progress_of, task_lines
from gongshu.delivery.queries.warmap import REST_LABEL
from gongshu.delivery.rules import worst_of


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme (or the rest of a plan) as it stands at an organisation."""

    plan: Plan
    programme: Programme | None
    lines: Sequence[TaskLine]

    @property
    def label(self) -> str:
        """Return the programme's name."""
        return self.programme.name if self.programme else REST_LABEL

    @property
    def counts(self) -> Counter[Status]:
        """Return how many tasks stand how."""
        return Counter(line.status for line in self.lines)

    @property
    def status(self) -> Status:
        """Return the worst of them."""
        return worst_of(self.counts)

    @property
    def done(self) -> int:
        """Return how many tasks are done."""
        return self.counts[Status.DONE]

    @property
    def percent(self) -> int:
        """Return how far its tasks are on average, in whole percent, rounded down."""
        return int(sum(map(progress, self.lines)) * 100 / len(self.lines)) if self.lines else 0


def progress(line: TaskLine) -> Fraction:
    """Return how far a task is, 0 to 1: by its figures where there are any, else by how many are done with it."""
    if line.status is Status.DONE:
        return Fraction(1)
    counted = progress_of(line.gauges, needs_report=False)
    if counted is not None:
        return min(counted, Fraction(1))
    return Fraction(line.done, line.given) if line.given else Fraction(0)


def overview(at: Organisation, plans: Sequence[Plan], *, on: date) -> list[ProgrammeLine]:
    """Return the programmes of plans that an organisation works on, in order, with the tasks it carries or gave.

    Seven queries, and one for each metric and hundred targets.
    """
    given = Assignment.objects.filter(Q(organisation=at) | Q(issuer=at), task=OuterRef("pk")).exclude(state="withdrawn")
    shared = Share.objects.filter(target__task=OuterRef("pk"), organisation=at)
    rows = Task.objects.filter(Q(plan__organisation=at) | Exists(given) | Exists(shared), plan__in=plans)
    tasks = list(rows.select_related("programme").prefetch_related("targets").order_by("order", "pk"))
    known = {plan.pk: plan for plan in plans}
    for task in tasks:
        task.plan = known[task.plan_id]
    by_key: dict[tuple[int, int, int], list[TaskLine]] = {}
    for line in task_lines(tasks, at=at, on=on):
        programme = line.task.programme
        key = (line.task.plan_id, programme.order if programme else LAST, programme.pk if programme else 0)
        by_key.setdefault(key, []).append(line)
    place = {plan.pk: n for n, plan in enumerate(plans)}
    ordered = sorted(by_key.items(), key=lambda pair: (place[pair[0][0]], *pair[0][1:]))
    return [ProgrammeLine(lines[0].task.plan, lines[0].task.programme, lines) for _, lines in ordered]


LAST = 10**9
