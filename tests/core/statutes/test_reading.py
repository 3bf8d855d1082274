"""Reading the instruments' files: every fault is named with its file."""

from datetime import date
from pathlib import Path

import pytest

from gongshu.core.statutes import checks
from gongshu.core.statutes.reading import BadStatute, read_instrument

HEAD = """
id = "sample"
title = "演示办法"
issuer = "演示"
checked_on = 2026-11-20
grade = "L"
in_force_from = 2020-01-01
"""
CLAUSE = """
[[clause]]
article = "1"
words = "演示。"
"""


def write(folder: Path, text: str, name: str = "sample.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    instrument, clauses = read_instrument(write(tmp_path, HEAD + CLAUSE + "[clause.values]\nnames = ['甲', '乙']\n"))
    assert instrument.citation == "《演示办法》"
    assert [(clause.article, clause.in_force_from, clause["names"]) for clause in clauses] == [
        ("1", date(2020, 1, 1), ("甲", "乙"))
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("id = ", "sample.toml"),
        (HEAD.replace('issuer = "演示"\n', ""), "缺少 ['issuer']"),
        (HEAD.replace('id = "sample"', 'id = "other"'), "id 应与文件名一致"),
        (HEAD.replace('grade = "L"', 'grade = "Z"'), "grade 应为"),
        (HEAD.replace('"演示办法"', '""'), "title 应为不空的文字"),
        (HEAD.replace("checked_on = 2026-11-20", 'checked_on = "昨天"'), "checked_on 应为日期"),
        (HEAD + CLAUSE + 'colour = "red"\n', "不认识 ['colour']"),
        (HEAD + CLAUSE + "until = 2019-01-01\n", "施行日期"),
        (HEAD.replace("in_force_from = 2020-01-01", "") + CLAUSE, "施行日期"),
        (HEAD + CLAUSE + 'region = "529999"\n', "不是行政区划代码"),
        (HEAD + CLAUSE.replace('"1"', '"near-due"'), "须用 place"),
        (HEAD + CLAUSE + "[clause.values]\nday = 2020-01-01\n", "类型不可用"),
        (HEAD + CLAUSE + CLAUSE, "同一地区同一时间有两条"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(BadStatute) as caught:
        read_instrument(write(tmp_path, text))
    assert str(caught.value).startswith("sample.toml: ")
    assert fault in str(caught.value)


def test_two_editions_may_follow_one_another(tmp_path: Path) -> None:
    text = HEAD + CLAUSE + "until = 2024-01-01\n" + CLAUSE + "in_force_from = 2024-01-01\n"
    _, clauses = read_instrument(write(tmp_path, text))
    assert [clause.holds(date(2023, 12, 31)) for clause in clauses] == [True, False]
    assert [clause.holds(date(2024, 1, 1)) for clause in clauses] == [False, True]


def test_the_system_check_reports_a_bad_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "id = ", "broken.toml")
    monkeypatch.setattr(checks, "DATA", tmp_path)
    assert [(error.id, str(error.msg).startswith("broken.toml: ")) for error in checks.check_statutes()] == [
        ("statutes.E001", True)
    ]
