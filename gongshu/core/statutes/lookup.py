"""Find the clause that holds in a region on a day, and list what we hold."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from gongshu.core.base.divisions import is_within, prefix
from gongshu.core.statutes.model import Clause, Instrument, NoSuchClause
from gongshu.core.statutes.reading import read_instrument

DATA = Path(__file__).with_name("data")


@cache
def library() -> Mapping[str, tuple[Instrument, tuple[Clause, ...]]]:
    """Return every instrument with its clauses by id, in the order of the titles; raises `BadStatute`."""
    read = [read_instrument(path) for path in DATA.glob("*.toml")]
    return {found[0].id: found for found in sorted(read, key=lambda found: found[0].title)}


def clause(instrument: str, article: str, *, on: date, region: str = "") -> Clause:
    """Return the clause in force on a day; the one for the narrowest region that holds `region` comes first.

    `region` is a division code or "" for the whole country. Raises `NoSuchClause`.
    """
    if instrument not in library():
        raise NoSuchClause(f"没有编号为“{instrument}”的规范")
    known, clauses = library()[instrument]
    standing = [
        each
        for each in clauses
        if each.article == article and each.holds(on) and (not each.region or is_within(region, each.region))
    ]
    if not standing:
        raise NoSuchClause(f"{known.citation}在{on}没有施行中的“{article}”")
    return max(standing, key=lambda each: len(prefix(each.region)))


def instruments() -> list[Instrument]:
    """Return every instrument we hold, in the order of the titles."""
    return [instrument for instrument, _ in library().values()]


def instrument(id: str) -> Instrument:  # noqa: A002  (the word in the files)
    """Return one instrument; raises `NoSuchClause`."""
    if id not in library():
        raise NoSuchClause(f"没有编号为“{id}”的规范")
    return library()[id][0]


def clauses_of(id: str, *, on: date | None = None, region: str | None = None) -> list[Clause]:  # noqa: A002
    """Return an instrument's clauses in the file's order, narrowed to a day or a region when given.

    A region keeps the national clauses and those of the regions it lies in. Raises `NoSuchClause`.
    """
    instrument(id)
    return [
        each
        for each in library()[id][1]
        if (on is None or each.holds(on)) and (region is None or not each.region or is_within(region, each.region))
    ]


def unchecked() -> list[Clause]:
    """Return every clause graded C or M, to be checked before anyone relies on it."""
    return [each for _, clauses in library().values() for each in clauses if each.needs_checking]
