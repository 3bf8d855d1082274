"""PDF files that carry their text: lines joined to paragraphs again."""

import json
import re
import subprocess
import sys
from pathlib import Path

from gongshu.reading.formats.refusals import Unreadable

_PROGRAM = Path(__file__).with_name("pdf_words.py")
_PATIENCE = 60  # seconds; the program's own limit counts only what it works
_MOST_PAGES = 300
_MOST_CHARACTERS = 500_000
_REFUSALS = {
    "locked": "PDF 文件设了密码，请先去掉密码。",
    "pages": f"PDF 文件超过 {_MOST_PAGES} 页，请只上传正文。",
    "long": f"文件超过 {_MOST_CHARACTERS // 10_000} 万字，请拆分或只上传正文。",
    "broken": "PDF 文件已损坏，打不开。",
    "heavy": "PDF 文件内容过于复杂，读不出来，请另存为 .docx 或只上传正文。",
}
_HAN = re.compile(r"[㐀-鿿]")
_END = re.compile(r"[。！？!?：:；;”）)】》]\s*$")
_START = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]|附件"
    r"|第[一二三四五六七八九十]+[章条部])"
)
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－]\s*)?\d{1,4}(?:\s*[-—–－])?\s*|\s*第\s*\d+\s*页.{0,12}")
_FULL = 0.85


def from_pdf(source: bytes) -> str:
    """Return the text layer of a .pdf file; raise `Unreadable` where there is none or the file is locked or broken.

    It is read by another process, which may take so much memory and time and no more.
    """
    found = _words(source)
    if "refused" in found:
        raise Unreadable(_REFUSALS[found["refused"]])
    if not _HAN.search(found["text"]):
        raise Unreadable("PDF 文件没有文字层（可能是扫描件），请上传可复制文字的版本。")
    return _paragraphs(found["text"])


def _words(source: bytes) -> dict[str, str]:
    command = [sys.executable, "-I", str(_PROGRAM), str(_MOST_PAGES), str(_MOST_CHARACTERS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, input=source, capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return {"refused": "heavy"}
    if done.returncode != 0 or not done.stdout:
        return {"refused": "heavy"}
    answer: dict[str, str] = json.loads(done.stdout)
    return answer


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
