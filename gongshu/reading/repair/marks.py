"""Invisible characters, broken entities and odd blanks that web and print chains leave behind."""

import html
import re
from html.entities import html5

from gongshu.reading.repair.draft import Edit

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]+")
_BLANK = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]+")
_WIDE = re.compile("[ \u3000]{3,}|(?:^|(?<=\n))[\t \u3000]+")
_MANY_LINES = re.compile("\n{3,}")
_NEWLINE = re.compile("\r\n?|\u2028|\u2029|\x0c|\u0085")
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z]{2,10});")
_TAG = re.compile(
    r"</?(?:br|p|div|span|strong|b|font|td|tr|table|tbody|img|a|em|center|section|o:p)\b[^<>\n]{0,300}>",
    re.IGNORECASE,
)
_BREAKING = re.compile(r"</?(?:br|p|div|tr|table|section)\b", re.IGNORECASE)
_PIPE_ROW = re.compile(r"^[ \t]*[|｜][^\n]*[|｜][^\n]*[|｜]", re.MULTILINE)


def marks(text: str) -> list[Edit]:
    """Return the edits that take out what no reader sees and write out what a browser would have shown."""
    edits = [Edit(*m.span(), "", "invisible", "删去不可见字符") for m in _INVISIBLE.finditer(text)]
    edits += [Edit(*m.span(), "\n", "newline", "统一换行") for m in _NEWLINE.finditer(text)]
    edits += [Edit(*m.span(), " ", "blank", "统一空格") for m in _BLANK.finditer(text)]
    edits += [Edit(*m.span(), " ", "blank", "合并空格", quiet=True) for m in _WIDE.finditer(text)]
    edits += [Edit(*m.span(), "\n\n", "blank", "合并空行", quiet=True) for m in _MANY_LINES.finditer(text)]
    edits += _tags(text)
    for m in _ENTITY.finditer(text):
        shown = _shown(m[0])
        if shown:
            edits.append(Edit(*m.span(), " " if shown == "\u00a0" else shown, "entity", "还原网页转义字符"))
    return edits


def _shown(entity: str) -> str:
    """Return the character an entity stands for; nothing for a name HTML does not know."""
    return html.unescape(entity) if entity[1] == "#" else html5.get(entity[1:], "")


def _tags(text: str) -> list[Edit]:
    """Return the edits of left-over tags; a break inside a cell of a pipe table keeps the row on its line."""
    rows = [m.span() for m in _PIPE_ROW.finditer(text)] if "<" in text else []
    return [_tag(m, any(start <= m.start() < end for start, end in rows)) for m in _TAG.finditer(text)]


def _tag(m: re.Match[str], in_row: bool) -> Edit:
    after = (" " if in_row else "\n") if _BREAKING.match(m[0]) else ""
    return Edit(*m.span(), after, "tag", "删去残留的网页标签")
