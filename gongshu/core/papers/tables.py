"""Write tables. A cell of each kind is dressed once and then copied: a province's table has hundreds of them."""

from copy import deepcopy

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table as DocxTable

from gongshu.core.papers import ink
from gongshu.core.papers.blocks import Blank, Cell, Table
from gongshu.core.papers.sheet import Sheet

Kind = tuple[int, str, bool]  # column, how it is set, whether it is a blank


def write_table(sheet: Sheet, table: Table) -> None:
    """Write a table with its head repeated on every page and no row broken over two."""
    layout = sheet.layout
    if table.caption:
        caption = sheet.text(table.caption, font=layout.table_head_font, size=layout.table_size)
        caption.alignment = ink.CENTRE
        caption.paragraph_format.keep_with_next = True
    made = sheet.document.add_table(rows=0, cols=len(table.head))
    ink.set_table_width(made, layout.text_width)
    weights = table.widths or [1] * len(table.head)
    for column, weight in zip(made.columns, weights, strict=True):
        column.width = Mm(layout.text_width * weight / sum(weights))
    cells = _Cells(sheet, made, table)
    made._tbl.append(_row([cells.make(place, cell, is_head=True) for place, cell in enumerate(table.head)]))
    made._tbl[-1].trPr.append(ink.element("tblHeader"))
    for row in table.rows:
        made._tbl.append(_row([cells.make(place, cell) for place, cell in enumerate(row)]))
    _draw_rules(sheet, made, table.ruled)
    sheet.line(pitch=layout.table_pitch)


def _row(cells: list[BaseOxmlElement]) -> BaseOxmlElement:
    row = ink.element("tr")
    properties = ink.element("trPr")
    properties.append(ink.element("cantSplit"))
    row.append(properties)
    row.extend(cells)
    return row


class _Cells:
    """Makes the cells of one table, each kind dressed once."""

    def __init__(self, sheet: Sheet, made: DocxTable, table: Table) -> None:
        self._sheet, self._made, self._table = sheet, made, table
        self._patterns: dict[Kind, BaseOxmlElement] = {}

    def make(self, place: int, cell: Cell, *, is_head: bool = False) -> BaseOxmlElement:
        """Return a new cell for a column with its words."""
        how = "head" if is_head else self._setting(place, cell)
        kind = (place, how, isinstance(cell, Blank))
        if kind not in self._patterns:
            self._patterns[kind] = self._dress(kind)
        made = deepcopy(self._patterns[kind])
        words = next(made.iter(qn("w:t")))
        words.text = ink.printable(_words(cell))
        words.set(qn("xml:space"), "preserve")
        return made

    def _setting(self, place: int, cell: Cell) -> str:
        if isinstance(cell, int):
            return "figure"
        return "wide" if place in self._table.wide else "narrow"

    def _dress(self, kind: Kind) -> BaseOxmlElement:
        place, how, is_blank = kind
        layout = self._sheet.layout
        row = self._made.add_row()  # type: ignore[no-untyped-call]
        box = row.cells[place]
        box.width = self._made.columns[place].width
        box._tc.get_or_add_tcPr().append(ink.element("vAlign", val="center"))
        line = box.paragraphs[0]
        ink.set_lines(line, layout.table_pitch)
        run = ink.write(line, Blank("") if is_blank else "　")
        self._sheet.dress(run, layout.table_head_font if how == "head" else layout.table_font, layout.table_size)
        line.alignment = {"figure": ink.RIGHT, "wide": ink.LEFT}.get(how, ink.CENTRE)
        self._made._tbl.remove(row._tr)
        dressed: BaseOxmlElement = box._tc
        return dressed


def _words(cell: Cell) -> str:
    if isinstance(cell, Blank):
        return cell.text
    return f"{cell:,}" if isinstance(cell, int) else " ".join(cell.split("\n"))


def _draw_rules(sheet: Sheet, made: DocxTable, ruled: str) -> None:
    thick, thin = sheet.layout.thick_rule, sheet.layout.thin_rule
    if ruled == "grid":
        inner = dict.fromkeys(("left", "right", "insideH", "insideV"), thin)
        ink.rule_table(made, {"top": thick, "bottom": thick, **inner})
        return
    ink.rule_table(made, {"top": thick, "bottom": thick})
    for box in made.rows[0].cells:
        ink.rule_under_cell(box, thin)
