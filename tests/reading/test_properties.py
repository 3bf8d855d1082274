"""What holds for every text, whatever the damage."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gongshu.reading import read_page
from gongshu.reading.model import Page
from gongshu.reading.repair import repair
from gongshu.reading.repair.draft import Draft, Edit

PARTS = st.sampled_from(
    [
        "總工會",
        "(huì)",
        "会议",
        "审议通过",
        "《报告》",
        "，",
        "。",
        ";",
        "\n",
        "\n\n",
        "|",
        "\t",
        "日?qǐng)?bào)",
        "---",
        "此处隐藏1699字",
        "&nbsp;",
        "<br>",
        "1.jpg",
        "主席王明",
        "主持",
        "讲话",
        "×",
        "***",
        "3月8日",
        "在市政府",
        "召开",
        "一、",
        "二、",
        "上一篇:无",
        "点击:12次",
        "\u200b",
        "\xa0",
        "�",
        "著",
        "(app)",
        "要建设驿站5个",
        "版权所有",
        "首页",
        ">",
        "工会",
        "选举",
        "为副主席",
        "获“奖”",
        "称号",
        "\r\n",
    ]
)
TEXTS = st.lists(PARTS | st.text(alphabet=st.characters(codec="utf-8"), max_size=6), max_size=40).map("".join)


def replayed(page: Page) -> str:
    """Write every repair over the raw text."""
    words: list[str] = []
    at = 0
    for found in page.repairs:
        words += [page.raw[at : found.raw.start], found.after]
        at = found.raw.end
    return "".join([*words, page.raw[at:]])


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_the_repairs_applied_to_the_raw_text_give_the_clean_text(raw: str) -> None:
    page = repair(raw)
    assert replayed(page) == page.text
    for found in page.repairs:
        assert found.raw.of(page.raw) == found.before
        assert found.clean.of(page.text) == found.after
        assert found.rule
        assert found.note


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_blocks_cover_the_clean_text_in_order_and_findings_lie_inside(raw: str) -> None:
    page = repair(raw)
    ends = [0]
    for block in page.blocks:
        assert block.span.start >= ends[-1]
        ends.append(block.span.end)
    assert "".join(block.span.of(page.text) for block in page.blocks) == page.text.replace("\n", "")
    meeting = read_page(page).meeting
    for person in meeting.chair + meeting.speakers + meeting.attendees_named:
        assert person.span.of(page.text).replace(" ", "") == person.name
    for found in meeting.adopted + meeting.heard + meeting.attendee_groups:
        assert found.span.of(page.text) == found.value


@given(
    st.text(alphabet="abcdef", max_size=30),
    st.lists(
        st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6), st.text(alphabet="XYZ", max_size=4)), max_size=6),
        max_size=4,
    ),
)
def test_edits_of_several_stages_keep_their_place_in_the_raw_text(
    raw: str, stages: list[list[tuple[int, int, str]]]
) -> None:
    draft = Draft(raw)
    for stage in stages:
        size = len(draft.text)
        draft.apply(Edit(at, min(size, at + width), after, "rule", "note") for at, width, after in stage if at < size)
    page = Page(raw, draft.text, draft.repairs(), ())
    assert replayed(page) == draft.text
