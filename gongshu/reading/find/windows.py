"""Sentences that hold a word: what a costly pattern needs to look at, and nothing else."""

import re
from collections.abc import Iterator

_STOP = re.compile(r"[。;!?\n]")


def around(view: str, words: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of every sentence (also cut at ;) of a canonical text that holds one of the words, each once."""
    done = 0
    for m in words.finditer(view):
        if m.start() < done:
            continue
        start = max(view.rfind(mark, done, m.start()) for mark in "。;!?\n") + 1
        stop = _STOP.search(view, m.end())
        end = stop.end() if stop else len(view)
        yield max(start, done), end
        done = end
