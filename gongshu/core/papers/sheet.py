"""A blank sheet after GB/T 9704: margins, grid, default fonts, page numbers."""

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from gongshu.core.papers import ink
from gongshu.core.papers.blocks import Part
from gongshu.core.papers.layout import Layout

WORD_VERSION = "15"  # 2013 and later: opens without "compatibility mode"
LINE_HEIGHT = 1.2  # of a font's size: half of it lies above the dash of the page number


class Sheet:
    """A document under way: the python-docx document and the layout it follows."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.document: DocxDocument = Document()
        self._set_defaults()
        self._set_page(self.document.sections[0])
        self._set_page_numbers(self.document.sections[0])

    def line(self, pitch: float = 0) -> DocxParagraph:
        """Add an empty line of the body, `pitch` points high when given."""
        paragraph = self.document.add_paragraph()
        ink.set_lines(paragraph, pitch or self.layout.pitch)
        return paragraph

    def blank_lines(self, count: int) -> None:
        """Add empty lines."""
        for _ in range(count):
            self.line()

    def text(self, *parts: Part, font: str = "", size: float = 0, colour: str = "") -> DocxParagraph:
        """Add a line with text in one font, the body's by default."""
        paragraph = self.line()
        for part in parts:
            self.dress(ink.write(paragraph, part), font, size, colour)
        return paragraph

    def dress(self, run: Run, font: str = "", size: float = 0, colour: str = "") -> None:
        """Give a run a font, the body's by default; type of the body's size is set close enough to fill the lines."""
        layout = self.layout
        ink.dress(run, font or layout.font, layout.figures_font, size or layout.size, colour)
        if size in {0, layout.size}:
            ink.set_close(run, layout.closeness)

    def _set_defaults(self) -> None:
        layout = self.layout
        styles = self.document.styles
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        ink.set_fonts(defaults, layout.font, layout.figures_font)
        language = defaults.find(qn("w:lang"))
        language.set(qn("w:eastAsia"), "zh-CN")
        normal = styles["Normal"]
        ink.set_fonts(normal.element.get_or_add_rPr(), layout.font, layout.figures_font)
        normal.font.size = Pt(layout.size)
        form = normal.paragraph_format
        form.line_spacing, form.widow_control = Pt(layout.pitch), False
        form.space_before = form.space_after = Pt(0)
        settings = self.document.settings.element
        for control in settings.findall(qn("w:characterSpacingControl")):
            control.set(qn("w:val"), "doNotCompress")
        for setting in settings.iter(qn("w:compatSetting")):
            if setting.get(qn("w:name")) == "compatibilityMode":
                setting.set(qn("w:val"), WORD_VERSION)

    def _set_page(self, section: Section) -> None:
        layout = self.layout
        section.page_width, section.page_height = Mm(layout.page_width), Mm(layout.page_height)
        section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
        section.left_margin, section.right_margin = Mm(layout.left), Mm(layout.right)
        half_line = Pt(layout.page_number_size * LINE_HEIGHT / 2).mm
        section.footer_distance = Mm(layout.bottom - layout.page_number_below - half_line)
        section.header_distance = Mm(0)
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        pitch = round(layout.pitch * ink.TWIPS_A_POINT)
        section._sectPr.append(ink.element("docGrid", type="lines", linePitch=pitch))

    def _set_page_numbers(self, section: Section) -> None:
        self.document.settings.odd_and_even_pages_header_footer = True
        for footer, is_odd in ((section.footer, True), (section.even_page_footer, False)):
            paragraph = footer.paragraphs[0]
            paragraph.alignment = ink.RIGHT if is_odd else ink.LEFT
            size = self.layout.page_number_size
            ink.set_lines(paragraph, size * LINE_HEIGHT)
            ink.indent(paragraph, size, right=int(is_odd), left=int(not is_odd))
            runs = [paragraph.add_run("— "), *ink.add_field(paragraph, "PAGE"), paragraph.add_run(" —")]
            for run in runs:
                ink.dress(run, self.layout.page_number_font, self.layout.page_number_font, size)
