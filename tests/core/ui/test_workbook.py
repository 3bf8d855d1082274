"""Workbooks written into a stream: read by others as they were meant, in memory that does not grow."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from gongshu.core.ui import workbook
from gongshu.core.ui.blanks import Blank, Heading
from gongshu.core.ui.workbook import Layout, Style, Workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WIDE = Layout([20])
MOMENT = datetime(2026, 11, 21, 8, 30)  # noqa: DTZ001 - a sheet knows no zone


class Stream:
    """A target that can neither be told where it is nor gone back in."""

    def __init__(self) -> None:
        self.bytes = bytearray()

    def write(self, data: bytes) -> int:
        self.bytes += data
        return len(data)

    def flush(self) -> None:
        pass


def written(*rows: list[object], styles: tuple[Style, ...] = ()) -> bytes:
    stream = Stream()
    with Workbook(stream) as book, book.sheet("名单", WIDE) as page:
        for row in rows:
            page.row(row, styles)
    return bytes(stream.bytes)


def read(content: bytes, sheet: int = 0) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(sheet).to_python()


def test_what_is_written_is_read_by_others_as_it_was() -> None:
    row = ["何&立 <b>", 7, 1.5, Decimal("2.50"), True, date(2026, 11, 21), MOMENT, " 两端 "]
    assert read(written(row, [None, "", "末"])) == [
        ["何&立 <b>", 7.0, 1.5, 2.5, True, date(2026, 11, 21), MOMENT, " 两端 "],
        ["", "", "末", "", "", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("=1+1", "=1+1"),
        ("坏\x00\x1b\ud800字", "坏字"),
        ("_x0041_", "_x0041_"),
        ("两\n行", "两\n行"),
        (date(1899, 1, 1), "1899-01-01"),
        (float("nan"), "nan"),
        (MOMENT.replace(tzinfo=UTC), MOMENT),
    ],
)
def test_words_stay_words_whatever_they_look_like(value: object, found: object) -> None:
    content = written([value])
    assert read(content) == [[found]]
    with ZipFile(BytesIO(content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_a_cell_holds_no_more_than_a_spreadsheet_takes() -> None:
    assert len(read(written(["字" * 40_000]))[0][0]) == workbook.LONGEST_CELL


def test_every_part_is_sound_and_named(tmp_path) -> None:
    stream = Stream()
    with Workbook(stream) as book:
        for name in ("甲[1]/乙", ""):
            with book.sheet(name, Layout([12, 20], [Style.WORDS], [("A2:A9", ("一", "二"))])) as page:
                page.row(["名称"], [Style.HEADING])
    content = bytes(stream.bytes)
    with ZipFile(BytesIO(content)) as package:
        assert package.testzip() is None
        parts = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}
    told = {each.get("PartName") for each in parts["[Content_Types].xml"] if each.get("PartName")}
    assert told == {f"/{name}" for name in parts if not name.endswith(".rels") and name != "[Content_Types].xml"}
    assert CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names == ["甲1乙", "Sheet2"]
    styles = parts["xl/styles.xml"]
    for name in ("numFmts", "fonts", "fills", "borders", "cellXfs"):
        assert int(styles.find(f"{MAIN}{name}").get("count")) == len(styles.find(f"{MAIN}{name}"))
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert sheet.find(f".//{MAIN}formula1").text == '"一,二"'
    assert sheet.find(f".//{MAIN}pane").get("state") == "frozen"


def test_what_is_broken_off_says_why_and_is_no_workbook() -> None:
    stream = Stream()

    def break_off() -> None:
        with Workbook(stream) as book, book.sheet("名单", WIDE) as page:
            page.row(["何立"])
            raise RuntimeError("断")

    with pytest.raises(RuntimeError, match="断"):
        break_off()
    with ZipFile(BytesIO(bytes(stream.bytes))) as package:
        assert "xl/workbook.xml" not in package.namelist()


def test_a_sheet_of_too_many_bytes_is_full(monkeypatch) -> None:
    monkeypatch.setattr(workbook, "LONGEST_SHEET", 1000)
    with Workbook(Stream()) as book, book.sheet("名单", WIDE) as page:
        assert not page.is_full
        page.row(["字" * 1000])
        assert page.is_full


def test_a_blank_has_headings_an_example_choices_and_advice() -> None:
    blank = Blank("名册", [Heading("姓名", "何立"), Heading("形态", "职工", ("职工", "骑手"))], [("姓名", "必填")])
    content = blank.content()
    assert (read(content), read(content, 1)) == ([["姓名", "形态"], ["何立", "职工"]], [["姓名", "必填"]])
    with ZipFile(BytesIO(content)) as package:
        assert 'sqref="B2:B10001"' in package.read("xl/worksheets/sheet1.xml").decode()
    bare = Blank("名单", [Heading("名称*")])
    assert read(bare.content()) == [["名称*"]]
