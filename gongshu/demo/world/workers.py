"""Other processes that make rows while this one writes them: each share is made by its own seed, whoever makes it."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

import django
from django.utils.module_loading import import_string

AHEAD = 2  # shares made in advance by each process, so that memory stays flat


def call(dotted: str, *args: Any) -> Any:
    """Run a function by its dotted name: nothing of ours is imported before Django is set up."""
    return import_string(dotted)(*args)


def in_order(work: Callable[..., Any], calls: Iterable[tuple[Any, ...]], processes: int) -> Iterator[Any]:
    """Yield the results of a module's function in order of its calls; here where `processes` is 0."""
    if not processes:
        yield from (work(*args) for args in calls)
        return
    dotted = f"{work.__module__}.{work.__qualname__}"
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=django.setup) as pool:
        waiting: deque[Future[Any]] = deque()
        for args in calls:
            waiting.append(pool.submit(call, dotted, *args))
            if len(waiting) >= processes * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
