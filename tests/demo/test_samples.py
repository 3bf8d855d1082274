"""The sample documents that ship with the package."""

import re
from pathlib import Path

import pytest

import gongshu.demo

SAMPLES = sorted((Path(gongshu.demo.__file__).parent / "samples").glob("*.txt"))
DEMONSTRATION = re.compile("演示文稿")


def test_there_are_five_samples_one_of_each_kind() -> None:
    assert [path.stem for path in SAMPLES] == [
        "1-全委扩大会议",
        "2-现场观摩推进会",
        "3-代表大会讲话",
        "4-政府与工会联席会议",
        "5-四个工会全委会",
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_each_sample_says_once_that_it_is_a_demonstration(path: Path) -> None:
    assert len(DEMONSTRATION.findall(path.read_text(encoding="utf-8"))) == 1


@pytest.mark.parametrize(
    ("number", "mark"),
    [
        (1, "1762419877342004725.jpg"),
        (2, "會(huì)"),
        (3, "此处隐藏1523字"),
        (4, "日?qǐng)?bào)訊"),
        (5, "快捷搜索"),
    ],
)
def test_each_sample_carries_the_damage_of_its_kind(number: int, mark: str) -> None:
    assert mark in SAMPLES[number - 1].read_text(encoding="utf-8")
