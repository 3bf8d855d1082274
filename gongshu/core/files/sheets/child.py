"""The process that reads a workbook for `apart`: it asks for bytes of the file and hands over rows.

It has the pipes and nothing else: no keys, no settings, no name of a file, and of our own code the reader alone. It
ends when either pipe is closed. A message is its kind (one byte), its length (four bytes) and its content.
"""

from __future__ import annotations

import gc
import io
import json
import os
import signal
import sys
from itertools import islice
from struct import Struct
from typing import IO, BinaryIO

from gongshu.core.base.problems import Refused
from gongshu.core.files.sheets import xlsx
from gongshu.core.files.sheets.lines import Limits

BEGIN, BYTES = b"b", b"f"  # to the child: how much may be read of how large a file; bytes of the file
WANTED, ROWS, REFUSED, END = b"w", b"r", b"n", b"e"  # from the child
HEAD, PLACE = Struct(">cI"), Struct(">QI")
BYTES_AT_ONCE = 1 << 18
ROWS_AT_ONCE = 500


def send(pipe: IO[bytes], kind: bytes, content: bytes) -> None:
    """Write a message."""
    pipe.write(HEAD.pack(kind, len(content)) + content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[bytes, bytes]:
    """Return kind and content of the next message; raises EOFError where the other side has ended."""
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    kind, length = HEAD.unpack(head)
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return kind, content


class Wanted(io.RawIOBase):
    """A file whose bytes are asked for where they are read; it can be moved about in."""

    def __init__(self, inward: IO[bytes], outward: IO[bytes], size: int) -> None:
        super().__init__()
        self._inward, self._outward, self._size, self._at = inward, outward, size, 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place and return it."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise OSError("negative seek position")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as the file goes and return how many bytes."""
        send(self._outward, WANTED, PLACE.pack(self._at, len(buffer)))
        _, found = receive(self._inward)
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)


def serve(inward: IO[bytes], outward: IO[bytes]) -> None:
    """Read one workbook; raises EOFError or BrokenPipeError where nobody wants it any more."""
    _, content = receive(inward)
    told = json.loads(content)
    limits = Limits(**told["limits"])

    def source() -> BinaryIO:
        return io.BufferedReader(Wanted(inward, outward, told["size"]), BYTES_AT_ONCE)

    try:
        lines = xlsx.lines(source, limits)
        while some := list(islice(lines, ROWS_AT_ONCE)):
            send(outward, ROWS, json.dumps(some, ensure_ascii=False).encode())
    except Refused as refusal:
        problems = [(problem.message, problem.row) for problem in refusal.problems]
        send(outward, REFUSED, json.dumps(problems).encode())
    else:
        send(outward, END, b"")


def main() -> None:
    """Serve whoever started this process, and end without a word when they have ended."""
    for kind in (signal.SIGINT, signal.SIGTERM):  # sent to the whole group: whoever started this ends it in time
        signal.signal(kind, signal.SIG_IGN)
    gc.disable()  # rows are in no cycles
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except (EOFError, BrokenPipeError):
        os._exit(1)


if __name__ == "__main__":
    main()
