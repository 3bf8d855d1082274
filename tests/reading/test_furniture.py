"""Furniture of pages, doubled marks and dropped signs of dates: what goes, what stays, what is only flagged."""

import pytest

from gongshu.reading.repair import repair
from gongshu.reading.repair.dropped import the_day

TITLE = "样例县总工会召开全县工会工作会议"
TEXT = "4月28日,样例县总工会在县会议中心召开全县工会工作会议。会议强调,各级工会要在6月底前建成驿站12处。"


@pytest.mark.parametrize(
    "line",
    [
        "A- A A+",
        "T T",
        "文字大小：[大][中][小]",
        "背景色：",
        "阅读 1.2万",
        "点击率：1023",
        "已有 302 人浏览",
        "本站已被访问 102033 次",
        "今日访问：102 总访问：200301",
        "收藏本文 打印 放大 缩小 默认",
        "语音播报",
        "点击上方蓝字关注我们",
        "↑↑↑点击上方关注",
        "设为星标",
        "写留言",
        "赞 0 踩 0",
        "喜欢此内容的人还喜欢",
        "【返回】",
        "长者模式",
        "立即打开",
        "官方微博",
        "编辑丨方舟",
        "(编辑 方舟)",
        "责编:方舟 审核:林海 终审:江河",
        "摄影：方舟",
        "图/方舟",
        "来源丨样例县总工会",
        "- END -",
        "澳门新葡京官网",
        "乐鱼体育官方入口",
        "365bet娱乐",
        "需要8金币",
        "格式:DOC 需要 20 积分",
    ],
)
def test_furniture_goes_over_and_under_the_text(line: str) -> None:
    page = repair(f"{TITLE}\n{line}\n{TEXT}\n{line}")
    assert page.text == f"{TITLE}\n{TEXT}"
    assert "boilerplate" in page.damage


@pytest.mark.parametrize(
    "line",
    [
        "图书角建设由女职工部负责",
        "关注困难职工生活",
        "关闭违规工地12处。",
        "编辑《工运史料》一册",
        "赞助单位3家",
        "完成投资1.2万元",
        "下载工会客户端的职工不少于2000人。",
        "体育比赛每年举办2次。",
        "(样例县总工会供稿)",
    ],
)
def test_work_that_sounds_like_furniture_stays(line: str) -> None:
    assert line in repair(f"{TITLE}\n{TEXT}\n{line}\n{TEXT[:20]}在样例县总工会会议室召开。").text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("会上,,主席讲话。。", "会上,主席讲话。"),
        ("会上，，主席、、副主席出席；；", "会上，主席、副主席出席；"),
        ("会议结束。,代表离场，。", "会议结束。代表离场。"),
        ("他说, ,要干。", "他说,要干。"),
        ("他想说。。。会议继续", "他想说。。。会议继续"),
        ("共1,200人", "共1,200人"),
        ("?\n?? 会议要求\n???? 8月召开", "会议要求\n8月召开"),
        ("怎么办?\n?会议要求", "怎么办?\n?会议要求"),
    ],
)
def test_doubled_marks_and_lost_blanks_go(raw: str, clean: str) -> None:
    assert repair(raw).text == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("315上午,县总工会开会。", "3月15日上午,县总工会开会。"),
        ("各单位于630前报送。", "各单位于6月30日前报送。"),
        ("请在1225之前交表。", "请在12月25日之前交表。"),
        ("2019315下午,开会。", "2019年3月15日下午,开会。"),
        ("活动时间:\n315至515。", "活动时间:\n3月15日至5月15日。"),
        ("于6上旬督查。", "于6月上旬督查。"),
        ("样例县总工会\n201935", "样例县总工会\n2019年3月5日"),
        ("样例县总工会\n20191225", "样例县总工会\n2019年12月25日"),
    ],
)
def test_dropped_signs_of_a_day_are_written_and_flagged(raw: str, clean: str) -> None:
    page = repair(raw)
    assert page.text == clean
    assert all(found.doubtful for found in page.repairs)
    assert "mojibake" in page.damage


@pytest.mark.parametrize(
    "words",
    [
        "111上午,开会。",
        "拨打120前往医院。",
        "进入500前列",
        "样例县总工会\n201912",
        "样例县总工会\n20190000",
        "编号为100至200。",
        "号码:\n400至500。",
        "35上午来了人。",
        "6月上旬督查",
        "在12月底前完成",
    ],
)
def test_what_is_no_day_or_could_be_two_stays(words: str) -> None:
    assert repair(words).text == words


@pytest.mark.parametrize(
    ("run", "day"), [("315", "3月15日"), ("1112", "11月12日"), ("111", ""), ("1301", ""), ("35", "3月5日"), ("5", "")]
)
def test_a_run_of_digits_is_a_day_only_when_it_can_be_cut_in_one_way(run: str, day: str) -> None:
    assert the_day(run) == day
