"""`gongshu read` from the command line: many files, bad ones among them, and no database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gongshu.reading.cli import main

ROOT = Path(__file__).parents[2]
GOOD = (
    "样例市总工会召开座谈会\n5月6日,样例市总工会在市工人文化宫召开职工座谈会。"
    "市总工会主席王大明主持会议。会议要求,各级工会要在6月底前建设驿站5个。"
)
SCHEMA = ["id", "truncated", "damage", "is_union_meeting", "in_scope", "doc_type", "meeting", "tasks", "initiatives"]


def write(folder: Path, name: str, words: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return path


def test_one_record_a_document_in_the_gold_schema(tmp_path: Path) -> None:
    write(tmp_path, "in/007.txt", GOOD)
    assert main([str(tmp_path / "in"), "--json", "--out", str(tmp_path / "out")]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["007.json"]
    record = json.loads((tmp_path / "out" / "007.json").read_text(encoding="utf-8"))
    assert list(record) == [*SCHEMA, "clean_text", "repairs", "evidence"]
    assert record["id"] == "007"
    assert record["meeting"]["chair"] == [{"name": "王大明", "title": "市总工会主席"}]
    assert record["meeting"]["date"] == "--05-06"
    assert [task["deadline"] for task in record["tasks"]] == ["6月底前"]
    assert record["tasks"][0]["quantity"] == [{"value": 5, "unit": "个"}]


def test_folders_globs_and_files_together(tmp_path: Path) -> None:
    write(tmp_path, "a/1.txt", GOOD)
    write(tmp_path, "a/deep/2.html", f"<html><body><p>{GOOD}</p></body></html>")
    write(tmp_path, "a/skipped.jpg", b"\xff\xd8\xff")
    write(tmp_path, "b/3.txt", GOOD)
    write(tmp_path, "c/4.txt", GOOD)
    out = tmp_path / "out"
    assert (
        main([str(tmp_path / "a"), str(tmp_path / "b" / "*.txt"), str(tmp_path / "c/4.txt"), "--md", "--out", str(out)])
        == 0
    )
    assert sorted(path.name for path in out.iterdir()) == ["1.md", "2.md", "3.md", "4.md"]


def test_the_default_is_markdown_on_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(write(tmp_path, "1.txt", GOOD + "\n×市另行通知。"))]) == 0
    shown = capsys.readouterr().out
    assert "- 主持：王大明（市总工会主席）" in shown
    assert "- [ ] 在6月底前建设驿站5个（5个；时限：6月底前）" in shown
    assert "## 待核对" in shown


def test_bad_files_are_named_with_a_reason_and_the_rest_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "1.txt", GOOD)
    write(tmp_path, "2.txt", b"")
    write(tmp_path, "3.txt", b"\x00\x01")
    write(tmp_path, "4.txt", b"a" * (50 * 1024 * 1024))
    out = tmp_path / "out"
    assert main([*(str(tmp_path / f"{n}.txt") for n in range(1, 6)), "--json", "--out", str(out)]) == 1
    assert [path.name for path in out.iterdir()] == ["1.json"]
    told = capsys.readouterr().err
    assert "2.txt：文件是空的，没有可读的文字。" in told
    assert "3.txt：这是二进制文件，没有可读的文字。" in told
    assert "4.txt：文件超过 20 MB，请拆分或只上传正文。" in told
    assert "5.txt：打不开文件（No such file or directory）。" in told
    assert "读了 1 个文件，4 个没有读成。" in told
    assert "Traceback" not in told


def test_nothing_to_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert "读了 0 个文件，0 个没有读成。" in capsys.readouterr().err


def test_several_jobs_write_what_one_job_writes(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path, f"in/{number}.txt", f"{GOOD}第{number}号文件。")
    for jobs in ("1", "2"):
        assert main([str(tmp_path / "in"), "--json", "--out", str(tmp_path / jobs), "--jobs", jobs]) == 0
    written = [{path.name: path.read_bytes() for path in (tmp_path / jobs).iterdir()} for jobs in ("1", "2")]
    assert written[0] == written[1]
    assert len(written[0]) == 40


@pytest.mark.parametrize("jobs", ["0", "x", "65"])
def test_a_senseless_number_of_jobs_is_wrong_usage(jobs: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["a.txt", "--jobs", jobs])
    assert ended.value.code == 2


def test_reading_needs_no_django(tmp_path: Path) -> None:
    words = "import sys; from gongshu.reading.cli import main; main(sys.argv[1:]); print('django' in sys.modules)"
    path = write(tmp_path, "1.txt", GOOD)
    done = subprocess.run(
        [sys.executable, "-c", words, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"


def test_a_document_that_is_no_unions_is_read_and_said_to_be_none(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "1.txt",
        "县妇联召开执委会议\n3月2日,县妇联召开十二届三次执委会议。会议要求,各级妇联要做好家庭教育工作。",
    )
    assert main([str(path), "--json", "--out", str(tmp_path / "out")]) == 0
    record = json.loads((tmp_path / "out" / "1.json").read_text(encoding="utf-8"))
    assert record["is_union_meeting"] is False
    assert record["in_scope"] is False
    assert record["tasks"] == []
