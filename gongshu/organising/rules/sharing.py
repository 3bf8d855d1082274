"""Dividing organisations by the industrial union they belong to, in one reading of the tree. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

NOBODY = 0  # the key of organisations without an industrial union


@dataclass
class Figures:
    """What is counted of a part: unions that stand, members, those with an identity number, those in new forms."""

    unions: int = 0
    members: int = 0
    real_name: int = 0
    in_new_forms: int = 0

    def add(self, other: Figures) -> None:
        """Count another part in."""
        self.unions += other.unions
        self.members += other.members
        self.real_name += other.real_name
        self.in_new_forms += other.in_new_forms


class Node(NamedTuple):
    """An organisation by itself: its key, its path, its own figures."""

    pk: int
    path: str
    unions: int
    members: int
    real_name: int
    in_new_forms: int


class _Open(NamedTuple):
    """A subtree that is being read: whom it belongs to, the holder it counts for, and where it is counted."""

    path: str
    owner: int
    holder: int
    into: Figures


Parts = dict[int, Figures]


def divided(
    nodes: Iterable[Node], owner_of: Mapping[int, int], *, holders: Container[int], above: int = NOBODY
) -> dict[int, Parts]:
    """Return the parts of each holder, all below it counted in, by the industrial union they belong to.

    `nodes` come in the order of their paths; `owner_of` says from which organisations on, downwards, which industrial
    union counts; `above` counts before the first of them. Each node is counted once at each holder at or above it.
    """
    found: dict[int, Parts] = {}
    uppers: dict[int, int] = {}
    open_ones = [_Open("", above, NOBODY, Figures())]
    for pk, path, unions, members, real_name, in_new_forms in nodes:
        while not path.startswith(open_ones[-1].path):
            open_ones.pop()
        here = open_ones[-1]
        if pk in owner_of or pk in holders:
            owner, holder = owner_of.get(pk, here.owner), pk if pk in holders else here.holder
            if holder != here.holder:
                uppers[holder] = here.holder
            here = _Open(path, owner, holder, found.setdefault(holder, {}).setdefault(owner, Figures()))
            open_ones.append(here)
        into = here.into
        into.unions += unions
        into.members += members
        into.real_name += real_name
        into.in_new_forms += in_new_forms
    _add_up(found, uppers)
    return {holder: found[holder] for holder in uppers}


def _add_up(found: dict[int, Parts], uppers: Mapping[int, int]) -> None:
    """Add the parts of every holder to those of the holder above it, the lowest first."""
    for holder, upper in reversed(list(uppers.items())):
        for owner, figures in found[holder].items():
            found.setdefault(upper, {}).setdefault(owner, Figures()).add(figures)


def total_of(parts: Iterable[Figures]) -> Figures:
    """Return the figures of parts together."""
    total = Figures()
    for part in parts:
        total.add(part)
    return total
