"""An official document of a federation in the layout of GB/T 9704-2012, written as .docx (and .pdf where possible)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from docx.shared import Mm, Pt

from gongshu.core.base.chinese import full_date
from gongshu.core.papers import ink, pdf
from gongshu.core.papers.blocks import Attachment, Block, Part
from gongshu.core.papers.body import write_body
from gongshu.core.papers.imprint import write_imprint
from gongshu.core.papers.layout import read_layout
from gongshu.core.papers.sheet import Sheet
from gongshu.core.papers.titles import break_title

KEPT_WITH_SIGNATURE = 140  # characters: five lines
RED_RULE_MM = 0.7
MARK_LINE = 1.2  # line height of the mark in its size


@dataclass(frozen=True)
class OfficialPaper:
    """A document ready to be written; only title, body, signer and date are needed.

    `issuer_mark` is the red head (贵州省总工会文件; none without it), `number` the 发文字号 (text or a `Blank`),
    `approver` the 签发人 of a document to a higher body, `signer` the 署名, `copies_to` the 抄送, `note` the 附注.
    """

    kind: str
    title: str
    body: Sequence[Block]
    signer: str
    date: datetime.date
    issuer_mark: str = ""
    number: Part = ""
    approver: str = ""
    addressee: str = ""
    attachments: Sequence[Attachment] = ()
    copies_to: Sequence[str] = ()
    printed_by: str = ""
    printed_on: datetime.date | None = None
    note: str = ""

    def docx(self) -> bytes:
        """Return the document as a .docx file."""
        sheet = Sheet(read_layout(self.date))
        self._write_head(sheet)
        self._write_title(sheet)
        write_body(sheet, self.body)
        self._write_attachment_list(sheet)
        self._write_signature(sheet)
        self._write_attachments(sheet)
        if self.printed_by or self.copies_to:
            write_imprint(sheet, self.copies_to, self.printed_by, self.printed_on or self.date)
        self._describe(sheet)
        file = BytesIO()
        sheet.document.save(file)
        return file.getvalue()

    def to_pdf(self) -> bytes | None:
        """Return the document as .pdf; `None` where no LibreOffice is present or it fails."""
        return pdf.to_pdf(self.docx())

    def _write_head(self, sheet: Sheet) -> None:
        if not self.issuer_mark:
            return
        layout = sheet.layout
        size = layout.mark_size(self.issuer_mark)
        mark = sheet.text(self.issuer_mark, font=layout.mark_font, size=size, colour=layout.red)
        mark.alignment = ink.CENTRE
        ink.set_lines(mark, size * MARK_LINE)
        mark.paragraph_format.space_before = Mm(layout.mark_top)
        sheet.blank_lines(layout.lines_before_number)
        number = sheet.text("　" if self.approver else "", self.number)
        if self.approver:
            edge = Mm(layout.text_width) - Pt(layout.size)
            number.paragraph_format.tab_stops.add_tab_stop(edge, ink.RIGHT_TAB)
            sheet.dress(ink.write(number, "\t签发人："))
            sheet.dress(ink.write(number, self.approver), layout.level_fonts[1])
        else:
            number.alignment = ink.CENTRE
        ink.rule_below(number, RED_RULE_MM, colour=layout.red, gap=Mm(layout.rule_below_number).pt)

    def _write_title(self, sheet: Sheet) -> None:
        layout = sheet.layout
        sheet.blank_lines(layout.lines_before_title if self.issuer_mark else 0)
        longest = int(Mm(layout.text_width).pt // layout.title_size)
        for words in break_title(ink.printable(self.title), longest):
            line = sheet.text(words, font=layout.title_font, size=layout.title_size)
            line.alignment = ink.CENTRE
        sheet.blank_lines(layout.lines_before_addressee)
        if self.addressee:
            sheet.text(self.addressee.rstrip("：:") + "：")

    def _write_attachment_list(self, sheet: Sheet) -> None:
        if not self.attachments:
            return
        layout = sheet.layout
        sheet.blank_lines(layout.lines_before_attachments)
        label, is_many = "附件：", len(self.attachments) > 1
        for place, attachment in enumerate(self.attachments, start=1):
            number = f"{place}. " if is_many else ""
            start = label if place == 1 else "　" * len(label)
            line = sheet.text(f"{start}{number}{attachment.name}")
            hanging = ink.breadth(start + number)
            ink.indent(line, layout.size, left=layout.indent + hanging, hanging=hanging)

    def _write_signature(self, sheet: Sheet) -> None:
        layout = sheet.layout
        when = full_date(self.date.year, self.date.month, self.date.day)
        # some of the body stands on the page that is signed; a long paragraph would be moved there as a whole
        end = [line for line in sheet.document.paragraphs[-1:] if ink.breadth(line.text) <= KEPT_WITH_SIGNATURE]
        sheet.blank_lines(layout.lines_before_signature)
        for line in [*end, *sheet.document.paragraphs[-layout.lines_before_signature :]]:
            line.paragraph_format.keep_with_next = True
        centre = layout.date_right + ink.breadth(when) / 2
        for words, right in ((self.signer, centre - ink.breadth(self.signer) / 2), (when, layout.date_right)):
            line = sheet.text(words)
            line.alignment = ink.RIGHT
            ink.indent(line, layout.size, right=max(right, 0))
            line.paragraph_format.keep_with_next = words == self.signer
        if self.note:
            ink.indent(sheet.text(f"（{self.note}）"), layout.size, first=layout.indent)

    def _write_attachments(self, sheet: Sheet) -> None:
        layout = sheet.layout
        for place, attachment in enumerate(self.attachments, start=1):
            if not attachment.body:
                continue
            number = str(place) if len(self.attachments) > 1 else ""
            head = sheet.text(f"附件{number}", font=layout.level_fonts[0])
            head.paragraph_format.page_break_before = True
            sheet.blank_lines(1)
            longest = int(Mm(layout.text_width).pt // layout.title_size)
            for words in break_title(attachment.name, longest):
                sheet.text(words, font=layout.title_font, size=layout.title_size).alignment = ink.CENTRE
            sheet.blank_lines(1)
            write_body(sheet, attachment.body)

    def _describe(self, sheet: Sheet) -> None:
        properties = sheet.document.core_properties
        properties.title, properties.author = ink.printable(self.title), ink.printable(self.signer)
        properties.category, properties.language = self.kind, "zh-CN"
        properties.comments = properties.keywords = ""
