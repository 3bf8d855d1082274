"""Whoever reads while a union moves: a process of its own that looks again and again, and counts what is wrong."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import django

django.setup()

from gongshu.core.base.snapshot import snapshot  # noqa: E402
from gongshu.core.orgs.models import Organisation  # noqa: E402
from gongshu.core.orgs.queries import children, parent, subtree  # noqa: E402
from gongshu.members.queries.counting import headcount  # noqa: E402


def look(keys: tuple[int, int, int]) -> tuple[object, ...]:
    """Return what a page would show of the union and of the two unions it stands under by turns."""
    with snapshot():
        org, one, other = (Organisation.objects.get(pk=pk) for pk in keys)
        upper = parent(org)
        stands = [org in children(above) for above in (one, other)]
        sums = [headcount(above, live=True).members for above in (one, other)]
        shown = [headcount(above).members for above in (one, other)]
        size, members = subtree(org).count(), headcount(org, live=True).members
    is_right = upper in (one, other) and stands == [upper == one, upper == other]
    return is_right, size, members, sum(sums), sum(shown)


def watch(keys: tuple[int, int, int], until: Path) -> dict[str, object]:
    """Look until a file appears; return how often, how often it was wrong, and how long the longest look took."""
    first, looks, wrong, longest = look(keys), 0, 0, 0.0
    print("ready", flush=True)
    asked_by = os.getppid()
    while not until.exists() and os.getppid() == asked_by:
        started = time.perf_counter()
        wrong += look(keys) != first
        longest = max(longest, time.perf_counter() - started)
        looks += 1
    return {"first": first, "looks": looks, "wrong": wrong, "longest": longest}


if __name__ == "__main__":
    numbers = [int(key) for key in sys.argv[1:4]]
    print(json.dumps(watch((numbers[0], numbers[1], numbers[2]), Path(sys.argv[4]))))
