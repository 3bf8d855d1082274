"""Rosters to read: made-up people in an .xlsx as other programs write it (inline) or as Excel does (a table)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from gongshu.demo.world.rows import FORM_SHARES, GIVEN, SURNAMES, Numbers

HEADINGS = ("姓名", "身份证号码", "手机号码", "就业形态", "用人单位", "所在工会", "入会日期")
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="会员名册" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{MAIN}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{MAIN}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{MAIN}.sharedStrings+xml"/></Types>'
)
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
BLOCK = 2_000
UNIONS = 5_000


def union_names() -> list[str]:
    """Return the names of the unions of the rosters."""
    return [f"演示第{n}企业工会" for n in range(UNIONS)]


def people(number: int, unions: Sequence[str], *, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Yield rows of a roster: valid but unassigned numbers, none twice; a union's rows stand together."""
    numbers, chance = Numbers.make(), Random(seed)
    labels = [form.label for form in FORM_SHARES]
    for place in range(number):
        woman = chance.random() < 0.44
        plain, _ = numbers.number(place, woman=woman)
        name = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
        form = labels[0] if chance.random() < 0.8 else chance.choice(labels)
        phone = f"1{30 + place % 60}{place % 100_000_000:08d}"
        joined = f"20{10 + place % 15}-0{1 + place % 9}-1{place % 10}"
        union = unions[place * len(unions) // number]
        yield name, plain, phone, form, f"{chance.choice(SURNAMES)}氏制造有限公司", union, joined


def write_xlsx(path: Path, rows: Iterable[Sequence[str]], *, shared: bool = False) -> None:
    """Write rows under the headings; `shared` puts the strings into a table of their own, as Excel does."""
    table: dict[str, int] = {}
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=3) as book:
        for name, words in (("[Content_Types].xml", TYPES), ("_rels/.rels", ROOT), ("xl/workbook.xml", BOOK)):
            book.writestr(name, words)
        book.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(HEAD.encode())
            _write_rows(sheet, rows, table if shared else None)
            sheet.write(b"</sheetData></worksheet>")
        with book.open("xl/sharedStrings.xml", "w", force_zip64=True) as strings:
            strings.write(b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">')
            block = []
            for words in table:
                block.append(f"<si><t>{words}</t></si>")
                if len(block) == BLOCK:
                    strings.write("".join(block).encode())
                    block = []
            strings.write("".join(block).encode() + b"</sst>")


def _write_rows(sheet: IO[bytes], rows: Iterable[Sequence[str]], table: dict[str, int] | None) -> None:
    block: list[str] = []
    for number, row in enumerate(_with_headings(rows), start=1):
        cells = "".join(_cell(f"{'ABCDEFGH'[n]}{number}", words, table) for n, words in enumerate(row))
        block.append(f'<row r="{number}">{cells}</row>')
        if len(block) == BLOCK:
            sheet.write("".join(block).encode())
            block = []
    sheet.write("".join(block).encode())


def _with_headings(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield HEADINGS
    yield from rows


def _cell(place: str, words: str, table: dict[str, int] | None) -> str:
    if table is None:
        return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'
    return f'<c r="{place}" t="s"><v>{table.setdefault(words, len(table))}</v></c>'


def write_csv(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8-sig") -> None:
    """Write rows under the headings as comma-separated text."""
    with path.open("wb") as file, io.TextIOWrapper(file, encoding, newline="") as words:
        csv.writer(words).writerows(_with_headings(rows))
