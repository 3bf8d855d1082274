"""Reading comma- or tab-separated text, in whichever encoding it was saved."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass

from gongshu.core.base.problems import Problem, Refused
from gongshu.core.files.sheets.lines import Limits, Lines, Source

PIECE = 1 << 20
ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",\t;"
LONGEST_CELL = 10_000


@dataclass(frozen=True)
class Text:
    """How a text is written: encoding, delimiter, and how many lines it has."""

    encoding: str
    delimiter: str
    lines: int


def look_over(source: Source, limits: Limits) -> Text:
    """Return how a text is written; raises Refused when no encoding fits, naming the line."""
    with source() as file:
        is_wide = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encodings = ("utf-16",) if is_wide else ENCODINGS
    worst = 0
    for encoding in encodings:
        bad, count = _fits(source, encoding)
        if not bad:
            if count > limits.rows + limits.heading:
                raise Refused.because(limits.thing + limits.too_many)
            return Text(encoding, _delimiter(source, encoding), count)
        worst = max(worst, bad)
    raise Refused(
        [Problem("有无法识别的文字，文件可能不是文本，或者编码混杂。请在 Excel 里另存为 .xlsx 后再上传", row=worst)]
    )


def _fits(source: Source, encoding: str) -> tuple[int, int]:
    """Return the line where an encoding does not fit (0 when it does), and the number of lines."""
    decoder = codecs.getincrementaldecoder(encoding)()
    count = 1
    with source() as file:
        while piece := file.read(PIECE):
            try:
                words = decoder.decode(piece)
            except UnicodeDecodeError as error:
                return count + piece.count(b"\n", 0, error.start), count
            if "\0" in words:
                return count + words.count("\n", 0, words.index("\0")), count
            count += words.count("\n")
        try:
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return count, count
    return 0, count


def _delimiter(source: Source, encoding: str) -> str:
    with io.TextIOWrapper(source(), encoding=encoding, newline="") as file:
        head = file.read(4096)
    first = max(head.splitlines()[:5], key=lambda line: max(line.count(one) for one in DELIMITERS), default="")
    return max(DELIMITERS, key=first.count)


def lines(source: Source, text: Text, limits: Limits) -> Lines:
    """Yield number and cells of each line that is not empty; raises Refused where quotes do not pair."""
    csv.field_size_limit(LONGEST_CELL)
    with io.TextIOWrapper(source(), encoding=text.encoding, newline="") as file:
        rows = csv.reader(file, delimiter=text.delimiter, strict=True)
        try:
            for row in rows:
                cells = [cell.strip() for cell in row[: limits.columns_kept]]
                if any(cells):
                    yield rows.line_num, cells
        except csv.Error as error:
            words = "引号不成对，或者一格里的字太多。请在 Excel 里打开检查，另存为 .xlsx 后再上传"
            raise Refused([Problem(words, row=rows.line_num)]) from error
