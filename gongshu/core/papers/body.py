"""Write the blocks of a body onto a sheet."""

from collections.abc import Sequence

from gongshu.core.base.chinese import to_chinese
from gongshu.core.papers import ink
from gongshu.core.papers.blocks import LEVELS, Blank, Block, Heading, Paragraph, Table
from gongshu.core.papers.sheet import Sheet
from gongshu.core.papers.tables import write_table

NUMBERING = ("{chinese}、", "（{chinese}）", "{arabic}. ", "（{arabic}）")


class Numbering:
    """Counts headings: a heading of one level starts the deeper ones anew."""

    def __init__(self) -> None:
        self._counts = [0] * LEVELS

    def next(self, level: int) -> str:
        """Return the number of the next heading of a level: 一、 （一） 1. （1）."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (LEVELS - level)
        count = self._counts[level - 1]
        return NUMBERING[level - 1].format(chinese=to_chinese(count), arabic=count)


def write_body(sheet: Sheet, blocks: Sequence[Block]) -> None:
    """Write the blocks in order, numbering the headings."""
    numbering = Numbering()
    for block in blocks:
        if isinstance(block, Table):
            write_table(sheet, block)
        elif isinstance(block, Heading):
            _write_heading(sheet, block, numbering)
        else:
            _write_paragraph(sheet, block)


def _write_paragraph(sheet: Sheet, block: Paragraph | Blank | str) -> None:
    parts = block.parts if isinstance(block, Paragraph) else (block,)
    line = sheet.text(*parts)
    line.alignment = ink.BOTH
    ink.indent(line, sheet.layout.size, first=sheet.layout.indent)


def _write_heading(sheet: Sheet, heading: Heading, numbering: Numbering) -> None:
    number = numbering.next(heading.level) if heading.numbered else ""
    line = sheet.text(number + heading.text, font=sheet.layout.level_fonts[heading.level - 1])
    line.paragraph_format.keep_with_next = True
    ink.indent(line, sheet.layout.size, first=sheet.layout.indent)
