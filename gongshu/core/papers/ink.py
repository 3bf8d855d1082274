"""Small strokes on a python-docx document: fonts, exact lines, indents in characters, rules, frames, fields."""

import re
from collections.abc import Mapping

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from gongshu.core.papers.blocks import Blank, Part

CENTRE, LEFT, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
RIGHT_TAB = WD_TAB_ALIGNMENT.RIGHT
# The schema wants a paragraph's properties in this order.
AFTER_SNAP = ("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:outlineLvl", "w:rPr")
AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:overflowPunct", "w:snapToGrid", *AFTER_SNAP)
TWIPS_A_POINT = 20
EIGHTHS_A_POINT = 8
_UNPRINTABLE = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, **attributes: object) -> BaseOxmlElement:
    """Return a new `w:` element with `w:` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def printable(text: str) -> str:
    """Return the text without characters that no XML file may hold."""
    return _UNPRINTABLE.sub("", text)


def set_fonts(properties: BaseOxmlElement, east_asian: str, western: str) -> None:
    """Name the fonts in run properties; a theme font would win over a name, so none is left."""
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for name, font in (("ascii", western), ("hAnsi", western), ("eastAsia", east_asian), ("cs", western)):
        fonts.set(qn(f"w:{name}"), font)


def dress(run: Run, font: str, western: str, size: float, colour: str = "") -> None:
    """Give a run its fonts, size in points and colour (RRGGBB)."""
    set_fonts(run._element.get_or_add_rPr(), font, western)
    run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def set_close(run: Run, points: float) -> None:
    """Set a run's characters closer (negative) or wider by `points`."""
    properties = run._element.get_or_add_rPr()
    spacing = element("spacing", val=round(points * TWIPS_A_POINT))
    properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u")


def write(paragraph: DocxParagraph, part: Part) -> Run:
    """Add text, or a highlighted place to fill, to a paragraph."""
    if isinstance(part, Blank):
        run = paragraph.add_run(printable(part.text))
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        return run
    return paragraph.add_run(printable(part))


def set_lines(paragraph: DocxParagraph, pitch: float) -> None:
    """Set lines exactly `pitch` points apart, no space around, no widow control (it steals the last line)."""
    form = paragraph.paragraph_format
    form.line_spacing = Pt(pitch)
    form.space_before = form.space_after = Pt(0)
    form.widow_control = False
    properties = paragraph._element.get_or_add_pPr()
    for tag in ("overflowPunct", "snapToGrid"):  # the exact lines make the grid; big type would take two lines of it
        if properties.find(qn(f"w:{tag}")) is None:
            properties.insert_element_before(element(tag, val="0"), *AFTER_SNAP)


def indent(
    paragraph: DocxParagraph, size: float, *, first: float = 0, left: float = 0, right: float = 0, hanging: float = 0
) -> None:
    """Indent by characters of `size` points; written in both units, so that every program agrees."""
    made = paragraph._element.get_or_add_pPr().get_or_add_ind()
    for name, characters in (("firstLine", first), ("left", left), ("right", right), ("hanging", hanging)):
        if characters:
            made.set(qn(f"w:{name}Chars"), str(round(characters * 100)))
            made.set(qn(f"w:{name}"), str(round(characters * size * TWIPS_A_POINT)))


def rule_below(paragraph: DocxParagraph, thickness: float, *, colour: str, gap: float) -> None:
    """Draw a rule over the text's width below a paragraph; `thickness` in mm, `gap` in points."""
    borders = element("pBdr")
    borders.append(element("bottom", val="single", sz=_eighths(thickness), space=round(gap), color=colour))
    paragraph._element.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


def add_field(paragraph: DocxParagraph, code: str) -> list[Run]:
    """Add a field such as PAGE; returns its runs, to be dressed."""
    runs = [paragraph.add_run() for _ in range(3)]
    runs[0]._element.append(element("fldChar", fldCharType="begin"))
    instruction = element("instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    runs[1]._element.append(instruction)
    runs[2]._element.append(element("fldChar", fldCharType="end"))
    return runs


def breadth(text: str) -> float:
    """Return a text's width in full-width characters; ASCII counts half."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def rule_table(table: Table, thicknesses: Mapping[str, float]) -> None:
    """Draw a table's rules: thickness in mm by side (top, left, bottom, right, insideH, insideV)."""
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        if side in thicknesses:
            borders.append(element(side, val="single", sz=_eighths(thicknesses[side]), space=0, color="000000"))
    table._tbl.tblPr.append(borders)


def rule_under_cell(cell: _Cell, thickness: float) -> None:
    """Draw a rule under one cell, `thickness` in mm."""
    borders = element("tcBorders")
    borders.append(element("bottom", val="single", sz=_eighths(thickness), space=0, color="000000"))
    cell._tc.get_or_add_tcPr().insert_element_before(borders, "w:shd", "w:noWrap", "w:vAlign")


def set_table_width(table: Table, width: float) -> None:
    """Fix a table's width in mm, centred on the text."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    measure = table._tbl.tblPr.find(qn("w:tblW"))
    measure.set(qn("w:type"), "dxa")
    measure.set(qn("w:w"), str(round(Mm(width).pt * TWIPS_A_POINT)))


def _eighths(thickness: float) -> int:
    return max(2, int(Mm(thickness).pt * EIGHTHS_A_POINT + 0.5))
