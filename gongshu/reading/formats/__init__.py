"""From the bytes of a file to its text: plain text, web page, .docx, .pdf; a clear refusal for everything else."""

import re
from collections.abc import Callable

from gongshu.reading.formats.encodings import decode
from gongshu.reading.formats.markup import from_html, looks_like_html
from gongshu.reading.formats.office import from_docx
from gongshu.reading.formats.portable import from_pdf
from gongshu.reading.formats.refusals import Unreadable
from gongshu.reading.limits import MOST_BYTES, MOST_CHARACTERS

__all__ = ["MOST_BYTES", "MOST_CHARACTERS", "Unreadable", "text_of"]

_HAN = re.compile(r"[㐀-䶿一-鿿]+")
_OTHERS = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_FEWEST_HAN = 8
_SHARE_OF_HAN = 0.2
_SHARE_OF_OTHERS = 0.1

_SIGNATURES: tuple[tuple[bytes, Callable[[bytes], str]], ...] = (
    (b"%PDF-", from_pdf),
    (b"PK\x03\x04", from_docx),
)
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "这是旧版 Office 文件（.doc、.xls、.ppt），请另存为 .docx 后再上传。"),
    (b"\x89PNG", "这是图片，没有可读的文字，请上传文字版。"),
    (b"\xff\xd8\xff", "这是图片，没有可读的文字，请上传文字版。"),
    (b"GIF8", "这是图片，没有可读的文字，请上传文字版。"),
    (b"Rar!", "这是压缩包，请解压后上传其中的文件。"),
    (b"7z\xbc\xaf", "这是压缩包，请解压后上传其中的文件。"),
    (b"\x1f\x8b", "这是压缩包，请解压后上传其中的文件。"),
    (b"{\\rtf", "这是 RTF 文件，请另存为 .docx 或 .txt 后再上传。"),
)


def text_of(source: bytes | str, name: str = "") -> str:
    """Return the text of a document; `name` (a file name) only helps to tell a web page.

    Raises `Unreadable` with a Chinese sentence for what is empty, binary, too large, garbled or not Chinese.
    """
    if len(source) > MOST_BYTES:
        raise Unreadable(f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请拆分或只上传正文。")
    text = source if isinstance(source, str) else _from_bytes(source, name)
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"文件超过 {MOST_CHARACTERS // 10_000} 万字，请拆分或只上传正文。")
    _refuse_foreign(text)
    return text


def _from_bytes(source: bytes, name: str) -> str:
    head = source[:8]
    for signature, extract in _SIGNATURES:
        if head.startswith(signature):
            return extract(source)
    for signature, sentence in _REFUSED:
        if head.startswith(signature):
            raise Unreadable(sentence)
    text = decode(source)
    return from_html(text) if looks_like_html(text, name) else text


def _refuse_foreign(text: str) -> None:
    """Raise `Unreadable` for a text that is empty or not Chinese."""
    if not text.strip():
        raise Unreadable("文件是空的，没有可读的文字。")
    han = sum(map(len, _HAN.findall(text)))
    others = len(_OTHERS.findall(text))
    if han >= max(_FEWEST_HAN, _SHARE_OF_HAN * len(text)) and not others:
        return  # whatever the other characters are
    letters = sum(map(str.isalpha, text))
    if han < _FEWEST_HAN or han < _SHARE_OF_HAN * letters or others > _SHARE_OF_OTHERS * letters:
        raise Unreadable("文中几乎没有汉字，只能读中文文件。")
