"""The guiding line: which industrial union every organisation belongs to, resolved as ranges of paths.

An organisation belongs to the guide of the nearest union at or above it that has one, or to the nearest industrial
union at or above it, whichever is nearer; so to one at most. An industrial union stands below its own guide, else below
whomever the union above it belongs to. Nothing of this is stored: a union founded or moved is where it belongs at once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, can, reach
from gongshu.core.metrics.many import measure_where
from gongshu.core.metrics.metric import Metric
from gongshu.core.orgs.enums import LEVEL_ORDER, Kind
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import ancestor_paths, crumbs, everywhere, find_by_name, within
from gongshu.core.orgs.ranges import Range, divide, in_orgs, in_ranges, placed
from gongshu.organising.enums import Permission
from gongshu.organising.models import Guidance
from gongshu.organising.rules.guiding import GuideFacts
from gongshu.organising.rules.moving import Place
from gongshu.organising.rules.sharing import NOBODY

INDUSTRIAL = Q(kind=Kind.INDUSTRIAL)
ELSEWHERE = -1


@dataclass(frozen=True)
class Mark:
    """A union from which on, downwards, another industrial union counts: guided by one, or being one itself."""

    pk: int
    path: str
    owner: int
    guide: int = NOBODY

    @property
    def is_industrial(self) -> bool:
        """Tell whether it is an industrial union."""
        return self.owner == self.pk


@dataclass
class Line:
    """An industrial union with all it guides: ranges keyed by the unions next to it, and how each is tied to it."""

    ranges: list[Range] = field(default_factory=list)
    branches: dict[int, str] = field(default_factory=dict)

    @cached_property
    def orgs(self) -> dict[int, int]:
        """Return all organisations of the line by their keys, each with the key of its branch; one query, once."""
        return placed(self.ranges)


def guidances_for(actor: Actor) -> QuerySet[Guidance]:
    """Return the guiding ties within reach: of the union, of the one above it, of the guide."""
    rows = Guidance.objects.select_related("organisation", "guide", "upper")
    mine = reach(actor, Permission.SEE) | reach(actor, Permission.SEE, "upper")
    return rows.filter(mine | reach(actor, Permission.SEE, "guide"))


def guidance_for(actor: Actor, pk: int) -> Guidance:
    """Return one within reach; raises Http404."""
    return get_object_or_404(guidances_for(actor), pk=pk)


def standing_on(on: date) -> QuerySet[Guidance]:
    """Return the ties in force on a day; `until_on` is the first day no longer in force."""
    over = Q(until_on__isnull=True) | Q(until_on__gt=on)
    return Guidance.objects.filter(over, state__in=("standing", "ended"), from_on__lte=on)


def _marks(where: Callable[[str], Q], on: date) -> list[Mark]:
    """Return the marks among the organisations of a condition (given a key path), in tree order; two queries."""
    found = {
        pk: Mark(pk, path, pk) for pk, path in everywhere().filter(where(""), INDUSTRIAL).values_list("pk", "path")
    }
    ties = standing_on(on).filter(where("organisation"))
    for pk, path, guide in ties.values_list("organisation", "organisation__path", "guide"):
        found[pk] = Mark(pk, path, pk if pk in found else guide, guide)
    return sorted(found.values(), key=lambda mark: mark.path)


def _at(paths: Sequence[str]) -> Callable[[str], Q]:
    return lambda at: Q(**{f"{at}__path__in" if at else "path__in": paths})


def _nearest(path: str, on: date) -> Mark | None:
    """Return the nearest mark at or above a path."""
    marks = _marks(_at(ancestor_paths(path)), on)
    return marks[-1] if marks else None


def guide_on(org: Organisation, on: date) -> Guidance | None:
    """Return the tie an organisation is guided by on a day, its own or inherited; None where there is none.

    An industrial union between the guided one and the organisation breaks the inheritance.
    """
    nearest = _nearest(org.path, on)
    if nearest is None or (nearest.is_industrial and nearest.pk != org.pk):
        return None
    rows = standing_on(on).filter(organisation=nearest.pk).select_related("organisation", "guide")
    return rows.first()


def guidances_of(org: Organisation) -> list[Guidance]:
    """Return all ties an organisation itself ever had, the latest first."""
    rows = Guidance.objects.filter(organisation=org, from_on__isnull=False)
    return list(rows.select_related("guide").order_by("-from_on", "-pk"))


def along(guide: Organisation, on: date) -> Line:
    """Return an industrial union with all it guides, also through those it guides; four queries a layer of guides."""
    line = Line(branches={guide.pk: "直属"})
    layer, seen = {guide.pk: guide.pk}, {guide.pk}
    while layer:
        roots = _roots(layer, on, is_first=len(seen) == 1, line=line)
        following = _take(roots, line, on)
        layer = {}
        for pk, key in following:
            if pk not in seen:
                layer[pk] = key
                seen.add(pk)
    return line


@dataclass(frozen=True)
class Root:
    """A union whose region belongs to a branch; `goes_on`: an industrial union, with a layer of its own."""

    pk: int
    path: str
    key: int
    has_below: bool
    goes_on: bool = False


def _roots(layer: dict[int, int], on: date, *, is_first: bool, line: Line) -> list[Root]:
    """Return the layer's unions and those they guide."""
    own = everywhere().filter(pk__in=list(layer)).values_list("pk", "path", "numchild")
    roots = [Root(pk, path, layer[pk], numchild > 0) for pk, path, numchild in own]
    rows = standing_on(on).filter(guide__in=list(layer)).order_by("organisation__path")
    of_org = (f"organisation__{name}" for name in ("path", "numchild", "kind"))
    for pk, guide, path, numchild, kind in rows.values_list("organisation", "guide", *of_org):
        key = pk if is_first else layer[guide]
        if is_first:
            line.branches.setdefault(pk, "指导")
        roots.append(Root(pk, path, key, numchild > 0, kind == Kind.INDUSTRIAL))
    return roots


def _take(roots: Sequence[Root], line: Line, on: date) -> list[tuple[int, int]]:
    """Add what belongs to the roots themselves to the line; return industrial unions to go on with, with branches."""
    following = [(root.pk, root.key) for root in roots if root.goes_on]
    here = [root for root in roots if not root.goes_on]
    below = [Range(f"{root.path}0", Range.below(root.path).hi) for root in here if root.has_below]
    parts = _marks(partial(in_ranges, below), on) if below else []
    paths = [mark.path for mark in parts]
    for root in here:
        whole = Range.below(root.path, root.key)
        mine = parts[bisect_right(paths, whole.lo) : bisect_left(paths, whole.hi)]
        cut = divide(whole, [Range.below(mark.path, ELSEWHERE) for mark in mine])
        line.ranges += [each for each in cut if each.key != ELSEWHERE]
        led = [mark.pk for mark in _outermost(mine) if mark.is_industrial and not mark.guide]
        if root.key == _root_key(line):
            line.branches |= dict.fromkeys(led, "领导")
        following += [(pk, pk if root.key == _root_key(line) else root.key) for pk in led]
    return following


def _root_key(line: Line) -> int:
    return next(iter(line.branches))


def _outermost(marks: Iterable[Mark]) -> list[Mark]:
    found: list[Mark] = []
    for mark in marks:
        if not found or not mark.path.startswith(found[-1].path):
            found.append(mark)
    return found


def owner_at(org: Organisation, on: date) -> int:
    """Return the key of the industrial union an organisation belongs to on a day, `NOBODY` where to none."""
    nearest = _nearest(org.path, on)
    return nearest.owner if nearest else NOBODY


def owners(org: Organisation | None, on: date) -> dict[int, int]:
    """Return from which organisations on, downwards, which industrial union counts: in a subtree, or everywhere."""
    return {mark.pk: mark.owner for mark in _marks(lambda at: within(org, at) if org else Q(), on)}


def values_along(metrics: Sequence[Metric], line: Line) -> list[int]:
    """Return measures over an industrial union and all it guides; a query for each kind of rows."""
    return measure_where(metrics, partial(in_orgs, line.orgs))


def guide_facts(org: Organisation, guide: Organisation, on: date) -> GuideFacts:
    """Return what the ledger knows of a union and the industrial union that is to guide it."""
    nearest, own = _nearest(org.path, on), standing_on(on).filter(organisation=org, guide=guide).exists()
    above = _nearest(org.parent_path, on) if org.parent_path else None
    owner = above.owner if org.kind == Kind.INDUSTRIAL and above else nearest.owner if nearest else NOBODY
    return GuideFacts(
        union=_place(org),
        guide=_place(guide),
        has_upper=bool(org.parent_path),
        is_its_own=not own and owner == guide.pk and guide.holds(org),
        is_guided_by_it=own,
        is_round=is_round(org, guide, on),
    )


def is_round(org: Organisation, guide: Organisation, on: date) -> bool:
    """Tell whether the guide would come, from guide to guide upwards, to the union itself or to somebody below it."""
    at, seen = guide, set[int]()
    while at.pk not in seen:
        if org.holds(at):
            return True
        seen.add(at.pk)
        above = _owner_above(at, on)
        if above is None:
            return False
        at = above
    return True


def is_round_below(org: Organisation, upper: Organisation, on: date) -> bool:
    """Tell whether a union that moved under another one would be guided, from guide to guide, by one of its own."""
    nearest = _nearest(upper.path, on)
    return nearest is not None and is_round(org, Organisation.objects.get(pk=nearest.owner), on)


def _owner_above(industrial: Organisation, on: date) -> Organisation | None:
    """Return the industrial union next above another one along the guiding line."""
    own = standing_on(on).filter(organisation=industrial).select_related("guide").first()
    if own:
        return own.guide
    nearest = _nearest(industrial.parent_path, on) if industrial.parent_path else None
    return Organisation.objects.get(pk=nearest.owner) if nearest else None


def _place(org: Organisation) -> Place:
    return Place(org.name, org.level, org.kind, org.ended_on is not None)


def guides_named(name: str) -> list[Organisation]:
    """Return up to ten standing industrial unions by their name."""
    return find_by_name(name.strip(), kind=Kind.INDUSTRIAL)


def guide_near(org: Organisation) -> str:
    """Return the name of a standing industrial union that may guide an organisation, a near one first, else nothing."""
    high_enough = LEVEL_ORDER[: LEVEL_ORDER.index(org.level) + 1]
    found = find_by_name("", kind=Kind.INDUSTRIAL, levels=high_enough, near=org)
    return next((each.name for each in found if not org.holds(each)), "")


def founder_near(org: Organisation, actor: Actor, levels: Sequence[str]) -> Organisation | None:
    """Return the nearest local federation of these levels, at or above an organisation, where they may edit."""
    lined = [each for each in crumbs(org) if each.kind == Kind.LOCAL and each.level in levels]
    return next((each for each in reversed(lined) if can(actor, Permission.EDIT, at=each)), None)
