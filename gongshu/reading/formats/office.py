"""Word documents: paragraphs and table rows in the order they stand."""

import io
import zipfile

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table, _Row

from gongshu.reading.formats.refusals import Unreadable

_MOST_ENTRIES = 2000
_MOST_UNPACKED = 100 * 1024 * 1024
_BROKEN = "Word 文件已损坏，打不开。"


def from_docx(source: bytes) -> str:
    """Return the text of a .docx file, a line a paragraph or table row; raise `Unreadable` for other archives."""
    _refuse_bombs(source)
    try:
        document = Document(io.BytesIO(source))
        lines = [line for part in document.iter_inner_content() for line in _lines(part)]
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise Unreadable(_BROKEN) from error
    return "\n".join(lines)


def _refuse_bombs(source: bytes) -> None:
    """Raise `Unreadable` for an archive that is no .docx or would unpack to far more than a document."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable(_BROKEN) from error
    if not any(entry.filename == "word/document.xml" for entry in entries):
        raise Unreadable("这是压缩包或其他 Office 文件，只能读 .docx、.pdf、.html 和 .txt。")
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise Unreadable("Word 文件解压后过大，请只上传正文。")


def _lines(part: object) -> list[str]:
    if isinstance(part, Table):
        return [_row(row) for row in part.rows]
    return [str(getattr(part, "text", ""))]


def _row(row: _Row) -> str:
    """Return a table row with bars between cells; a merged cell counts once."""
    cells: list[str] = []
    last = None
    for cell in row.cells:
        if cell._tc is not last:
            cells.append(" ".join(cell.text.split()))
        last = cell._tc
    return " | ".join(cells)
