"""Whatever the text, what is found stands where it says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongshu.reading.model import Page
from gongshu.reading.tasks import find_initiatives, find_tasks
from tests.reading.tasks.conftest import page_of

PIECES = [
    "会议要求",
    "要",
    "各级工会",
    "财政部门",
    "开展",
    "建立",
    "劳动竞赛",
    "台账",
    "让职工满意",
    "6月底前",
    "完成",
    "20个",
    "3万元",
    "“三大行动”",
    "即",
    "一是",
    "二是",
    "其中",
    "由市财政局负责",
    "(责任单位:宣教部)",
    "请",
    "不得",
    "围绕大局",
    "为发展作贡献",
    "任务",
    "责任部门",
    "1.",
    "一、",
    "(一)",
    "取得成效",
    "了",
    "《办法》",
    "每年",
    "%",
]
TEXTS = st.lists(
    st.sampled_from([*PIECES, "，", "。", "；", "、", "：", "\n", "\t", "“", "”", "(", ")"]), max_size=40
).map("".join)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, doc_type=st.sampled_from(["news", "speech", "notice", "plan", "other"]), with_blocks=st.booleans())
def test_findings_stand_at_their_spans(text: str, doc_type: str, with_blocks: bool):
    page = page_of(text) if with_blocks else Page(text, text, (), ())
    for task in find_tasks(page, doc_type):
        assert task.text == task.span.of(text)
        assert task.text == task.text.strip()
        for part in filter(None, (task.deadline, task.owner)):
            assert part.value == part.span.of(text)
    for scheme in find_initiatives(page):
        assert scheme.name == scheme.span.of(text)
        assert [item.value for item in scheme.items] == [item.span.of(text) for item in scheme.items]


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "“" * 20000, "，" * 20000, "要" * 5000, "1" * 20000, "Union news, 2024."]
)
def test_nothing_is_demanded_by_noise(text: str):
    assert find_tasks(Page(text, text, (), ()), "plan") == []
    assert find_initiatives(Page(text, text, (), ())) == []
