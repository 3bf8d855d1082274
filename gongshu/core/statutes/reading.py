"""Read the instruments' TOML files, refusing whatever is misspelt, missing or contradictory."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from gongshu.core.base.divisions import all_divisions
from gongshu.core.statutes.model import GRADES, Clause, Instrument, Value, article_words

INSTRUMENT_KEYS = {"id", "title", "issuer", "checked_on", "grade"}
INSTRUMENT_EXTRAS = {"edition", "number", "source", "in_force_from", "clause"}
CLAUSE_KEYS = {"article", "words"}
CLAUSE_EXTRAS = {"heading", "place", "quoted", "grade", "region", "in_force_from", "until", "values"}
TEXT_KEYS = ("id", "title", "issuer", "edition", "number", "source", "article", "words", "heading", "place", "region")
_FRACTION = re.compile(r"\d+/[1-9]\d*")


class BadStatute(ValueError):
    """An instrument's file is not usable; the message names the file and the fault."""


def read_instrument(path: Path) -> tuple[Instrument, tuple[Clause, ...]]:
    """Return the instrument in a TOML file with its clauses in the file's order; raises `BadStatute`."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadStatute(f"{path.name}: {error}") from error
    complain = _complainer(path.name)
    _check_table(raw, INSTRUMENT_KEYS, INSTRUMENT_EXTRAS, complain)
    if raw["id"] != path.stem:
        complain(f"id 应与文件名一致，现为 {raw['id']}")
    fields = {key: raw[key] for key in raw.keys() - {"clause", "in_force_from"}}
    instrument = Instrument(**fields)
    clauses = tuple(_clause(instrument, each, raw.get("in_force_from"), complain) for each in raw.get("clause", ()))
    _check_overlaps(clauses, complain)
    return instrument, clauses


def _complainer(file: str) -> Callable[[str], None]:
    def complain(fault: str) -> None:
        raise BadStatute(f"{file}: {fault}")

    return complain


def _check_table(table: Mapping[str, Any], needed: set[str], extras: set[str], complain: Callable[[str], None]) -> None:
    missing, unknown = needed - table.keys(), table.keys() - needed - extras
    if missing or unknown:
        complain(f"缺少 {sorted(missing)}，不认识 {sorted(unknown)}")
    for key in table.keys() & set(TEXT_KEYS):
        if not isinstance(table[key], str) or (key in needed and not table[key].strip()):
            complain(f"{key} 应为不空的文字")
    for key in table.keys() & {"checked_on", "in_force_from", "until"}:
        if not isinstance(table[key], date):
            complain(f"{key} 应为日期")
    if table.get("grade", "L") not in GRADES:
        complain(f"grade 应为 {'、'.join(GRADES)} 之一")


def _clause(
    instrument: Instrument, raw: Mapping[str, Any], default: date | None, complain: Callable[[str], None]
) -> Clause:
    _check_table(raw, CLAUSE_KEYS, CLAUSE_EXTRAS, complain)
    article, region = raw["article"], raw.get("region", "")
    start, until = raw.get("in_force_from", default), raw.get("until")
    if start is None or (until is not None and until <= start):
        complain(f"{article} 的施行日期缺失或不早于失效日期")
    if region and region not in all_divisions():
        complain(f"{article} 的地区 {region} 不是行政区划代码")
    if not (raw.get("place") or article_words(article)):
        complain(f"{article} 不是条号，须用 place 写明出处")
    return Clause(
        instrument=instrument,
        article=article,
        words=raw["words"].strip(),
        grade=raw.get("grade", instrument.grade),
        in_force_from=start,
        until=until,
        region=region,
        values={name: _value(value, name, complain) for name, value in raw.get("values", {}).items()},
        heading=raw.get("heading", ""),
        place=raw.get("place", ""),
        quoted=raw.get("quoted", False),
    )


def _value(raw: Any, name: str, complain: Callable[[str], None]) -> Value:
    if isinstance(raw, str) and _FRACTION.fullmatch(raw):
        return Fraction(raw)
    if isinstance(raw, list) and all(isinstance(each, str | int) for each in raw):
        return tuple(raw)
    if not isinstance(raw, int | Decimal | str):
        complain(f"数值 {name} 的类型不可用")
    value: Value = raw
    return value


def _check_overlaps(clauses: Iterable[Clause], complain: Callable[[str], None]) -> None:
    seen: dict[tuple[str, str], list[Clause]] = {}
    for clause in clauses:
        earlier = seen.setdefault((clause.article, clause.region), [])
        if any(_overlap(clause, other) for other in earlier):
            complain(f"{clause.article} 在同一地区同一时间有两条")
        earlier.append(clause)


def _overlap(one: Clause, other: Clause) -> bool:
    first, second = sorted((one, other), key=lambda clause: clause.in_force_from)
    return first.until is None or second.in_force_from < first.until
