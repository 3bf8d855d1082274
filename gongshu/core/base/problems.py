"""Problems and refusals: how the system says no, with a sentence a cadre understands and the clause that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Citation(Protocol):
    """What a refusal rests on: a readable place in a law or decision, and how sure we are of it (L A B C M)."""

    @property
    def label(self) -> str:
        """Return e.g. 《中华人民共和国工会法》第十二条."""

    @property
    def grade(self) -> str:
        """Return the grade; C and M show 待核实."""


@dataclass(frozen=True)
class Problem:
    """One reason for a no: a plain Chinese sentence, the clause it rests on, the form field or file row it is about."""

    message: str
    clause: Citation | None = None
    field: str = ""
    row: int | None = None

    def __str__(self) -> str:
        """Return the sentence with its row and clause."""
        row = f"第{self.row}行：" if self.row is not None else ""
        clause = f"（{self.clause.label}）" if self.clause else ""
        return f"{row}{self.message}{clause}"


class Refused(Exception):
    """An action says no; `problems` says why, never empty."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("；".join(str(p) for p in problems))
        self.problems = list(problems)

    @classmethod
    def because(cls, message: str, clause: Citation | None = None, field: str = "") -> Refused:
        """Return a refusal with one problem."""
        return cls([Problem(message, clause, field)])


def refuse_if(problems: Sequence[Problem]) -> None:
    """Raise `Refused` when there is any problem."""
    if problems:
        raise Refused(problems)
