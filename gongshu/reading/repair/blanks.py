"""Blank lines and blanks at the ends of lines, after everything else went."""

import re

from gongshu.reading.repair.draft import Edit

_BLANK_LINES = re.compile(r"\s*\n\s*")
_EDGES = re.compile(r"\A\s+|\s+\Z")
_RUN = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")


def blanks(text: str) -> list[Edit]:
    """Return the edits that leave one line break between paragraphs and none at the edges."""
    edits = [Edit(*m.span(), "", "blank", "删去首尾空白", quiet=True) for m in _EDGES.finditer(text)]
    edits += [
        Edit(*m.span(), "\n", "blank", "合并空行", quiet=True)
        for m in _BLANK_LINES.finditer(text)
        if m[0] != "\n"
    ]
    edits += [Edit(*m.span(), " ", "blank", "合并空格", quiet=True) for m in _RUN.finditer(text)]
    return edits
