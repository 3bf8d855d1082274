"""The measures of GB/T 9704 as the statutes hold them, read once for a document's date. Nothing is measured here."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import floor
from typing import Any

from gongshu.core.statutes.lookup import clause

STANDARD = "official-format"
# Where each measure stands: article and name of the value.
PLACES = {
    "page_width": ("5.1", "width_mm"),
    "page_height": ("5.1", "height_mm"),
    "top": ("5.2.1", "top_mm"),
    "left": ("5.2.1", "left_mm"),
    "text_width": ("5.2.1", "text_width_mm"),
    "text_height": ("5.2.1", "text_height_mm"),
    "lines": ("5.2.3", "lines"),
    "characters": ("5.2.3", "characters"),
    "pitch": ("line-pitch", "pitch_pt"),
    "font": ("5.2.2", "font"),
    "figures_font": ("5.2.2", "figures_font"),
    "size": ("5.2.2", "size_pt"),
    "small_size": ("5.2.2", "small_size_pt"),
    "mark_font": ("7.2.4", "font"),
    "mark_top": ("7.2.4", "from_text_top_mm"),
    "red": ("7.2.4", "colour"),
    "lines_before_number": ("7.2.5", "blank_lines_before"),
    "rule_below_number": ("7.2.7", "below_number_mm"),
    "title_font": ("7.3.1", "font"),
    "title_size": ("7.3.1", "size_pt"),
    "lines_before_title": ("7.3.1", "blank_lines_before"),
    "lines_before_addressee": ("7.3.2", "blank_lines_before"),
    "indent": ("7.3.3", "indent_characters"),
    "lines_before_attachments": ("7.3.4", "blank_lines_before"),
    "lines_before_signature": ("7.3.5", "blank_lines_before"),
    "date_right": ("7.3.5", "date_right_characters"),
    "thick_rule": ("7.4.1", "thick_mm"),
    "thin_rule": ("7.4.1", "thin_mm"),
    "page_number_font": ("7.5", "font"),
    "page_number_size": ("7.5", "size_pt"),
    "page_number_below": ("7.5", "below_text_mm"),
    "table_size": ("tables", "size_pt"),
    "table_pitch": ("tables", "line_pt"),
    "table_head_font": ("tables", "head_font"),
    "table_font": ("tables", "body_font"),
    "mark_largest": ("mark-size", "largest_pt"),
    "mark_smallest": ("mark-size", "smallest_pt"),
    "level_fonts": ("7.3.3", "level_fonts"),
}
MM_AN_INCH, POINTS_AN_INCH, TWENTIETHS = 25.4, 72, 20


@dataclass(frozen=True, slots=True)
class Layout:
    """Lengths in mm, font sizes and line pitch in points, blank lines and indents in lines and characters."""

    page_width: float
    page_height: float
    top: float
    left: float
    text_width: float
    text_height: float
    lines: int
    characters: int
    pitch: float
    font: str
    figures_font: str
    size: float
    small_size: float
    mark_font: str
    mark_top: float
    mark_largest: float
    mark_smallest: float
    red: str
    lines_before_number: int
    rule_below_number: float
    title_font: str
    title_size: float
    lines_before_title: int
    lines_before_addressee: int
    indent: int
    level_fonts: tuple[str, ...]
    lines_before_attachments: int
    lines_before_signature: int
    date_right: int
    thick_rule: float
    thin_rule: float
    page_number_font: str
    page_number_size: float
    page_number_below: float
    table_size: float
    table_pitch: float
    table_head_font: str
    table_font: str

    @property
    def right(self) -> float:
        """Return the right margin in mm."""
        return self.page_width - self.left - self.text_width

    @property
    def bottom(self) -> float:
        """Return the bottom margin in mm."""
        return self.page_height - self.top - self.text_height

    @property
    def closeness(self) -> float:
        """Return how much closer type of the body's size is set, in points, so that a line holds its characters.

        Twenty-eight characters of 16 points would be 448 points wide and the text is 442; type has twentieths.
        """
        room = self.text_width / MM_AN_INCH * POINTS_AN_INCH / self.characters - self.size
        return min(floor(room * TWENTIETHS) / TWENTIETHS, 0)

    def mark_size(self, mark: str) -> float:
        """Return the size in points at which an issuer's mark fits one line, within the allowed sizes."""
        fitting = self.text_width / MM_AN_INCH * POINTS_AN_INCH / max(len(mark), 1)
        return max(self.mark_smallest, min(self.mark_largest, int(fitting * 2) / 2))


def read_layout(on: date) -> Layout:
    """Return the layout in force on a day; raises `NoSuchClause` before the standard took effect."""
    found = {field: clause(STANDARD, article, on=on)[name] for field, (article, name) in PLACES.items()}
    values: dict[str, Any] = {
        field: float(value) if isinstance(value, Decimal) else value for field, value in found.items()
    }
    return Layout(**values)
