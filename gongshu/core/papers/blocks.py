"""What an official document is made of: paragraphs, headings, tables and places left blank for a person to fill."""

from collections.abc import Sequence
from dataclasses import dataclass, field

LEVELS = 4


@dataclass(frozen=True, slots=True)
class Blank:
    """A place nobody could fill from the ledger; it is printed as a marked 【待填：reason】."""

    reason: str

    @property
    def text(self) -> str:
        """Return the words that are printed and highlighted."""
        return f"【待填：{self.reason}】"


Part = str | Blank


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; make one with `paragraph("截至6月底，建成", Blank("……"), "个。")`."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; the document gives its number (一、 （一） 1. （1）) unless `numbered` is off."""

    level: int
    text: str
    numbered: bool = True

    def __post_init__(self) -> None:
        """Refuse a level the standard does not know."""
        if not 1 <= self.level <= LEVELS:
            raise ValueError(f"标题层次应为1至{LEVELS}，现为{self.level}")


Cell = str | int | Blank


@dataclass(frozen=True, slots=True)
class Table:
    """A table as wide as the text. `widths` are weights; `ruled` is grid (网格) or three-line (三线).

    Whole numbers are set right with commas, everything else centred, or left in the columns named `wide`.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()
    caption: str = ""
    ruled: str = "grid"
    wide: frozenset[int] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the head."""
        if any(len(row) != len(self.head) for row in self.rows) or (self.widths and len(self.widths) != len(self.head)):
            raise ValueError("表格各行的列数应与表头一致")
        if self.ruled not in {"grid", "three-line"}:
            raise ValueError("表格线应为 grid 或 three-line")


Block = Paragraph | Heading | Table | Blank | str


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment named below the body; with a `body` it is printed too, on a page of its own."""

    name: str
    body: Sequence[Block] = ()


def paragraph(*parts: Part) -> Paragraph:
    """Return a paragraph of text and blanks."""
    return Paragraph(parts)
