"""The public gold records as thresholds, where they are at hand."""

import importlib.util
import json
from pathlib import Path

import pytest

from gongshu.reading.repair import repair
from gongshu.reading.tasks import find_initiatives, find_tasks

ROOT = Path(__file__).resolve().parents[4] / "shared" / "reading"
pytestmark = pytest.mark.skipif(not ROOT.is_dir(), reason="the public gold records are not at hand")


def record(name: str) -> dict:
    gold = json.loads((ROOT / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    if not gold["in_scope"]:
        return {"tasks": [], "initiatives": []}
    page = repair((ROOT / "docs" / f"{name}.txt").read_text(encoding="utf-8"))
    return {
        "tasks": [
            {
                "text": task.text,
                "kind": task.kind,
                "quantity": [{"value": one.value, "unit": one.unit} for one in task.quantities],
                "deadline": task.deadline.value if task.deadline else None,
                "owner": task.owner.value if task.owner else None,
            }
            for task in find_tasks(page, gold["doc_type"])
        ],
        "initiatives": [
            {"name": scheme.name, "items": [item.value for item in scheme.items]} for scheme in find_initiatives(page)
        ],
    }


@pytest.fixture(scope="module")
def figures() -> dict:
    spec = importlib.util.spec_from_file_location("public_score", ROOT / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    gold = score.load(ROOT / "gold")
    result = score.score(gold, {name: record(name) for name in gold}, sorted(gold))
    return {**result["fields"], **result["extra"]}


@pytest.mark.parametrize(
    ("field", "least"),
    [
        ("tasks_all", 0.90),
        ("tasks_doable", 0.90),
        ("quantities", 0.97),
        ("deadlines", 0.95),
        ("owners", 0.85),
        ("initiatives", 0.95),
        ("initiative_items", 0.95),
    ],
)
def test_the_public_records_are_read_at_least_this_well(figures: dict, field: str, least: float):
    assert figures[field]["f1"] >= least
