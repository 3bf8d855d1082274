"""Write the blocks of a body onto a sheet."""

from collections.abc import Sequence

from docx.shared import Mm
from docx.table import Table as DocxTable
from docx.table import _Cell as DocxCell

from gongshu.core.base.chinese import to_chinese
from gongshu.core.papers import ink
from gongshu.core.papers.blocks import LEVELS, Blank, Block, Cell, Heading, Paragraph, Table
from gongshu.core.papers.sheet import Sheet

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


def write_table(sheet: Sheet, table: Table) -> None:
    """Write a table with its head repeated on every page and no row broken over two."""
    if table.caption:
        caption = sheet.text(table.caption, font=sheet.layout.table_head_font, size=sheet.layout.table_size)
        caption.alignment = ink.CENTRE
        caption.paragraph_format.keep_with_next = True
    made = sheet.document.add_table(rows=0, cols=len(table.head))
    _set_columns(sheet, made, table)
    _add_row(sheet, made, table, tuple(table.head), is_head=True)
    for row in table.rows:
        _add_row(sheet, made, table, row)
    _draw_rules(sheet, made, table.ruled)
    sheet.line(pitch=sheet.layout.table_pitch)


def _set_columns(sheet: Sheet, made: DocxTable, table: Table) -> None:
    ink.set_table_width(made, sheet.layout.text_width)
    weights = table.widths or [1] * len(table.head)
    for column, weight in zip(made.columns, weights, strict=True):
        column.width = Mm(sheet.layout.text_width * weight / sum(weights))


def _add_row(sheet: Sheet, made: DocxTable, table: Table, cells: Sequence[Cell], *, is_head: bool = False) -> None:
    row = made.add_row()  # type: ignore[no-untyped-call]
    properties = row._tr.get_or_add_trPr()
    properties.append(ink.element("cantSplit"))
    if is_head:
        properties.append(ink.element("tblHeader"))
    for place, (box, cell) in enumerate(zip(row.cells, cells, strict=True)):
        box.width = made.columns[place].width
        _fill_cell(sheet, box, cell, is_head=is_head, is_wide=place in table.wide)


def _fill_cell(sheet: Sheet, box: DocxCell, cell: Cell, *, is_head: bool, is_wide: bool) -> None:
    layout = sheet.layout
    properties = box._tc.get_or_add_tcPr()
    properties.append(ink.element("vAlign", val="center"))
    line = box.paragraphs[0]
    ink.set_lines(line, layout.table_pitch)
    run = ink.write(line, f"{cell:,}" if isinstance(cell, int) else cell)
    sheet.dress(run, layout.table_head_font if is_head else layout.table_font, layout.table_size)
    if is_head:
        line.alignment = ink.CENTRE
    elif isinstance(cell, int):
        line.alignment = ink.RIGHT
    else:
        line.alignment = ink.LEFT if is_wide else ink.CENTRE


def _draw_rules(sheet: Sheet, made: DocxTable, ruled: str) -> None:
    thick, thin = sheet.layout.thick_rule, sheet.layout.thin_rule
    if ruled == "grid":
        inner = dict.fromkeys(("left", "right", "insideH", "insideV"), thin)
        ink.rule_table(made, {"top": thick, "bottom": thick, **inner})
        return
    ink.rule_table(made, {"top": thick, "bottom": thick})
    for box in made.rows[0].cells:
        ink.rule_under_cell(box, thin)
