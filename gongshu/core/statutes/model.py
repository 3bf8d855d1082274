"""Instruments (laws, decisions, standards) and their clauses as dated data. Pure Python; one TOML file an instrument.

Grades: L the full text was read · A original publisher · B mirror · C hint only · M from memory, or our own default.
A clause graded C or M is shown with 待核实 wherever it is applied.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gongshu.core.base.chinese import to_chinese

GRADES = {"L": "已读全文", "A": "原发布处", "B": "转载", "C": "线索，待核实", "M": "待核实"}
UNCHECKED = frozenset("CM")

Value = int | Decimal | Fraction | str | bool | tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """One law, decision or standard; `number` is its 文号, `edition` the amendment, `source` where it was read."""

    id: str
    title: str
    issuer: str
    checked_on: date
    grade: str
    edition: str = ""
    number: str = ""
    source: str = ""

    @property
    def citation(self) -> str:
        """Return the title with edition and number: 《中华人民共和国工会法》（2021年修正）."""
        details = "，".join(part for part in (self.edition, self.number) if part)
        return f"《{self.title}》" + (f"（{details}）" if details else "")


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """One article as it stands for a region and a time; `until` is the first day it no longer holds.

    `quoted` says whether `words` is the text itself or our summary of it. Values are exact: whole numbers,
    `Decimal`, `Fraction` ("1/3" in the file), words or tuples of words.
    """

    instrument: Instrument
    article: str
    words: str
    grade: str
    in_force_from: date
    until: date | None
    region: str
    values: Mapping[str, Value]
    heading: str = ""
    place: str = ""
    quoted: bool = False

    def __getitem__(self, name: str) -> Any:
        """Return a named value; raises `NoSuchClause` when the clause holds none of that name."""
        if name not in self.values:
            raise NoSuchClause(f"{self.label}没有名为“{name}”的数值")
        return self.values[name]

    @property
    def label(self) -> str:
        """Return the citation a reader can look up: 《中华人民共和国工会法》（2021年修正）第十一条."""
        if self.place.startswith("《"):
            return self.place
        return self.instrument.citation + (self.place or article_words(self.article))

    @property
    def needs_checking(self) -> bool:
        """Say whether 待核实 must stand beside it (grades C and M)."""
        return self.grade in UNCHECKED

    def holds(self, on: date) -> bool:
        """Say whether the clause is in force on a day."""
        return self.in_force_from <= on and (self.until is None or on < self.until)


class NoSuchClause(KeyError):
    """No clause of this instrument and article is in force on that day, or it holds no such value.

    A `KeyError`, so that a template asking a clause for an attribute is not stopped by its values.
    """

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.args[0])


def article_words(article: str) -> str:
    """Return how an article number is written in a citation: 11 → 第十一条, 7.3.3 → 第7.3.3条."""
    if article.isdigit():
        return f"第{to_chinese(int(article))}条"
    return f"第{article}条" if re.fullmatch(r"\d+(\.\d+)+", article) else ""
