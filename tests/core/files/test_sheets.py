"""Files as people send them: each is read alike or refused with a sentence, and where it is about a row, with it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import xlsxwriter

from gongshu.core.base.columns import column_name, column_place
from gongshu.core.base.problems import Refused
from gongshu.core.files.sheets import book as books
from gongshu.core.files.sheets.book import Book, kind_of
from gongshu.core.files.sheets.lines import Limits
from gongshu.core.files.sheets.xlsx import lines, plain_number
from tests.sheets import HEADINGS, csv_bytes, xlsx_bytes

SHARED_OUT = "请按下级工会分成几个文件，分别导入"
USUAL = Limits(rows=1_000_000, thing="名册", entry="每人一行", divided=SHARED_OUT)
TAIL = b"</sheetData></worksheet>"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(params=["here", "apart"])
def book(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """Return a function that keeps a file and returns it as a book, read quickly or in little memory, here or apart."""
    if request.param == "apart":
        monkeypatch.setattr(books, "APART_BYTES", -1)

    def keep(content: bytes, kind: str = ".xlsx", *, quick: bool = False, limits: Limits = USUAL) -> Book:
        place = tmp_path / f"roster{kind}"
        place.write_bytes(content)
        return Book(partial(open, place, "rb"), kind, limits, quick_bytes=1 << 40 if quick else 0)

    return keep


def changed(content: bytes, part: str, change) -> bytes:
    """Return a package with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            words = old.read(name)
            new.writestr(name, change(words) if name == part else words)
    return buffer.getvalue()


def workbook(fill) -> bytes:
    """Return a workbook that a function fills."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        fill(made, made.add_worksheet("会员"))
    return buffer.getvalue()


def read(found: Book, columns: dict[int, str] | None = None, heading: int = 1) -> list[tuple[int, list[str]]]:
    return list(found.opened(columns or {}, heading).lines())


def told(found: Book, columns: dict[int, str] | None = None, heading: int = 1) -> list[str]:
    """Return the sentences of the refusal of a book."""
    with pytest.raises(Refused) as refusal:
        read(found, columns, heading)
    return [str(problem) for problem in refusal.value.problems]


@pytest.mark.parametrize("quick", [True, False])
def test_both_readers_read_what_spreadsheets_write(book, quick: bool) -> None:
    def fill(made, sheet) -> None:
        day, bold = made.add_format({"num_format": "yyyy-mm-dd"}), made.add_format({"bold": True})
        sheet.write_row(2, 1, ["姓名", "手机"])
        sheet.write(4, 1, " 何&立<")
        sheet.write_number(4, 2, 13800001111)
        sheet.write_rich_string(5, 1, "王", bold, "二", "麻")
        sheet.write_datetime(5, 3, date(2020, 1, 2), day)
        made.add_worksheet("另一张").write(0, 0, "不读")

    found = book(workbook(fill), quick=quick)
    assert [(n, cells[:3]) for n, cells in read(found, heading=3)] == [
        (5, ["", "何&立<", "13800001111"]),
        (6, ["", "王二麻", ""]),
    ]
    assert found.sheet_names() == ["会员", "另一张"]
    assert read(found, heading=3)[1][1][3] in ("2020-01-02", "43832")


@pytest.mark.parametrize("quick", [True, False])
def test_strings_written_in_their_cells_are_read_alike(book, quick: bool) -> None:
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>\xe5\xa7\x93\xe5\x90\x8d</t></is></c></row>'
    rows += b'<row r="3"><c r="B3" t="inlineStr"><is><t>x</t></is></c><c r="C3"><v>1.5</v></c></row>'
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    content = changed(xlsx_bytes([]), SHEET, lambda _: head + rows + b"</sheetData></worksheet>")
    assert read(book(content, quick=quick)) == [(3, ["", "x", "1.5"])]


def test_names_of_elements_may_have_a_prefix(book) -> None:
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row r="2"><x:c r="A2" t="str"><x:v>何立</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    content = changed(xlsx_bytes([]), SHEET, lambda _: sheet.encode())
    assert read(book(content)) == [(2, ["何立"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_the_usual_encodings(book, encoding: str) -> None:
    found = book(csv_bytes([["何立", "1"], ["", ""], ["王二", "2"]], encoding=encoding), ".csv")
    assert read(found) == [(2, ["何立", "1"]), (4, ["王二", "2"])]


def test_text_with_tabs(book) -> None:
    assert read(book("姓名\t手机\n何立\t1\n".encode(), ".csv")) == [(2, ["何立", "1"])]


def test_text_in_a_mixture_of_encodings_names_the_line(book) -> None:
    content = "姓名,手机\n何立,1\n".encode() + "王二".encode("gb18030") + b"\xff\xff,2\n"
    assert told(book(content, ".csv")) == [
        "第3行：有无法识别的文字，文件可能不是文本，或者编码混杂。请在 Excel 里另存为 .xlsx 后再上传"
    ]


def test_quotes_that_do_not_pair_name_the_line(book) -> None:
    found = book(b'a,b\n1,2\n"3,4\n' + b"x" * 20_000, ".csv")
    assert told(found)[0].endswith("引号不成对，或者一格里的字太多。请在 Excel 里打开检查，另存为 .xlsx 后再上传")


@pytest.mark.parametrize("quick", [True, False])
def test_a_formula_in_a_column_that_is_read_is_refused_with_its_place(book, quick: bool) -> None:
    def fill(made, sheet) -> None:
        sheet.write_row(0, 0, ["姓名", "性别", "年龄"])
        sheet.write_row(1, 0, ["何立", "男", "3"])
        sheet.write_row(2, 0, ["王二"])
        sheet.write_formula(2, 1, '=IF(1,"男","女")', None, "男")
        sheet.write_formula(2, 2, "=1+2", None, 3)

    found = book(workbook(fill), quick=quick)
    words = "第3行：“性别”一栏是公式（B3）。请选中这一栏，复制后“选择性粘贴—数值”，再上传"
    assert told(found, {0: "姓名", 1: "性别"}) == [words]
    assert len(read(found, {0: "姓名"})) == 2


@pytest.mark.parametrize("quick", [True, False])
def test_a_formula_below_one_in_the_title_is_refused_too(book, quick: bool) -> None:
    def fill(made, sheet) -> None:
        sheet.write_formula(0, 0, '="演示工会"&"名册"', None, "演示工会名册")
        sheet.write_row(1, 0, ["姓名", "性别"])
        sheet.write_formula(2, 0, "=B9", None, "何立")

    found = book(workbook(fill), quick=quick)
    assert told(found, {0: "姓名"}, heading=2)[0].startswith("第3行：“姓名”一栏是公式（A3）。")


@pytest.mark.parametrize("quick", [True, False])
def test_an_error_in_a_column_that_is_read_is_refused_and_not_taken_for_an_empty_cell(book, quick: bool) -> None:
    def fill(made, sheet) -> None:
        sheet.write_row(0, 0, ["姓名", "身份证号码", "备注"])
        sheet.write_row(1, 0, ["何立", "HERE", "HERE"])

    error = b'<c r="B2" t="e"><v>#N/A</v></c><c r="C2" s="1" t="e"><v>#REF!</v></c></row>'
    content = changed(workbook(fill), SHEET, lambda words: words[: words.index(b'<c r="B2"')] + error + TAIL)
    found = book(content, quick=quick)
    words = "第2行：“身份证号码”一栏有错误值（B2，如 #N/A）。请填上正确的内容，或者清空这一格，再上传"
    assert told(found, {0: "姓名", 1: "身份证号码"}) == [words]
    assert len(read(found, {0: "姓名"})) == 1


def test_merged_cells_below_the_heading_are_refused_and_a_merged_title_is_not(book) -> None:
    def fill(made, sheet) -> None:
        sheet.merge_range(0, 0, 0, 3, "演示工会会员名册")
        sheet.write_row(1, 0, ["姓名", "用人单位", "备注"])
        sheet.write_row(2, 0, ["何立"])
        sheet.merge_range(2, 1, 4, 1, "甲厂")
        sheet.merge_range(2, 2, 4, 2, "同一车间")

    found = book(workbook(fill))
    assert told(found, {0: "姓名", 1: "用人单位"}, heading=2) == [
        "第3行：B3:B5 是合并单元格。请取消合并，每人一行填写完整，再上传"
    ]
    assert [n for n, _ in read(found, {0: "姓名"}, heading=2)] == [3]


def test_too_many_rows_are_refused(book) -> None:
    rows = [[f"张{n}", "1"] for n in range(60)]
    few = replace(USUAL, rows=30)
    assert told(book(xlsx_bytes(rows), limits=few)) == [f"名册超过 30 行，{SHARED_OUT}"]
    assert told(book(csv_bytes(rows), ".csv", limits=few)) == [f"名册超过 30 行，{SHARED_OUT}"]
    assert (USUAL.too_many, Limits(rows=7).too_many) == (
        f"超过 100 万行，{SHARED_OUT}",
        "超过 7 行，请分成几个文件导入",
    )


def test_rows_that_do_not_say_their_number_are_counted(book) -> None:
    rows = b'<row><c t="str"><v>a</v></c></row>' * 60
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    content = changed(xlsx_bytes([]), SHEET, lambda _: head + rows + b"</sheetData></worksheet>")
    words = told(book(content, limits=replace(USUAL, rows=30)))
    assert words[0].startswith("第32行：超过")


def test_a_bomb_is_refused_before_it_is_unpacked(book) -> None:
    bomb = changed(xlsx_bytes([]), SHEET, lambda words: words + b" " * (100 << 20))
    assert len(bomb) < 1 << 20
    assert told(book(bomb)) == ["文件解压后太大，超出一次能导入的范围，请分成几个文件"]


def test_a_package_that_lies_about_its_size_is_refused(book) -> None:
    content = bytearray(changed(xlsx_bytes([]), SHEET, lambda words: words + b" " * 100_000))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        size = package.getinfo(SHEET).file_size
    lying = bytes(content).replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    assert told(book(lying)) == ["文件已损坏，打不开，请在 Excel 或 WPS 里打开后另存一份再上传"]


def test_one_cell_far_out_takes_no_memory(book) -> None:
    def fill(made, sheet) -> None:
        sheet.write_row(0, 0, ["姓名", "手机"])
        sheet.write(999_000, 16_000, "x")

    found = book(workbook(fill), quick=True)
    assert read(found) == []


def test_a_document_type_with_entities_is_refused(book) -> None:
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData/></worksheet>'
    found = book(changed(xlsx_bytes([]), SHEET, lambda _: evil))
    assert told(found) == ["文件已损坏，打不开，请在 Excel 或 WPS 里打开后另存一份再上传"]


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="x"><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v>abc</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        b'<row r="1"><c r="12"><v>1</v></c></row>',
    ],
)
def test_numbers_that_are_none_are_refused_as_a_broken_file(row: bytes) -> None:
    sheet = b"<worksheet><sheetData>" + row + b"</sheetData></worksheet>"
    content = changed(xlsx_bytes([]), SHEET, lambda _: sheet)
    with pytest.raises(Refused, match="文件已损坏"):
        list(lines(lambda: io.BytesIO(content), USUAL))


def test_places_in_small_letters_are_places() -> None:
    sheet = b'<worksheet><sheetData><row r="3"><c r="b3"><v>7</v></c></row></sheetData></worksheet>'
    content = changed(xlsx_bytes([]), SHEET, lambda _: sheet)
    assert list(lines(lambda: io.BytesIO(content), USUAL)) == [(3, ["", "7"])]


@pytest.mark.parametrize("cut", [30, 200, 2000])
def test_a_torn_package_is_refused(book, cut: int) -> None:
    found = book(xlsx_bytes([["何立"]] * 50)[:-cut])
    assert told(found) == ["文件已损坏，打不开，请在 Excel 或 WPS 里打开后另存一份再上传"]


@pytest.mark.parametrize(
    ("name", "head", "words"),
    [
        ("名册.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "是旧格式（.xls），或者设了打开密码"),
        ("名册.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "是旧格式（.xls），或者设了打开密码"),
        ("名册.pdf", b"%PDF-1.7", "不是名册文件，请用 .xlsx 或 .csv"),
        ("名册", b"abc", "不是名册文件，请用 .xlsx 或 .csv"),
        ("名册.csv", b"", "是空文件"),
        ("名册.csv", b"PK\x03\x04abcd", "的内容与扩展名不符"),
        ("名册.xlsx", b"name,phone", "的内容与扩展名不符"),
    ],
)
def test_files_of_another_kind_say_what_to_do(name: str, head: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words.replace(".", r"\.").replace("（", "（")):
        kind_of(name, head, "名册")


def test_columns_are_lettered_as_in_spreadsheets() -> None:
    assert [column_place(name) for name in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16383]
    assert all(column_place(column_name(place)) == place for place in range(1000))


def test_numbers_are_written_as_people_write_them() -> None:
    assert [plain_number(words) for words in ("13800001111", "1.3800001111E10", "1.5", "TRUE ")] == [
        "13800001111",
        "13800001111",
        "1.5",
        "TRUE",
    ]


def test_the_first_rows_are_read_without_the_rest(book) -> None:
    found = book(xlsx_bytes([[f"张{n}"] for n in range(5000)]))
    assert found.head(2) == [(1, list(HEADINGS)), (2, ["张0"])]
