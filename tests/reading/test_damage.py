"""Clean pages, hurt in ways that pages are hurt, come back as they were, and what was whole stays whole."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from gongshu.reading import read
from gongshu.reading.model import GAP
from gongshu.reading.repair import repair
from tests.reading import damage

HERE = Path(__file__).parent
PAGE = [
    "演示县总工会召开九届三次全委会议",
    "3月8日，演示县总工会九届三次全委会议在县会议中心召开。会议总结2023年工作，部署2024年任务。县委副书记张建国出席会议并讲话。",
    "会议要求，各级工会要围绕中心服务大局，组织职工开展劳动竞赛10场；要做实维权服务，6月底前建成户外劳动者驿站12处。",
    "各乡镇工会主席，县直各系统工会负责人参加会议。",
]
OVER_IT = [
    "演示县总工会文件",
    "演工发〔2023〕5号",
    "（2023年3月5日）",
    "市总工会主席 王建国",
    "各乡镇工会：",
    "——在县总工会九届三次全委会议上的报告",
    "聚力服务大局 竭诚服务职工",
    "（讨论稿）",
    "签发人：张三",
    "（第3期）",
]
UNDER_IT = [
    "谢谢大家！",
    "附件：1.统计表",
    "联系人：王某 电话：0000-1234567",
    "演示县总工会",
    "2023年3月5日",
    "（此件公开发布）",
    "抄送：省总工会，市委办公室。",
    "演示县总工会办公室 2023年3月5日印发",
    "（县总工会 张三）",
    "名单",
    "张三 演示公司工人",
    "优秀组织奖：演示县总工会",
    "散会。",
    "责任单位：宣教部",
    "完成时限：6月底",
    "（共印30份）",
    "注：本表数据截至2月底",
    "缺席：张三（公出）",
    "温馨提示：参会人员请自备水杯",
]
ENDS = ["上一篇：没有了", "Copyright © 2020 演示网"]
GLUED = [
    "（责任编辑：王五）",
    "(编辑 李四 审核 王五)",
    "【打印】【关闭】",
    " 上一篇：没有了",
    "（来源：演示县总工会）",
    "分享到：",
    " 版权声明：本站文章均来自网络",
    "▼更多精彩内容▼",
]
ADDED = [" - 演示工会网", "_演示市总工会官网", " | 演示新闻网", "-范文大全", "（图）", "[1]", "_工会_演示网"]


def clean_pages() -> list[list[str]]:
    """Return the clean lines of the second and third set's pages that hold plain paragraphs and are stable."""
    texts = [
        read(path.read_bytes()).page.text
        for folder in ("second", "third")
        for path in sorted((HERE / folder / "docs").glob("*.txt"))
    ]
    plain = [text for text in texts if not any(sign in text for sign in ("\t", "□", GAP)) and repair(text).text == text]
    return [text.split("\n") for text in plain if text.count("\n") > 3]


def stripped(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines]


@pytest.mark.parametrize("seed", range(4))
def test_a_page_comes_back_from_any_mixture_of_damages(seed: int) -> None:
    random = Random(seed)
    pages = clean_pages()
    assert len(pages) > 20
    for lines in pages:
        kinds = [kind for kind in damage.KINDS if random.random() < 0.35]
        if "readings" in kinds and "traditional" in kinds:
            kinds.remove("traditional")
        if "readings" in kinds or "traditional" in kinds:
            lines = [line for line in lines if damage.comes_back(line)]
        if len(lines) < 3:
            continue
        page, wanted = damage.hurt(random, lines, kinds)
        assert stripped(repair(page).text.split("\n")) == stripped(wanted), (seed, kinds)


@pytest.mark.parametrize("line", damage.OVER)
def test_what_stands_over_a_page_goes(line: str) -> None:
    assert repair("\n".join([line, *PAGE])).text.split("\n") == PAGE


@pytest.mark.parametrize("line", damage.UNDER)
def test_what_stands_under_a_page_goes(line: str) -> None:
    assert repair("\n".join([*PAGE, line])).text.split("\n") == PAGE


@pytest.mark.parametrize("ends", [[], ENDS])
@pytest.mark.parametrize("line", OVER_IT)
def test_what_belongs_over_the_text_stays(line: str, ends: list[str]) -> None:
    assert repair("\n".join([line, *PAGE, *ends])).text.split("\n") == [line, *PAGE]


@pytest.mark.parametrize("ends", [[], ENDS])
@pytest.mark.parametrize("line", UNDER_IT)
def test_what_belongs_under_the_text_stays(line: str, ends: list[str]) -> None:
    assert repair("\n".join([*PAGE, line, *ends])).text.split("\n") == [*PAGE, line]


def test_below_the_end_of_a_page_short_lines_go_and_signatures_stay() -> None:
    page = [*PAGE, *ENDS, "今日天气", "演示县总工会", "附件：1.统计表"]
    assert repair("\n".join(page)).text.split("\n") == [*PAGE, "演示县总工会", "附件：1.统计表"]


@pytest.mark.parametrize("words", GLUED)
def test_what_is_glued_to_the_last_sentence_goes(words: str) -> None:
    assert repair("\n".join([*PAGE[:-1], PAGE[-1] + words])).text.split("\n") == PAGE


def test_words_behind_the_last_sentence_that_are_no_furniture_stay() -> None:
    page = [*PAGE[:-1], PAGE[-1] + "（县总工会网站）"]
    assert repair("\n".join(page)).text.split("\n") == page


@pytest.mark.parametrize("words", ADDED)
def test_what_a_site_adds_to_the_title_goes(words: str) -> None:
    assert repair("\n".join([PAGE[0] + words, *PAGE[1:]])).text.split("\n") == PAGE


@pytest.mark.parametrize("title", ["演示县总工会第__次代表大会开幕词", "演示县总工会2023年工作总结-经验做法"])
def test_a_title_keeps_its_placeholders_and_dashes(title: str) -> None:
    assert repair("\n".join([title, *PAGE[1:]])).text.split("\n") == [title, *PAGE[1:]]


def test_a_row_of_labels_over_a_plan_goes() -> None:
    head = "索引号 | YS/2025-003 | 发文机关 | 演示区总工会"
    assert repair("\n".join([head, *PAGE])).text.split("\n") == PAGE


def test_lines_with_a_tag_left_over_keep_their_breaks() -> None:
    page = "\n".join(['<div class="crumb">首页&nbsp;&gt;&nbsp;会议纪要</div>', *PAGE, "责任编辑:admin"])
    assert read(page.encode()).page.text.split("\n") == PAGE


@pytest.mark.parametrize(
    ("raw", "clean"), [("加強隊?wèi)建設", "加强队伍建设"), ("加強大隊?zhǎng)建設", "加强大队□建设")]
)
def test_the_lost_character_of_a_fixed_word_is_written_and_flagged(raw: str, clean: str) -> None:
    page = repair(f"{raw},總工會組織職工開展勞動競賽")
    assert page.text.startswith(clean)
    (found,) = [one for one in page.repairs if one.rule == "lost"]
    assert found.doubtful
    assert "mojibake" in page.damage
