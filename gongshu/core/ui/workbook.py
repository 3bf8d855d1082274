"""Writing an .xlsx row by row into a stream that is never gone back in: nothing on disk beside it, memory flat.

ECMA-376 part 1, §18 (SpreadsheetML) and part 2 (packages). Words stand in their cells (§18.3.1.53) and are never
formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import IntEnum
from math import isfinite
from typing import IO, Protocol, Self
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from gongshu.core.base.columns import column_name

LONGEST_CELL = 32_767  # characters; Excel takes no more
LONGEST_SHEET = 2_000_000_000  # bytes before packing; beyond 2 GiB a package needs what Excel wants to repair
BUFFER = 1 << 16
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PART = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # read as a character of that number (§22.9.2.19)
NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
FIRST_DAY, FIRST_YEAR = date(1899, 12, 30), 1901  # Excel takes 1900 for a leap year
DAY = 'yyyy"年"m"月"d"日"'
NUMBER_FORMATS = {164: DAY, 165: f"{DAY} hh:mm", 166: "0.0%"}
TEXT_FORMAT = 49

Value = str | int | float | Decimal | date | datetime | None


class Target(Protocol):
    """Where the bytes go: a file, or whatever takes them one after the other."""

    def write(self, data: bytes, /) -> int:
        """Take bytes."""
        ...

    def flush(self) -> None:
        """Hand on what was taken."""
        ...


class Style(IntEnum):
    """How a cell looks: its place in the table of styles."""

    PLAIN = 0
    HEADING = 1
    DAY = 2
    TIME = 3
    SHARE = 4
    WORDS = 5
    QUIET = 6
    WRAPPED = 7


STYLES = (  # by style: number format, font (1 bold, 2 grey), border (1 below), wrapped
    (0, 0, 0, False),
    (TEXT_FORMAT, 1, 1, False),
    (164, 0, 0, False),
    (165, 0, 0, False),
    (166, 0, 0, False),
    (TEXT_FORMAT, 0, 0, False),
    (TEXT_FORMAT, 2, 0, False),
    (0, 0, 0, True),
)


@dataclass(frozen=True)
class Layout:
    """How a sheet is laid out: a width (in characters) and a style by column, and what may be chosen in which cells.

    `choices` has the words to choose from by range of cells (B2:B9). `is_frozen`: the first row stays in view.
    """

    widths: Sequence[int]
    styles: Sequence[Style] = ()
    choices: Sequence[tuple[str, Sequence[str]]] = ()
    is_frozen: bool = True


class Page:
    """A sheet that is being written."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self._waiting: list[bytes] = []
        self._held = self.size = self.rows = 0
        self._columns: list[str] = []

    @property
    def is_full(self) -> bool:
        """Tell whether the sheet has come to the bytes a package takes of it."""
        return self.size > LONGEST_SHEET

    def write(self, words: str) -> None:
        """Write markup."""
        piece = words.encode()
        self._waiting.append(piece)
        self._held, self.size = self._held + len(piece), self.size + len(piece)
        if self._held > BUFFER:
            self.flush()

    def flush(self) -> None:
        """Hand on what is held."""
        self._part.write(b"".join(self._waiting))
        self._waiting.clear()
        self._held = 0

    def row(self, values: Sequence[Value], styles: Sequence[Style] = ()) -> None:
        """Write the next row; words stay words. Styles that are not given are plain."""
        self.rows += 1
        while len(self._columns) < len(values):
            self._columns.append(column_name(len(self._columns)))
        cells = [
            _cell(f"{self._columns[at]}{self.rows}", value, styles[at] if at < len(styles) else Style.PLAIN)
            for at, value in enumerate(values)
        ]
        self.write(f'<row r="{self.rows}">{"".join(cells)}</row>')


class Workbook:
    """A workbook that is being written, sheet after sheet; whole once its context has been left without an error."""

    def __init__(self, target: Target) -> None:
        self._names: list[str] = []
        self._whole = ExitStack()
        self._package = self._whole.enter_context(ZipFile(target, "w", ZIP_DEFLATED))  # type: ignore[call-overload]
        self._add("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))  # the first: gates look at it
        self._add("xl/styles.xml", _styles())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *more: object) -> None:
        with self._whole:
            if kind is None:
                self._finish()

    @contextmanager
    def sheet(self, name: str, layout: Layout) -> Iterator[Page]:
        """Open the next sheet; one at a time."""
        self._names.append(NO_SHEET_NAME.sub("", name)[:31] or f"Sheet{len(self._names) + 1}")
        with self._package.open(f"xl/worksheets/sheet{len(self._names)}.xml", "w") as part:
            page = Page(part)
            page.write(_begin(layout, is_first=len(self._names) == 1))
            yield page
            page.write(f"</sheetData>{_choices(layout)}</worksheet>")
            page.flush()

    def _finish(self) -> None:
        numbers = range(1, len(self._names) + 1)
        types = "".join(_override(f"worksheets/sheet{n}", "worksheet") for n in numbers)
        types += _override("workbook", "sheet.main") + _override("styles", "styles")
        defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        defaults += '<Default Extension="xml" ContentType="application/xml"/>'
        self._add("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{defaults}{types}</Types>')
        parts = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
        self._add("xl/_rels/workbook.xml.rels", _relations([*parts, ("styles", "styles.xml")]))
        sheets = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(self._names, start=1)
        )
        book = f"<bookViews><workbookView/></bookViews><sheets>{sheets}</sheets>"
        self._add("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}</workbook>')

    def _add(self, part: str, words: str) -> None:
        self._package.writestr(part, HEAD + words)


def _cell(at: str, value: Value, style: Style) -> str:
    if value is None or value == "":
        return f'<c r="{at}" s="{style}"/>' if style else ""
    if isinstance(value, bool):
        return f'<c r="{at}" s="{style}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, date) and value.year >= FIRST_YEAR:
        usual = Style.TIME if isinstance(value, datetime) else Style.DAY
        return f'<c r="{at}" s="{style or usual}"><v>{_serial(value)}</v></c>'
    if isinstance(value, int | float | Decimal) and isfinite(value):
        return f'<c r="{at}" s="{style}"><v>{value}</v></c>'
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_words(str(value))}</t></is></c>'


def _words(words: str) -> str:
    return escape(ESCAPED.sub("_x005F_", NOT_XML.sub("", words[:LONGEST_CELL])))


def _serial(value: date) -> int | float:
    """Return a day, or a moment by its wall clock, as days since the beginning of the year 1900."""
    if not isinstance(value, datetime):
        return (value - FIRST_DAY).days
    wall = value.replace(tzinfo=None)
    return (wall - datetime.combine(FIRST_DAY, time())).total_seconds() / 86_400


def _begin(layout: Layout, *, is_first: bool) -> str:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if layout.is_frozen else ""
    columns = []
    for n, width in enumerate(layout.widths):
        style = f' style="{layout.styles[n]}"' if n < len(layout.styles) else ""
        columns.append(f'<col min="{n + 1}" max="{n + 1}" width="{width}"{style} customWidth="1"/>')
    view = f'<sheetView tabSelected="{is_first:d}" workbookViewId="0">{pane}</sheetView>'
    cols = f"<cols>{''.join(columns)}</cols>" if columns else ""
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews>{view}</sheetViews>{cols}<sheetData>'


def _choices(layout: Layout) -> str:
    told = [
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{cells}">'
        f"<formula1>{escape(chr(34) + ','.join(words) + chr(34))}</formula1></dataValidation>"
        for cells, words in layout.choices
    ]
    return f'<dataValidations count="{len(told)}">{"".join(told)}</dataValidations>' if told else ""


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="/xl/{part}.xml" ContentType="{PART}.{kind}+xml"/>'


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'


def _styles() -> str:
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(words)}/>' for number, words in NUMBER_FORMATS.items()
    )
    looks = (("", ""), ("<b/>", ""), ("", '<color rgb="FF808080"/>'))
    fonts = "".join(f'<font>{weight}<sz val="11"/>{colour}<name val="Calibri"/></font>' for weight, colour in looks)
    borders = "".join(
        f"<border><left/><right/><top/>{below}<diagonal/></border>"
        for below in ("<bottom/>", '<bottom style="thin"><color auto="1"/></bottom>')
    )
    cells = "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="{border}" xfId="0" applyNumberFormat="1" '
        f'applyFont="1" applyBorder="1" applyAlignment="1"><alignment wrapText="{wraps:d}"/></xf>'
        for number, font, border, wraps in STYLES
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(NUMBER_FORMATS)}">{formats}</numFmts>'
        f'<fonts count="{len(looks)}">{fonts}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill></fills><borders count="2">{borders}</borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(STYLES)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
