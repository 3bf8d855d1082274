"""A file of rows, whichever kind: looked over once, then read from its heading on."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from gongshu.core.base.problems import Problem, Refused
from gongshu.core.files.sheets import apart, package, quick, text, xlsx
from gongshu.core.files.sheets.lines import Limits, Line, Lines, Source

XLSX, CSV = ".xlsx", ".csv"
OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKAGE = b"PK\x03\x04"
APART_BYTES = 16 << 20  # unpacked; what is smaller is read before another process has begun


def kind_of(name: str, head: bytes, thing: str) -> str:
    """Return the kind of an upload from its name and first bytes; raises Refused with what to do instead.

    `thing` is what such a file is called.
    """
    extension = "." + name.rpartition(".")[2].lower() if "." in name else ""
    if extension in (".xls", ".et") or head.startswith(OLD_FORMAT):
        raise Refused.because(
            f"“{name}”是旧格式（.xls），或者设了打开密码。请在 Excel 或 WPS 里“另存为” .xlsx，不设密码，再上传"
        )
    if extension not in (XLSX, CSV):
        raise Refused.because(f"“{name}”不是{thing}文件，请用 .xlsx 或 .csv，可先下载模板")
    if not head:
        raise Refused.because(f"“{name}”是空文件，请检查后重新上传")
    if (extension == XLSX) != head.startswith(PACKAGE):
        raise Refused.because(f"“{name}”的内容与扩展名不符，请在 Excel 或 WPS 里“另存为” .xlsx 再上传")
    return extension


@dataclass(frozen=True)
class Book:
    """A file of rows: how it is opened and its kind, and how much of it is taken.

    A workbook that is larger than `quick_bytes` once unpacked is read in little memory instead of quickly.
    """

    source: Source
    kind: str
    limits: Limits
    quick_bytes: int = 0

    def head(self, number: int) -> list[Line]:
        """Return the first rows; reads no more of the file than it needs."""
        if self.kind == XLSX:
            return list(islice(xlsx.lines(self.source, self.limits), number))
        written = text.look_over(self.source, self.limits)
        return list(islice(text.lines(self.source, written, self.limits), number))

    def sheet_names(self) -> list[str]:
        """Return the names of the visible sheets; none for text."""
        return xlsx.sheet_names(self.source) if self.kind == XLSX else []

    def opened(self, columns: Mapping[int, str], heading: int) -> Opened:
        """Look the whole file over and return it ready to be read; raises Refused.

        `columns` are the labels of the columns that are brought in, by place.
        """
        if self.kind == CSV:
            written = text.look_over(self.source, self.limits)
            return Opened(text.lines(self.source, written, self.limits), written.lines, heading, self.limits)
        found = package.look_over(self.source, self.limits)
        problems = package.in_the_way(found, dict(columns), heading, self.limits)
        if problems:
            raise Refused(problems)
        if found.is_dense and found.inflated <= self.quick_bytes:
            rows = quick.lines(self.source, found.names[0], self.limits)
        elif found.inflated > APART_BYTES:
            rows = apart.lines(self.source, self.limits)
        else:
            rows = xlsx.lines(self.source, self.limits)
        return Opened(rows, found.last_row, heading, self.limits)


@dataclass(frozen=True)
class Opened:
    """A file that was looked over: its rows, roughly how many there are, and which one is the heading."""

    all_lines: Lines
    total: int
    heading: int
    limits: Limits

    def lines(self, after: int = 0) -> Lines:
        """Yield the rows below the heading and after a number; raises Refused when there are more than are taken."""
        count = 0
        with closing(self.all_lines) as found:
            for line in found:
                if line[0] <= self.heading:
                    continue
                count += 1
                if count > self.limits.rows:
                    raise Refused([Problem(self.limits.too_many, row=line[0])])
                if line[0] > after:
                    yield line
