"""How much memory a process takes at most together with every process it starts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

PAGE = os.sysconf("SC_PAGE_SIZE") / (1 << 20)  # megabytes
EVERY = 0.05  # seconds


class Peak:
    """The most megabytes seen so far; what two processes share is counted twice."""

    megabytes = 0.0

    def look(self, process: int) -> None:
        """Look at a process and those below it once."""
        self.megabytes = max(self.megabytes, resident(process))


@contextmanager
def watched(process: int) -> Iterator[Peak]:
    """Look at a process twenty times a second."""
    peak, done = Peak(), Event()

    def look() -> None:
        while not done.wait(EVERY):
            peak.look(process)

    thread = Thread(target=look)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


def resident(process: int) -> float:
    """Return the megabytes that a process and those below it have in memory, 0 for one that is gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        listed = [each.read_text().split() for each in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return 0.0
    return pages * PAGE + sum(resident(int(child)) for some in listed for child in some)
