"""What a file of rows is made of, and how much of it is taken."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import BinaryIO

Line = tuple[int, list[str]]
Lines = Generator[Line, None, None]  # closing it gives back what it holds
Source = Callable[[], BinaryIO]  # opens the file anew, from its beginning; it can be moved about in


@dataclass(frozen=True)
class Limits:
    """How much a file may hold: rows under the heading, rows down to it, columns, bytes of the upload and unpacked.

    The words are for people: `thing` is what such a file is called, `entry` what a row is for (每人一行),
    `divided` what to do with a file of too many rows.
    """

    rows: int
    heading: int = 20
    columns: int = 60
    upload: int = 20 << 20
    inflated: int = 2 << 30
    thing: str = "表格"
    entry: str = "每项一行"
    divided: str = "请分成几个文件导入"

    @property
    def columns_kept(self) -> int:
        """Return how many columns are read at all: enough to see that there are too many."""
        return self.columns + 1

    @property
    def too_many(self) -> str:
        """Return the sentence for too many rows."""
        many = f"{self.rows // 10_000} 万行" if self.rows % 10_000 == 0 else f"{self.rows} 行"
        return f"超过 {many}，{self.divided}"
