"""The 版记: copies and printing office, in a floating table at the foot of the last page."""

from collections.abc import Sequence
from datetime import date

from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from gongshu.core.base.chinese import full_date
from gongshu.core.papers import ink
from gongshu.core.papers.layout import Layout
from gongshu.core.papers.sheet import Sheet

LINE = 24.0  # points; the standard gives no pitch for the 版记
COPIES = "抄送："


def write_imprint(sheet: Sheet, copies_to: Sequence[str], printed_by: str, printed_on: date) -> None:
    """Write 抄送 and 印发 between a thick rule above, a thin one between and a thick one below."""
    layout = sheet.layout
    made = sheet.document.add_table(rows=0, cols=1)
    if copies_to:
        line = _add_line(sheet, made, f"{COPIES}{'，'.join(copies_to)}。")
        ink.indent(line, layout.small_size, left=1 + len(COPIES), right=1, hanging=len(COPIES))
    if printed_by:
        when = full_date(printed_on.year, printed_on.month, printed_on.day)
        line = _add_line(sheet, made, f"{printed_by}\t{when}印发")
        ink.indent(line, layout.small_size, left=1)
        edge = Mm(layout.text_width) - Pt(layout.small_size)
        line.paragraph_format.tab_stops.add_tab_stop(edge, ink.RIGHT_TAB)
    ink.set_table_width(made, layout.text_width)
    ink.rule_table(made, {"top": layout.thick_rule, "bottom": layout.thick_rule, "insideH": layout.thin_rule})
    _float_to_foot(made, layout)
    ink.set_lines(sheet.line(), 1)  # the table floats beside the paragraph that follows it


def _add_line(sheet: Sheet, made: DocxTable, text: str) -> DocxParagraph:
    box = made.add_row().cells[0]  # type: ignore[no-untyped-call]
    box.width = Mm(sheet.layout.text_width)
    line: DocxParagraph = box.paragraphs[0]
    ink.set_lines(line, LINE)
    sheet.dress(ink.write(line, text), size=sheet.layout.small_size)
    return line


def _float_to_foot(made: DocxTable, layout: Layout) -> None:
    properties = made._tbl.tblPr
    edge = round(Mm(layout.left).pt * ink.TWIPS_A_POINT)  # from the page's edge: else LibreOffice floats no full width
    place = ink.element("tblpPr", vertAnchor="margin", horzAnchor="page", tblpX=edge, tblpYSpec="bottom")
    properties.find(qn("w:tblW")).addprevious(place)
    margins = ink.element("tblCellMar")
    for side in ("left", "right"):
        margins.append(ink.element(side, w=0, type="dxa"))
    properties.append(margins)
