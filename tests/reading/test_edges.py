"""What stands over and under the text of a page goes by its shape, and what belongs to a document stays."""

import time

import pytest

from gongshu.reading import read
from gongshu.reading.repair import repair

TITLE = "样例县总工会召开全县工会工作会议"
DATED = "发布时间:2023-04-29 08:30 来源:样例县总工会"
TEXT = "4月28日,样例县总工会在县会议中心召开全县工会工作会议。会议强调,各级工会要在6月底前建成驿站12处。"


@pytest.mark.parametrize(
    "line",
    [
        "我的桌面",
        "劳动报 数字报 往期回顾",
        "样例云端 今日 晴 18℃",
        "用户中心 消息(3) 退出",
        "走进工会 | 普法园地",
        "工会网群 >> 县区动态",
        "添加样例文库到电脑桌面",
    ],
)
def test_what_stands_over_the_title_of_a_dated_page_goes(line: str) -> None:
    assert repair(f"{line}\n{TITLE}\n{DATED}\n{TEXT}").text == f"{TITLE}\n{DATED}\n{TEXT}"


@pytest.mark.parametrize(
    "line",
    ["样例县总工会", "凝心聚力 实干争先\n——在全县工会工作会议上的讲话", "样例县工会工作会议专题报道"],
)
def test_a_body_a_motto_and_a_title_in_two_lines_stay(line: str) -> None:
    words = f"{line}\n{DATED}\n{TEXT}" if "——" in line else f"{line}\n{TITLE}\n{DATED}\n{TEXT}"
    assert repair(words).text == words


@pytest.mark.parametrize(
    "lines",
    [
        "标签: 工会工作 会议",
        "温馨提示:本资料为Word版,下载后可任意编辑",
        "阅读原文",
        "· 县总工会开展送清凉活动\n· 县总工会走访困难职工",
        "【样例讲话】相关文章:\n1.工会换届主持词 2.职代会闭幕式主持词",
        "相关链接:\n关于印发样例办法的通知\n县总工会走访慰问",
        "二维码 微信扫码看手机版",
        "推荐度: ★★★★★",
        "您是第12345位访客",
    ],
)
def test_what_stands_under_the_text_goes(lines: str) -> None:
    assert repair(f"{TITLE}\n{DATED}\n{TEXT}\n{lines}").text == f"{TITLE}\n{DATED}\n{TEXT}"


@pytest.mark.parametrize(
    "lines",
    [
        "样例县总工会办公室\n2023年4月29日",
        "联系人:古月 电话:0000-1234567",
        "附件:参会人员名单",
        "主持:沈怀远\n记录:李若兰",
        "序号 | 任务 | 时限\n1 | 开展扫码入会 | 6月底前",
        "(县总工会办公室供稿)",
        "谢谢大家!",
    ],
)
def test_signatures_attachments_and_tables_under_the_text_stay(lines: str) -> None:
    assert repair(f"{TITLE}\n{DATED}\n{TEXT}\n{lines}").text == f"{TITLE}\n{DATED}\n{TEXT}\n{lines}".replace(
        " | ", "\t"
    )


@pytest.mark.parametrize(
    "counter", ["本文已影响 1.6w人", "阅读 1.2万", "已有 35 人阅读", "下载次数 35", "评论(0)", "打印 收藏 分享"]
)
def test_counters_and_buttons_in_the_date_line_go_and_the_date_stays(counter: str) -> None:
    assert repair(f"{TITLE}\n{DATED} {counter}\n{TEXT}").text == f"{TITLE}\n{DATED}\n{TEXT}"


def test_a_page_without_a_paragraph_loses_only_what_is_never_text() -> None:
    assert repair("入会二维码\n返回首页\n职工收藏品").text == "入会二维码\n职工收藏品"


@pytest.mark.parametrize(
    "mark",
    [
        "[本文共3200字,剩余1500字未显示]",
        "【以下篇幅需付费阅读,剩余62%】",
        "……余下全文1/3……",
        "(中间部分略,共约600字)",
    ],
)
def test_a_gap_inside_a_sentence_is_marked_however_the_site_says_so(mark: str) -> None:
    assert repair(f"各级工会要开展劳动竞{mark}设好职工之家。").text == "各级工会要开展劳动竞〔缺文〕设好职工之家。"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("县总工会完成?yè)Q届工作。", "县总工会完成□届工作。"),
        ("各级工会加强领导,?tīng)I造氛围。", "各级工会加强领导,□造氛围。"),
    ],
)
def test_the_letter_left_of_a_lost_character_goes_with_it(raw: str, clean: str) -> None:
    assert repair(raw).text == clean


def test_edges_take_linear_time() -> None:
    begun = time.process_time()
    repair(f"{TITLE}\n{'工' * 40_000}\n{TEXT}\n{'会员' * 20_000}")
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("words", ["打开甲", "召开会", "举办了"])
def test_names_of_meetings_take_linear_time(words: str) -> None:
    begun = time.process_time()
    read(f"{TITLE}\n{TEXT}\n{words * 8_000}\n")
    assert time.process_time() - begun < 5
