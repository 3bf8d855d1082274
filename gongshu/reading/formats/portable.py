"""PDF files that carry their text: lines joined to paragraphs again."""

import io
import re

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from gongshu.reading.formats.refusals import Unreadable

_MOST_PAGES = 300
_HAN = re.compile(r"[㐀-鿿]")
_END = re.compile(r"[。！？!?：:；;”）)】》]\s*$")
_START = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]|附件"
    r"|第[一二三四五六七八九十]+[章条部])"
)
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－]\s*)?\d{1,4}(?:\s*[-—–－])?\s*|\s*第\s*\d+\s*页.{0,12}")
_FULL = 0.85


def from_pdf(source: bytes) -> str:
    """Return the text layer of a .pdf file; raise `Unreadable` where there is none or the file is locked or broken."""
    try:
        reader = PdfReader(io.BytesIO(source))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("PDF 文件设了密码，请先去掉密码。")
        if len(reader.pages) > _MOST_PAGES:
            raise Unreadable(f"PDF 文件超过 {_MOST_PAGES} 页，请只上传正文。")
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise Unreadable("PDF 文件已损坏，打不开。") from error
    if not _HAN.search(text):
        raise Unreadable("PDF 文件没有文字层（可能是扫描件），请上传可复制文字的版本。")
    return _paragraphs(text)


def _paragraphs(text: str) -> str:
    """Join lines that reach the right edge with the next one; leave out page numbers."""
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line and not _PAGE_NUMBER.fullmatch(line)]
    full = _FULL * max((len(line) for line in lines), default=0)
    joined: list[str] = []
    open_ended = False
    for line in lines:
        if open_ended and not _START.match(line):
            joined[-1] += line
        else:
            joined.append(line)
        open_ended = len(line) >= full and not _END.search(line)
    return "\n".join(joined)
