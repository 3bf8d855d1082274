"""Reading a workbook in little memory by a process of its own: its rows are read while those before are worked on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from threading import Semaphore, Thread
from types import TracebackType
from typing import IO, BinaryIO

from gongshu.core.base.problems import Problem, Refused
from gongshu.core.files.sheets import child
from gongshu.core.files.sheets.lines import Limits, Lines, Source

ROOT = Path(__file__).parents[4]
COMMAND = (sys.executable, "-P", "-S", "-m", child.__name__)
READ_AHEAD = 12  # messages with rows that may wait: somewhat more than are worked on at once


class Ended(RuntimeError):
    """The process that reads has ended before its time."""


def lines(source: Source, limits: Limits) -> Lines:
    """Yield what `xlsx.lines` yields and raise what it raises; `Ended` where the process is gone.

    Closing this ends the process. The process ends by itself where this one does, however it does.
    """
    with source() as file, Reader(file, limits) as reader:
        while content := reader.next():
            yield from map(tuple, json.loads(content))


class Reader:
    """A process that reads a file, and a thread that gives it the bytes it asks for and takes its rows."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._file, self._limits = file, limits
        self._ready: SimpleQueue[tuple[bytes, bytes] | Exception] = SimpleQueue()
        self._room, self._is_closed = Semaphore(READ_AHEAD), False
        self._thread = Thread(target=self._attend, name="sheet-reader", daemon=True)

    def __enter__(self) -> Reader:
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GONGSHU_")}
        surroundings["PYTHONPATH"] = str(ROOT)
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_closed = True
        self.process.kill()
        self._room.release()
        self._thread.join()
        with suppress(BrokenPipeError):
            self.process.__exit__(kind, error, trace)

    def next(self) -> bytes:
        """Return the next rows as they were sent, nothing after the last ones; raises what went wrong."""
        found = self._ready.get()
        self._room.release()
        if isinstance(found, Exception):
            raise found
        kind, content = found
        if kind == child.REFUSED:
            raise Refused([Problem(message, row=row) for message, row in json.loads(content)])
        return content

    def _attend(self) -> None:
        """Answer the process until it has no more to say; what went wrong is told to whoever takes the rows."""
        wrong: Exception = Ended("the process that reads a workbook has ended")
        try:
            self._talk()
        except (EOFError, BrokenPipeError):
            pass
        except (OSError, ValueError, LookupError) as error:  # of the file: it is gone, or was touched, or has no key
            wrong = error
        finally:
            self._ready.put(wrong)

    def _talk(self) -> None:
        inward, outward = self.process.stdout, self.process.stdin
        assert inward is not None
        assert outward is not None
        told = {"size": self._file.seek(0, os.SEEK_END), "limits": asdict(self._limits)}
        child.send(outward, child.BEGIN, json.dumps(told).encode())
        while not self._is_closed:
            kind, content = child.receive(inward)
            if kind == child.WANTED:
                self._answer(outward, *child.PLACE.unpack(content))
            else:
                self._ready.put((kind, content))
                self._room.acquire()

    def _answer(self, outward: IO[bytes], place: int, length: int) -> None:
        self._file.seek(place)
        child.send(outward, child.BYTES, self._file.read(length))
