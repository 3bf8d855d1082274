"""A one-page A4 poster around a picture, as .docx (and .pdf where LibreOffice is): no font comes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.shared import Mm, Pt

from gongshu.core.papers import ink, pdf

A4 = (210, 297)
MARGIN = 22
TITLE_FONT, TEXT_FONT, WESTERN = "黑体", "仿宋", "Times New Roman"
RED = "B8141F"


@dataclass(frozen=True)
class Poster:
    """Title, a line above it, a square picture (PNG) of `picture_mm`, and lines below."""

    title: str
    above: str
    picture: bytes
    lines: Sequence[str]
    picture_mm: int = 105

    def docx(self) -> bytes:
        """Return the poster as a .docx file."""
        document = Document()
        section = document.sections[0]
        section.page_width, section.page_height = Mm(A4[0]), Mm(A4[1])
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
        self._line(document, self.above, TEXT_FONT, 26, space=8)
        self._line(document, self.title, TITLE_FONT, 46, colour=RED, space=10)
        holder = document.add_paragraph()
        holder.alignment = ink.CENTRE
        holder.add_run().add_picture(BytesIO(self.picture), width=Mm(self.picture_mm))
        for line in self.lines:
            self._line(document, line, TEXT_FONT, 20, space=6)
        file = BytesIO()
        document.save(file)
        return file.getvalue()

    def to_pdf(self) -> bytes | None:
        """Return the poster as .pdf; None where no LibreOffice is present or it fails."""
        return pdf.to_pdf(self.docx())

    def _line(self, document: object, text: str, font: str, size: float, *, colour: str = "", space: float = 0) -> None:
        line = document.add_paragraph()  # type: ignore[attr-defined]
        line.alignment = ink.CENTRE
        line.paragraph_format.space_after = Pt(space)
        ink.dress(ink.write(line, text), font, WESTERN, size, colour)
