"""Every field of every document written for the tests."""

import json
from pathlib import Path
from typing import Any

import pytest

from gongshu.reading import read
from gongshu.reading.assemble import assemble
from tests.reading.scoring import are_alike, is_one_of, names

FOLDER = Path(__file__).parent / "fixtures"
WANTED = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
CASES = [(stem, field) for stem, wanted in WANTED.items() for field in wanted]
RECORDS: dict[str, dict[str, Any]] = {}


def record(stem: str) -> dict[str, Any]:
    if stem not in RECORDS:
        RECORDS[stem] = assemble(read((FOLDER / f"{stem}.txt").read_bytes(), f"{stem}.txt"), stem)
    return RECORDS[stem]


@pytest.mark.parametrize(("stem", "field"), CASES)
def test_a_field_is_read_as_a_person_would(stem: str, field: str) -> None:
    wanted, whole = WANTED[stem][field], record(stem)
    if field in {"is_union_meeting", "in_scope", "doc_type"}:
        assert whole[field] == wanted
    elif field == "tasks":
        assert len(whole["tasks"]) == wanted
    elif field in {"kind", "date"}:
        assert whole["meeting"][field] == wanted
    elif field in {"name", "place", "organizer"}:
        assert is_one_of(wanted, whole["meeting"][field]), whole["meeting"][field]
    elif field in {"chair", "speakers", "attendees_named", "elected"}:
        assert names(whole["meeting"][field]) == sorted(wanted)
    else:
        assert are_alike(wanted, whole["meeting"][field]), whole["meeting"][field]


@pytest.mark.parametrize("stem", sorted(WANTED))
def test_every_finding_names_its_rule_and_its_place(stem: str) -> None:
    whole = record(stem)
    text = whole["clean_text"]
    for proof in [*whole["evidence"], *whole["tasks"], *whole["initiatives"]]:
        start, end = proof["span"]
        assert proof["rule"]
        assert 0 <= start < end <= len(text)
