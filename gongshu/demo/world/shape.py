"""The shape of a world: how many organisations at which depth, how many members in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from gongshu.core.orgs.enums import Industry, Kind, Level
from gongshu.core.orgs.models import Organisation

# organisations at each depth out of 200,000, from the nation to the base: docs/performance.md
DEPTHS = (1, 16, 128, 1_806, 18_071, 108_776, 71_202)
LEVELS = (Level.NATION, Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWN, Level.VILLAGE, Level.BASE)
NAMES = (
    "演示全国总工会", "演示{}省总工会", "演示{}市总工会", "演示{}县总工会", "演示{}镇总工会", "演示{}社区工会",
    "演示{}号企业工会",
)  # fmt: skip
FIRST_WITH_MEMBERS = 5  # towns, communities and base unions have members of their own
SPREAD = 1.1  # sigma of the lognormal sizes


@dataclass(frozen=True)
class Union:
    """An organisation to be: its key, place in the tree, and how many members it has of its own."""

    pk: int
    path: str
    depth: int
    below: int
    industry: str
    size: int

    @property
    def level(self) -> str:
        """Return its level."""
        return LEVELS[self.depth - 1]

    @property
    def name(self) -> str:
        """Return its made-up name."""
        return NAMES[self.depth - 1].format(self.pk)

    @property
    def kind(self) -> str:
        """Return its kind."""
        return Kind.BASE if self.depth > FIRST_WITH_MEMBERS else Kind.LOCAL


def depths(total: int) -> list[int]:
    """Return how many organisations stand at each depth, at least one each, `total` together."""
    counts = [max(1, round(total * share / sum(DEPTHS))) for share in DEPTHS]
    counts[0] = 1
    counts[-1] += total - sum(counts)
    while counts[-1] < 1:
        counts[counts.index(max(counts))] -= 1
        counts[-1] += 1
    return counts


def tree(total: int, first_pk: int, root: int, chance: Random) -> list[tuple[int, str, int, int]]:
    """Return key, path, depth and number of children of each organisation; `root` is the place among the roots."""
    step = Organisation.steplen
    paths, places, below = [f"{root:0{step}d}"], [1], [0]
    start = 0
    for depth, count in enumerate(depths(total)[1:], start=2):
        parents = range(start, len(paths))
        weights = [chance.lognormvariate(0, 0.5) for _ in parents]
        start = len(paths)
        for parent in sorted(chance.choices(parents, weights, k=count)):
            below[parent] += 1
            paths.append(f"{paths[parent]}{below[parent]:0{step}d}")
            places.append(depth)
            below.append(0)
    return list(zip(range(first_pk, first_pk + len(paths)), paths, places, below, strict=True))


def sizes(count: int, members: int, chance: Random) -> list[int]:
    """Return lognormal sizes that add up to `members`."""
    weights = [chance.lognormvariate(0, SPREAD) for _ in range(count)]
    scale, found, given, total = members / sum(weights), [], 0, 0.0
    for weight in weights:
        total += weight * scale
        found.append(round(total) - given)
        given += found[-1]
    return found


def unions(orgs: int, members: int, *, first_pk: int, root: int, chance: Random) -> Iterator[Union]:
    """Yield every organisation of a world."""
    rows = tree(orgs, first_pk, root, chance)
    holders = [row for row in rows if row[2] >= FIRST_WITH_MEMBERS]
    own = dict(zip((row[0] for row in holders), sizes(len(holders), members, chance), strict=True))
    industries = chance.choices(Industry.values, k=len(rows))
    for (pk, path, depth, below), industry in zip(rows, industries, strict=True):
        yield Union(pk, path, depth, below, industry if depth >= FIRST_WITH_MEMBERS else "", own.get(pk, 0))
