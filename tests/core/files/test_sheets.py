"""Sheets that are small in the file and huge in memory, or broken inside, are refused in words."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from gongshu.core.base.problems import Refused
from gongshu.core.files.sheets import rows

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{KIND}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
FIRST = '<row r="1"><c r="A1" t="inlineStr"><is><t>单位名称</t></is></c></row>'


def book(place: Path, inside: str, sheet: str = "xl/worksheets/sheet1.xml") -> Path:
    """Write the smallest workbook there is, with these rows after the first."""
    path = place / "list.xlsx"
    target = sheet.removeprefix("xl/")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        root = f'<Relationship Id="r0" Type="{KIND}/officeDocument" Target="xl/workbook.xml"/>'
        package.writestr("_rels/.rels", RELATIONS.format(root))
        package.writestr("xl/workbook.xml", BOOK)
        part = f'<Relationship Id="r1" Type="{KIND}/worksheet" Target="{target}"/>'
        package.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(part))
        package.writestr(sheet, f'<worksheet xmlns="{MAIN}"><sheetData>{FIRST}{inside}</sheetData></worksheet>')
    return path


def test_the_smallest_workbook_is_read(tmp_path: Path) -> None:
    found = list(rows(book(tmp_path, '<row r="2"><c r="B2"><v>7</v></c></row>'), XLSX, most=10))
    assert found == [(1, ["单位名称"]), (2, ["", "7"])]


@pytest.mark.parametrize(
    "far",
    [
        '<row r="30000"><c r="A30000"><v>1</v></c></row>',
        '<row r="2"><c s="1" r="ZZZ2"><v>1</v></c></row>',
        "<row r='2'><c r='ZZZ2'><v>1</v></c></row>",
        '<row r="2"><c\nr = "ZZZ2"><v>1</v></c></row>',
        '<row r="2"><c r="zzz2"><v>1</v></c></row>',
        '<row s="1" r="30000"><c><v>1</v></c></row>',
    ],
)
def test_a_far_corner_is_refused_however_it_is_written(tmp_path: Path, far: str) -> None:
    with pytest.raises(Refused, match="很远的地方"):
        list(rows(book(tmp_path, far), XLSX, most=10))


def test_a_far_corner_is_refused_in_whatever_folder_the_sheet_is(tmp_path: Path) -> None:
    far = '<row r="30000"><c r="A30000"><v>1</v></c></row>'
    with pytest.raises(Refused, match="很远的地方"):
        list(rows(book(tmp_path, far, "xl/elsewhere/one.xml"), XLSX, most=10))


def test_a_workbook_broken_inside_is_refused_in_words(tmp_path: Path) -> None:
    path = book(tmp_path, '<row r="2"><c r="A2"><v>7</v></c></row>')
    path.write_bytes(path.read_bytes().replace(b"<v>7</v>", b"<v>8</v>"))  # the checksum no longer holds
    with pytest.raises(Refused, match="读不了"):
        list(rows(path, XLSX, most=10))


def test_what_is_no_workbook_at_all_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(Refused, match="读不了"):
        list(rows(path, XLSX, most=10))
