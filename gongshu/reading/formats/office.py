"""Word documents: paragraphs and table rows in the order they stand."""

import io
import zipfile
from collections.abc import Iterator
from itertools import islice

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table, _Row

from gongshu.reading.formats.refusals import Unreadable

_MOST_ENTRIES = 2000
_MOST_UNPACKED = 60 * 1024 * 1024  # pictures
_MOST_XML = 12 * 1024 * 1024  # is parsed as a whole; a hundred pages are two to four
_MOST_LINES, _MOST_CELLS = 20_000, 50_000
_TOO_LARGE = "Word 文件解压后过大，请只上传正文。"
_BROKEN = "Word 文件已损坏，打不开。"


def from_docx(source: bytes) -> str:
    """Return the text of a .docx file, a line a paragraph or table row; raise `Unreadable` for other archives."""
    _refuse_bombs(source)
    lines = _read(source)
    if len(lines) > _MOST_LINES:
        raise Unreadable(_TOO_LARGE)
    return "\n".join(lines)


def _read(source: bytes) -> list[str]:
    """Return the lines, one more than is taken where there are more, or where there are far too many table cells."""
    try:
        document = Document(io.BytesIO(source))
        if len(document.element.body.xpath(".//w:tc")) > _MOST_CELLS:
            return [""] * (_MOST_LINES + 1)
        found = (line for part in document.iter_inner_content() for line in _lines(part))
        return list(islice(found, _MOST_LINES + 1))
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise Unreadable(_BROKEN) from error


def _refuse_bombs(source: bytes) -> None:
    """Raise `Unreadable` for an archive that is no .docx or would unpack to far more than a document."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable(_BROKEN) from error
    if not any(entry.filename == "word/document.xml" for entry in entries):
        raise Unreadable("这是压缩包或其他 Office 文件，只能读 .docx、.pdf、.html 和 .txt。")
    whole = sum(entry.file_size for entry in entries)
    parsed = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if len(entries) > _MOST_ENTRIES or whole > _MOST_UNPACKED or parsed > _MOST_XML:
        raise Unreadable(_TOO_LARGE)


def _lines(part: object) -> Iterator[str]:
    if isinstance(part, Table):
        yield from (_row(row) for row in part.rows)
    else:
        yield str(getattr(part, "text", ""))


def _row(row: _Row) -> str:
    """Return a table row with bars between cells; a merged cell counts once."""
    cells: list[str] = []
    last = None
    for cell in row.cells:
        if cell._tc is not last:
            cells.append(" ".join(cell.text.split()))
        last = cell._tc
    return " | ".join(cells)
