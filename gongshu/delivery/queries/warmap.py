"""The war-map: programmes × organisations, each cell coloured from dates and live figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from gongshu.core.access.actor import Actor, visible
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import ancestor_paths, subtree
from gongshu.delivery.enums import Permission, Status
from gongshu.delivery.models import Plan, Programme, Task
from gongshu.delivery.queries.reaching import plans_for
from gongshu.delivery.queries.standing import standing
from gongshu.delivery.rules import explained, worst_of

REST = 0  # stands for the tasks of a plan that belong to no programme
REST_LABEL = "其他任务"
LEVELS = 2  # levels below that a map looks at
EMPTY: Counter[Status] = Counter()


@dataclass(frozen=True)
class Strand:
    """A line of the map: a programme, or the tasks of a plan that belong to none."""

    plan: Plan
    programme: Programme | None
    tasks: Sequence[int]

    @property
    def key(self) -> tuple[int, int]:
        """Return the keys of plan and programme, `REST` for none."""
        return self.plan.pk, self.programme.pk if self.programme else REST

    @property
    def label(self) -> str:
        """Return the programme's name."""
        return self.programme.name if self.programme else REST_LABEL


@dataclass(frozen=True)
class Cell:
    """A strand at an organisation: how many of its tasks stand how."""

    counts: Counter[Status]
    is_from_below: bool = False

    @cached_property
    def status(self) -> Status:
        """Return the worst of them."""
        return worst_of(self.counts)

    @property
    def total(self) -> int:
        """Return how many tasks there are."""
        return self.counts.total()

    @property
    def done(self) -> int:
        """Return how many are done."""
        return self.counts[Status.DONE]

    @property
    def why(self) -> str:
        """Return in words what the colour comes from."""
        return explained(self.counts) + ("（由下级汇总）" if self.is_from_below else "")


NOTHING = Cell(EMPTY)


@dataclass(frozen=True)
class WarMap:
    """The map: strands, organisations in tree order, and the cells that hold any task."""

    strands: Sequence[Strand]
    organisations: Sequence[Organisation]
    cells: Mapping[tuple[tuple[int, int], int], Cell]

    def cell(self, strand: Strand, org: Organisation) -> Cell:
        """Return a cell, an empty one where nothing was given."""
        return self.cells.get((strand.key, org.pk), NOTHING)

    def at(self, org: Organisation) -> Cell:
        """Return all strands at an organisation as one cell."""
        total: Counter[Status] = Counter()
        for strand in self.strands:
            total += self.cell(strand, org).counts
        return Cell(total)

    def counts(self) -> Counter[Status]:
        """Return how many cells show each colour, those without work left out."""
        return Counter(cell.status for cell in self.cells.values())


def places_for(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations whose map the actor may see."""
    rows: QuerySet[Organisation] = Organisation.objects.order_by("path")
    return visible(actor, Permission.SEE, rows, at="")


def plans_over(actor: Actor, at: Organisation) -> QuerySet[Plan]:
    """Return the active plans that `at` works by, as far as the actor may see: its own and those from above."""
    return plans_for(actor).filter(state="active", organisation__path__in=ancestor_paths(at.path))


def plans_above(at: Organisation) -> QuerySet[Plan]:
    """Return the active plans that `at` works by: its own and those from above, newest first."""
    rows = Plan.objects.filter(state="active", organisation__path__in=ancestor_paths(at.path))
    return rows.select_related("organisation").order_by("-year", "-pk")


def below(at: Organisation) -> list[Organisation]:
    """Return the organisations of the two levels below, in tree order."""
    return list(subtree(at).filter(depth__gt=at.depth, depth__lte=at.depth + LEVELS))


def strands_of(plans: Sequence[Plan]) -> list[Strand]:
    """Return the strands of plans that hold tasks, in order: two queries."""
    tasks: dict[tuple[int, int], list[int]] = {}
    rows = Task.objects.filter(plan__in=plans).order_by("order", "pk")
    for pk, plan_pk, programme_pk in rows.values_list("pk", "plan_id", "programme_id"):
        tasks.setdefault((plan_pk, programme_pk or REST), []).append(pk)
    found = []
    programmes: dict[int, list[Programme]] = {}
    for row in Programme.objects.filter(plan__in=plans):
        programmes.setdefault(row.plan_id, []).append(row)
    for plan in plans:
        for programme in [*programmes.get(plan.pk, []), None]:
            carried = tasks.get((plan.pk, programme.pk if programme else REST))
            if carried:
                found.append(Strand(plan, programme, carried))
    return found


def warmap(plans: Sequence[Plan], at: Organisation, *, on: date, depth: int = 0) -> WarMap:
    """Return the map of plans below an organisation; `depth` 1 or 2 shows that level below alone, 0 both.

    Six queries, and one for each metric and hundred targets. Where an organisation carries nothing itself, what
    stands below it is counted. The organisation itself comes first where it carries anything.
    """
    orgs = [at, *below(at)]
    strands = strands_of(plans)
    counts = _own(strands, standing(plans, orgs, on=on))
    cells = {place: Cell(found) for place, found in counts.items()} | _from_below(orgs[1:], at, counts)
    is_carrying = any(org == at.pk for _, org in cells)
    wanted = {at.depth + depth} if depth else set(range(at.depth + 1, at.depth + LEVELS + 1))
    shown = [org for org in orgs[1:] if org.depth in wanted]
    keys = {at.pk, *(org.pk for org in shown)}
    kept = {place: cell for place, cell in cells.items() if place[1] in keys}
    return WarMap(strands, [at, *shown] if is_carrying else shown, kept)


Spot = tuple[tuple[int, int], int]


def _own(strands: Sequence[Strand], statuses: Mapping[tuple[int, int], Status]) -> dict[Spot, Counter[Status]]:
    strand_of = {task: strand.key for strand in strands for task in strand.tasks}
    found: dict[Spot, Counter[Status]] = {}
    for (task, org), status in statuses.items():
        found.setdefault((strand_of[task], org), Counter())[status] += 1
    return found


def _from_below(
    orgs: Sequence[Organisation], at: Organisation, counts: Mapping[Spot, Counter[Status]]
) -> dict[Spot, Cell]:
    """Return the cells of the level directly below that carry nothing themselves but whose own level below does."""
    above = {org.path: org.pk for org in orgs if org.depth == at.depth + 1}
    parent = {org.pk: above[org.parent_path] for org in orgs if org.depth == at.depth + LEVELS}
    summed: dict[Spot, Counter[Status]] = {}
    for (key, org), found in counts.items():
        if org in parent and (key, parent[org]) not in counts:
            summed.setdefault((key, parent[org]), Counter()).update(found)
    return {spot: Cell(total, is_from_below=True) for spot, total in summed.items()}
