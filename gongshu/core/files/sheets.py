"""Rows of a table in a file (.xlsx or .csv) as plain text, without loading more than is asked for."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook

from gongshu.core.base.problems import Refused

MOST_COLUMNS = 60
MOST_UNPACKED = 400 * 1024 * 1024  # bytes: a sheet of a million short rows stays far below
MOST_RATIO = 200
HEAD_ROWS = 10  # a title and headings may stand above the first row that counts
CHUNK = 1024 * 1024
SLACK = 10_000  # blank rows below the last one
CORNER = re.compile(rb'<c r="([A-Z]+)(\d+)"')

Rows = Iterator[tuple[int, list[str]]]


def rows(path: Path, kind: str, *, most: int) -> Rows:
    """Yield row numbers (as the spreadsheet shows them, from 1) and cells of the first sheet; blank rows are left out.

    `kind` is the media type kept with the file. Raises Refused with a sentence for what cannot be read, and once there
    are more than `most` rows or sixty columns.
    """
    found = _csv(path) if kind == "text/csv" else _xlsx(path, most)
    count = 0
    for number, cells in found:
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if len(texts) > MOST_COLUMNS:
            raise Refused.because(f"第{number}行有 {len(texts)} 列，最多 {MOST_COLUMNS} 列，请按模板整理后再导入")
        count += 1
        if count > most + HEAD_ROWS:
            raise Refused.because(f"超过 {most} 行，请分成几个文件导入")
        yield number, texts


def _csv(path: Path) -> Iterator[tuple[int, list[object]]]:
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    try:
        head[: -3 or None].decode("utf-8-sig")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "gb18030"
    try:
        with path.open(encoding=encoding, newline="") as text:
            for number, cells in enumerate(csv.reader(text), start=1):
                yield number, list[object](cells)
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused.because("文件读不了，请用 Excel 打开后另存为 .xlsx 再导入") from error


def _xlsx(path: Path, most: int) -> Iterator[tuple[int, list[object]]]:
    _refuse_bombs(path, most)
    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        for number, cells in enumerate(sheet.iter_rows(), start=1):  # from the first row on, also where it is blank
            yield number, list(cells)
    except (CalamineError, IndexError, OSError) as error:
        raise Refused.because("表格读不了，可能已损坏或者加了密，请用 Excel 打开后另存再导入") from error


def _refuse_bombs(path: Path, most: int) -> None:
    """Refuse what is small in the file and huge in memory: the reader keeps every cell up to the last corner."""
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
        unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
        if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1024):
            raise Refused.because("表格展开后太大，请删去空白的行列和图片后再导入")
        for part in parts:
            if part.filename.startswith("xl/worksheets/"):
                with package.open(part) as sheet:
                    _refuse_sprawl(sheet, most)


def _refuse_sprawl(sheet: IO[bytes], most: int) -> None:
    tail = b""
    while chunk := sheet.read(CHUNK):
        text = tail + chunk
        for letters, digits in CORNER.findall(text):
            if len(letters) > 2 or int(digits) > most + SLACK:
                raise Refused.because("表格边上很远的地方还有内容，请删去名单以外的行和列后再导入")
        tail = text[-40:]


def _text(cell: object) -> str:
    """Return a cell as a person reads it: whole numbers without a point, days as 2026-03-02."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def head_of(found: Rows, wanted: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Return at which column each wanted thing stands, from the first row within ten that names at least two.

    `wanted` gives for each code the words a heading may have. Nothing is found: an empty dict.
    """
    for _, cells in islice(found, HEAD_ROWS):
        heads = [cell.replace(" ", "").rstrip("*＊") for cell in cells]
        places = {
            code: next(place for place, head in enumerate(heads) if head in words)
            for code, words in wanted.items()
            if any(head in words for head in heads)
        }
        if len(places) > 1:
            return places
    return {}
