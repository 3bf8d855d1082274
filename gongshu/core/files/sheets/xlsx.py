"""Reading the first sheet of an .xlsx row by row, in little memory whatever the size.

ECMA-376 part 1, §18.3 (worksheets) and §18.4 (shared strings). The parts are read as they come out of the package; the
shared strings go to an unnamed temporary file that only their places are remembered of.
"""

from __future__ import annotations

import os
import re
import tempfile
import zlib
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import IO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from gongshu.core.base.columns import column_place
from gongshu.core.base.problems import Refused
from gongshu.core.files.sheets.lines import Limits, Line, Lines, Source

PIECE = 1 << 18
REMEMBERED = 4_096
LONGEST_PART = 4 << 20  # of the small parts: workbook and relations
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
BROKEN = "文件已损坏，打不开，请在 Excel 或 WPS 里打开后另存一份再上传"
TOO_LARGE = "文件解压后太大，超出一次能导入的范围，请分成几个文件"
BAD = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, expat.ExpatError, KeyError)
MOST_DIGITS, MOST_LETTERS = 10, 3  # more than rows and strings there can be; columns go up to XFD
WHOLE = re.compile(r"-?\d+")


class Strings:
    """The table of strings, read no further than is asked for."""

    def __init__(self, package: ZipFile, part: str) -> None:
        self._source = package.open(part) if part in package.namelist() else None
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self._places = array("Q", [0])
        self._item: list[str] | None = None
        self._keeps = False
        self._skips = False
        self._parser = _parser(self._start, self._end, self._text)
        self.of = lru_cache(maxsize=REMEMBERED)(self._of)

    def close(self) -> None:
        """Give the temporary file back."""
        self._words.close()
        if self._source:
            self._source.close()

    def _of(self, place: int) -> str:
        while len(self._places) < place + 2 and self._source is not None:
            self._read_on()
        if len(self._places) < place + 2:
            return ""
        start, end = self._places[place], self._places[place + 1]
        return os.pread(self._words.fileno(), end - start, start).decode()

    def _read_on(self) -> None:
        assert self._source is not None
        piece = self._source.read(PIECE)
        self._parser.Parse(piece, not piece)
        self._words.flush()
        if not piece:
            self._source = None

    def _start(self, name: str, attributes: list[str]) -> None:
        if name == "si":
            self._item = []
        elif name == "t":
            self._keeps = not self._skips
        elif name == "rPh":  # how it is pronounced is no part of the words
            self._skips = True

    def _text(self, words: str) -> None:
        if self._keeps and self._item is not None:
            self._item.append(words)

    def _end(self, name: str) -> None:
        if name == "t":
            self._keeps = False
        elif name == "rPh":
            self._skips = False
        elif name == "si":
            words = "".join(self._item or ()).encode()
            self._words.write(words)
            self._places.append(self._places[-1] + len(words))
            self._item = None


class Cells:
    """What the parser of a sheet has come to: the rows that are whole."""

    def __init__(self, strings: Callable[[int], str], limits: Limits) -> None:
        self.ready: list[Line] = []
        self._strings, self._most = strings, limits.columns_kept
        self._number = self._place = 0
        self._row: list[str] = []
        self._kind = ""
        self._words: list[str] = []
        self._columns: dict[str, int] = {}
        self.parser = _parser(self._start, self._end, None)
        self._listen, self._deaf = self._words.append, None

    def _start(self, name: str, attributes: list[str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "v" or name == "t":
            self.parser.CharacterDataHandler = self._listen
        elif name == "row":
            written = _named(attributes, "r")
            self._number = _whole(written) if written else self._number + 1
            self._row, self._place = [], 0

    def _start_cell(self, attributes: list[str]) -> None:
        self._kind = ""
        for place in range(0, len(attributes), 2):
            if attributes[place] == "r":
                written = attributes[place + 1].rstrip("0123456789")
                if written not in self._columns:
                    self._columns[written] = _column(written)
                self._place = self._columns[written]
            elif attributes[place] == "t":
                self._kind = attributes[place + 1]

    def _end(self, name: str) -> None:
        if name == "c":
            if self._words:
                self._end_cell()
            self._place += 1
        elif name == "v" or name == "t":
            self.parser.CharacterDataHandler = self._deaf
        elif name == "row" and self._row:
            self.ready.append((self._number, self._row))

    def _end_cell(self) -> None:
        words = "".join(self._words)
        self._words.clear()
        row, place = self._row, self._place
        if place >= self._most:
            return
        while len(row) < place:
            row.append("")
        if self._kind == "s":
            words = self._strings(_whole(words))
        elif self._kind in ("", "n"):
            words = plain_number(words)
        row.append(words.strip())


def plain_number(words: str) -> str:
    """Return a stored number as a person would write it: 1.38E10 is 13800000000."""
    if WHOLE.fullmatch(words):
        return words
    try:
        value = float(words)
    except ValueError:
        return words.strip()
    return str(int(value)) if value.is_integer() and abs(value) < 1e20 else words


def _whole(words: str) -> int:
    """Return a number that counts something in a package; raises Refused for any other words."""
    if not (words.isascii() and words.isdecimal() and len(words) <= MOST_DIGITS):
        raise Refused.because(BROKEN)
    return int(words)


def _column(words: str) -> int:
    if not (words.isascii() and words.isalpha() and len(words) <= MOST_LETTERS):
        raise Refused.because(BROKEN)
    return column_place(words.upper())


def _named(attributes: list[str], name: str) -> str:
    for place in range(0, len(attributes), 2):
        if attributes[place] == name:
            return attributes[place + 1]
    return ""


def _parser(
    start: Callable[[str, list[str]], None],
    end: Callable[[str], None] | None,
    text: Callable[[str], None] | None,
) -> expat.XMLParserType:
    """Return a parser that takes no document types, and so no entities; prefixes of name spaces are cut off."""
    made = expat.ParserCreate()
    made.ordered_attributes, made.buffer_text = True, True
    made.EndElementHandler, made.CharacterDataHandler = end, text
    made.StartDoctypeDeclHandler = _no_doctype

    def root(name: str, attributes: list[str]) -> None:
        if ":" in name and end:
            made.StartElementHandler = lambda name, found: start(name.rpartition(":")[2], found)
            made.EndElementHandler = lambda name: end(name.rpartition(":")[2])
        else:
            made.StartElementHandler = start
        start(name.rpartition(":")[2], attributes)

    made.StartElementHandler = root
    return made


def _no_doctype(*_: object) -> None:
    raise Refused.because(BROKEN)


def _elements(package: ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    """Return the attributes of the elements of a name in a small part."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: list[str]) -> None:
        if name == wanted:
            pairs = zip(attributes[::2], attributes[1::2], strict=True)
            found.append({key.rpartition(":")[2]: value for key, value in pairs})

    with package.open(part) as source:
        words = source.read(LONGEST_PART + 1)
    if len(words) > LONGEST_PART:
        raise Refused.because(BROKEN)
    _parser(start, None, None).Parse(words, True)
    return found


def sheets(package: ZipFile) -> list[tuple[str, str]]:
    """Return name and part of each visible sheet, in their order; raises Refused when there is none."""
    targets = {one["Id"]: one.get("Target", "") for one in _elements(package, RELATIONS, "Relationship")}
    found = []
    for sheet in _elements(package, BOOK, "sheet"):
        target = targets.get(sheet.get("id", ""), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if sheet.get("state", "visible") == "visible" and part in package.namelist():
            found.append((sheet.get("name", ""), part))
    if not found:
        raise Refused.because("工作簿里没有可以读的表，请检查后重新上传")
    return found


@contextmanager
def opened(source: Source) -> Iterator[ZipFile]:
    """Open a workbook as a package and close both at the end."""
    with source() as file, ZipFile(file) as package:
        yield package


def sheet_names(source: Source) -> list[str]:
    """Return the names of the visible sheets of a workbook."""
    try:
        with opened(source) as package:
            return [name for name, _ in sheets(package)]
    except BAD as error:
        raise Refused.because(BROKEN) from error


def strings_part(package: ZipFile) -> str:
    """Return where the table of strings is."""
    for one in _elements(package, RELATIONS, "Relationship"):
        if one.get("Type", "").endswith("/sharedStrings"):
            target = one.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def pieces(source: IO[bytes], most: int) -> Iterator[bytes]:
    """Yield a part piece by piece; raises Refused when it is longer than `most` bytes."""
    taken = 0
    while piece := source.read(PIECE):
        taken += len(piece)
        if taken > most:
            raise Refused.because(TOO_LARGE)
        yield piece


def lines(source: Source, limits: Limits) -> Lines:
    """Yield number and cells of each row that is not empty; raises Refused for a package that cannot be read."""
    try:
        with opened(source) as package, closing(Strings(package, strings_part(package))) as strings:
            cells = Cells(strings.of, limits)
            with package.open(sheets(package)[0][1]) as sheet:
                for piece in pieces(sheet, limits.inflated):
                    cells.parser.Parse(piece, False)
                    yield from cells.ready
                    cells.ready.clear()
            cells.parser.Parse(b"", True)
            yield from cells.ready
    except BAD as error:
        raise Refused.because(BROKEN) from error
