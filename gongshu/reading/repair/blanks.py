"""Blank lines and blanks at the ends of lines, after everything else went."""

import re

from gongshu.reading.repair.draft import Edit

_RUN = re.compile(r"[^\S\t]+")


def blanks(text: str) -> list[Edit]:
    """Return the edits that leave one line break between paragraphs, none at the edges, and single blanks in between.

    Tabs stay: they part the cells of a row, and a cell may be empty.
    """
    edits: list[Edit] = []
    for m in _RUN.finditer(text):
        if m.start() == 0 or m.end() == len(text):
            edits.append(Edit(*m.span(), "", "blank", "删去首尾空白", quiet=True))
        elif "\n" in m[0] and m[0] != "\n":
            edits.append(Edit(*m.span(), "\n", "blank", "合并空行", quiet=True))
        elif len(m[0]) > 1:
            edits.append(Edit(*m.span(), " ", "blank", "合并空格", quiet=True))
    return edits
