"""What may be uploaded: the extension and the bytes must agree."""

from __future__ import annotations

import codecs
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from gongshu.core.base.problems import Refused

HEAD = 8192
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Check = Callable[[BinaryIO], bool]


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its media type and the check of its bytes."""

    media_type: str
    looks_right: Check


def starts_with(*signatures: bytes) -> Check:
    """Return a check of the first bytes."""

    def check(file: BinaryIO) -> bool:
        return file.read(16).startswith(signatures)

    return check


def is_pdf(file: BinaryIO) -> bool:
    """Whether a PDF header stands in the first 1,024 bytes, where readers look for it (ISO 32000-1 annex H.3)."""
    return b"%PDF-" in file.read(1024)


def office_with(part: str) -> Check:
    """Return a check for an Office Open XML package with the given main part and without macros."""

    def check(file: BinaryIO) -> bool:
        try:
            with zipfile.ZipFile(file) as package:
                names = set(package.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
        has_macros = any(name.endswith("vbaProject.bin") for name in names)
        return {"[Content_Types].xml", part} <= names and not has_macros

    return check


def is_text(file: BinaryIO) -> bool:
    """Whether the beginning reads as text in UTF-8, GB18030 or UTF-16 with its mark, without control characters."""
    head = file.read(HEAD)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decodes(head, "utf-16")
    return _decodes(head, "utf-8-sig") or _decodes(head, "gb18030")


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return not any(character < " " and character not in "\t\n\v\f\r\x1a\x1b" for character in text)


KINDS: dict[str, FileKind] = {
    ".pdf": FileKind("application/pdf", is_pdf),
    ".docx": FileKind(DOCX, office_with("word/document.xml")),
    ".xlsx": FileKind(XLSX, office_with("xl/workbook.xml")),
    ".csv": FileKind("text/csv", is_text),
    ".png": FileKind("image/png", starts_with(b"\x89PNG\r\n\x1a\n")),
    ".jpg": FileKind("image/jpeg", starts_with(b"\xff\xd8\xff")),
    ".jpeg": FileKind("image/jpeg", starts_with(b"\xff\xd8\xff")),
    ".txt": FileKind("text/plain", is_text),
    ".html": FileKind("text/html", is_text),
    ".htm": FileKind("text/html", is_text),
}
OLD_OFFICE = {".doc": ".docx", ".wps": ".docx", ".xls": ".xlsx", ".et": ".xlsx"}


def kind_of(name: str, file: BinaryIO) -> FileKind:
    """Return the kind of an upload from its extension, checked against its bytes; raises Refused with a sentence."""
    extension = "." + name.rpartition(".")[2].lower() if "." in name else ""
    if extension in OLD_OFFICE:
        raise Refused.because(f"“{name}”是旧格式，请另存为 {OLD_OFFICE[extension]} 后再上传")
    kind = KINDS.get(extension)
    if kind is None:
        raise Refused.because(f"“{name}”的类型不能上传；请用 PDF、.docx、.xlsx、.csv、图片、文本或网页文件")
    file.seek(0)
    if not kind.looks_right(file):
        raise Refused.because(f"“{name}”的内容与扩展名 {extension} 不符，或文件已损坏，请检查后重新上传")
    return kind
