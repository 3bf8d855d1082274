"""Workbooks to be filled in and sent back: headings, an example, and on a second sheet how to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from gongshu.core.base.columns import column_name
from gongshu.core.ui.workbook import Layout, Style, Workbook

WIDTH, ADVICE_WIDTHS = 24, (16, 90)  # characters
LAST_CHECKED = 10_001  # row; down to it cells have the list of words to choose from


@dataclass(frozen=True)
class Heading:
    """A column to be filled in: its label, an example, and the words to choose from if they are laid down."""

    label: str
    example: str = ""
    choices: Sequence[str] = ()


@dataclass(frozen=True)
class Blank:
    """A workbook to be filled in: the name of its sheet, the columns, and advice by label."""

    name: str
    headings: Sequence[Heading]
    advice: Sequence[tuple[str, str]] = ()

    def content(self) -> bytes:
        """Return the workbook. Cells are kept as text, so that no number loses its last digits or first noughts."""
        buffer = BytesIO()
        with Workbook(buffer) as book:
            with book.sheet(self.name, self._layout()) as page:
                page.row([each.label for each in self.headings], [Style.HEADING] * len(self.headings))
                if any(each.example for each in self.headings):
                    page.row([each.example for each in self.headings], [Style.QUIET] * len(self.headings))
            if self.advice:
                with book.sheet("填写说明", Layout(ADVICE_WIDTHS, is_frozen=False)) as page:
                    for label, words in self.advice:
                        page.row([label, words], [Style.HEADING, Style.WRAPPED])
        return buffer.getvalue()

    def _layout(self) -> Layout:
        number = len(self.headings)
        choices = [
            (f"{column_name(at)}2:{column_name(at)}{LAST_CHECKED}", each.choices)
            for at, each in enumerate(self.headings)
            if each.choices
        ]
        return Layout([WIDTH] * number, [Style.WORDS] * number, choices)
