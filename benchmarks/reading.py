"""How well documents are read: the score of `score.py` on the gold records, each figure beside its target."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from gongshu.reading.cli import main as read

TITLE = "读文准确率（与标注样本比对）"
TARGETS = {
    "clean_probe": 0.98,
    "date": 0.95,
    "kind": 0.90,
    "name": 0.85,
    "chair": 0.90,
    "speakers": 0.90,
    "tasks_all": 0.75,
    "tasks_doable": 0.70,
    "quantities": 0.90,
    "macro": 0.80,
}
ABSENT = "没有标注样本（../shared/reading，或环境变量 GONGSHU_READING 指定的文件夹），本项没有运行"


def home() -> Path:
    """Return the folder with docs, gold and score.py: GONGSHU_READING, else ../shared/reading beside the project."""
    return Path(os.environ.get("GONGSHU_READING", Path(__file__).parents[2] / "shared" / "reading"))


def score(folder: Path) -> dict[str, Any]:
    """Read every document of a folder with docs, gold and score.py, and return what score.py says."""
    with tempfile.TemporaryDirectory() as out:
        read([str(folder / "docs"), "--json", "--out", out])
        command = [sys.executable, str(folder / "score.py"), out, "--gold", str(folder / "gold"), "--json"]
        words = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return dict(json.loads(words))


def figure(result: dict[str, Any], name: str) -> float | None:
    """Return one figure of a score: an accuracy, an F1, or the macro mean; None where nothing counts."""
    if name == "macro":
        return float(result["macro"])
    row = result["fields"][name]
    return None if row is None else float(row.get("acc", row.get("f1")))


def run(args: list[str]) -> bool:
    """Print the table and say whether every target is met; `args` is not used."""
    folder = home()
    if not (folder / "score.py").is_file():
        print(f"{ABSENT}：{folder}", file=sys.stderr)
        return False
    result = score(folder)
    met = True
    print(f"{result['documents']} 份文稿，{folder}")
    print(f"{'项目':<20}{'得分':>8}{'目标':>8}")
    for name in [*result["fields"], "macro"]:
        value, target = figure(result, name), TARGETS.get(name)
        missed = target is not None and (value is None or value < target)
        met = met and not missed
        shown = "      -" if value is None else f"{value:7.3f}"
        print(f"{name:<20}{shown:>9}{'' if target is None else f'{target:8.2f}'}{'  未达到' if missed else ''}")
    return met
