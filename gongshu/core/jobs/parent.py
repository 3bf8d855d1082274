"""Ending with the process that started this one, in whatever way that one ended."""

import os
import signal
from threading import Thread

STDIN = 0
CHUNK = 1024


def end_with_parent() -> None:
    """Have this process asked to end (SIGTERM) when its standard input closes: who held the other end is gone."""
    Thread(target=_wait_and_end, name="parent", daemon=True).start()


def _wait_and_end() -> None:
    while os.read(STDIN, CHUNK):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
