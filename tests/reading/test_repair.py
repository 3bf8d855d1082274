"""Each kind of damage, and what must not be taken for it."""

import pytest

from gongshu.reading.model import GAP, Page, Repair
from gongshu.reading.repair import repair

BODY = "演示市总工会全委会议今天在工人文化宫召开,会议由主席主持,全市工会干部参加会议。"


def of_rule(page: Page, rule: str) -> list[Repair]:
    return [found for found in page.repairs if found.rule == rule]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("縣總工會(huì)召開(kāi)會(huì)議", "县总工会召开会议"),
        ("業(yè )務(wù )會(huì )議", "业务会议"),
        ("发展(fāzhǎn)职工", "发展职工"),
        ("股份(gǔ fèn)公司", "股份公司"),
        (
            "著力推動(dòng)工會(huì)工作,成效顯著,沿著著名的路,編著新書",
            "着力推动工会工作,成效显著,沿着著名的路,编著新书",
        ),
    ],
)
def test_readings_go_and_traditional_script_is_simplified(raw: str, clean: str) -> None:
    assert repair(raw).text == clean


@pytest.mark.parametrize(
    "words",
    [
        "下载工会客户端(app)办理",
        "首席执行官(ceo)到会",
        "甲方(a)与乙方(b)",
        "成效显著的著名工匠著书",
        "会(fā)议",
        "协同办公(oa)系统",
    ],
)
def test_what_is_no_reading_stays(words: str) -> None:
    assert repair(words).text == words


def test_toneless_readings_go_only_on_a_page_full_of_toned_ones() -> None:
    assert repair("我们(men)的工会").text == "我们(men)的工会"
    full = "工(gōng)会(huì)主(zhǔ)席(xí)开(kāi)会,我们(men)参加"
    assert repair(full).text == "工会主席开会,我们参加"


def test_a_lost_character_is_flagged_with_a_proposal_and_not_filled_in() -> None:
    page = repair("演示日?qǐng)?bào)訊(記者)總工會(huì)召開(kāi)會(huì)議")
    assert page.text == "演示日□讯(记者)总工会召开会议"
    (found,) = of_rule(page, "lost")
    assert found.doubtful
    assert "疑为“报”" in found.note
    assert "mojibake" in page.damage


def test_a_lost_character_without_a_known_word_gets_no_proposal() -> None:
    (found,) = of_rule(repair("总工会玻?qióng)瓦的会议"), "lost")
    assert found.after == "□"
    assert "疑为" not in found.note


def test_undecodable_characters_are_flagged() -> None:
    page = repair("总工会召开\ufffd\ufffd会议,工会主席讲话")
    assert page.text == "总工会召开□会议,工会主席讲话"
    assert of_rule(page, "lost")[0].doubtful


@pytest.mark.parametrize(
    ("mark", "size"),
    [
        ("---此处隐藏1699字,下载后查看---", "约1699字"),
        ("……(文秘资源网省略318字,正式会员可完整阅读)……", "约318字"),
        ("(此处省略2页)", "约2页"),
        ("(以下略)", "字数不详"),
    ],
)
def test_a_gap_is_marked_with_its_size_and_the_missing_heading(mark: str, size: str) -> None:
    page = repair(f"同志们:\n一、提高认识\n要开好会议。\n{mark}\n四、加强领导\n要抓好落实。")
    assert GAP in page.text
    assert "隐藏" not in page.text
    (gap,) = of_rule(page, "gap")
    assert size in gap.note
    assert "“二、至三、”" in gap.note
    assert [block.kind for block in page.blocks if block.span.of(page.text) == GAP] == ["gap"]


def test_a_gap_inside_one_heading_names_no_missing_heading() -> None:
    (gap,) = of_rule(repair("一、提高认识\n---此处隐藏20字---\n二、加强领导"), "gap")
    assert "标题" not in gap.note


@pytest.mark.parametrize(
    "line",
    [
        "网站首页 | 工会概况 | 工作动态 | 政策法规",
        "您当前的位置:首页 > 工作动态 > 正文",
        "上一篇:县总工会开展慰问活动",
        "下一条:没有了",
        "版权所有:演示市总工会",
        "Copyright © 2001-2024 演示网络公司 All Rights Reserved",
        "备案号:演ICP备17003692号",
        "贵公网安备 52270102000217号",
        "猜你喜欢",
        "快捷搜索:  汽车  科技",
        "责任编辑:李某",
        "分享到: 微信 微博",
        "【打印】【关闭】",
        "浏览次数:356",
        "本网转发此文只代表作者个人看法",
        "上传会员:x****8 文章大小:11KB 所需积分:20",
        "公文下载:关于召开会议的通知.doc",
        "索 引 号:YS-2025-00017 公开形式:依申请公开",
        "1677417879742004725.jpg",
        "/img/files/20210305_118.jpg",
        "![]() |",
        "|||||||||",
        "- 3 -",
        "The trade unions of the city held a plenary meeting in the morning.",
        "论文部分内容阅读",
        "其他文献 | 相关论文推荐",
        "未经授权禁止转载",
        "返回顶部",
        "首页 工会概况 工作动态 政策法规",
        "营业执照 - 增值电信业务许可证 - 互联网出版机构",
        "信息网络传播视听节目许可证:1306182",
        "正式会员可免费阅读全文",
        "下载点击此处",
        "https://www.example.org/a/b.html",
    ],
)
def test_what_belongs_to_the_page_goes_and_the_text_stays(line: str) -> None:
    page = repair(f"{BODY}\n{line}\n{BODY[::-1]}")
    assert page.text == f"{BODY}\n{BODY[::-1]}"
    assert page.repairs[0].note


@pytest.mark.parametrize(
    "line",
    [
        "会议强调,要用好首页宣传栏,分享到各级工会,浏览次数不作考核。",
        "地址:演示市文昌路18号",
        "1.建设职工书屋4家,开展阅读活动12场。",
        "联系人:古某,电话:12345678",
        "工会会员可享受普惠服务",
        "聚焦职工服务 打造温暖驿站",
        "扫码填写报名表,于3月5日前提交。",
        "特别提示:请各单位提前15分钟入场。",
        "本文件由市总工会办公室负责解释。",
        "审核营业执照等材料3份",
        "服务对象:户外劳动者",
        "信息公开 政策法规 两手抓",
    ],
)
def test_running_text_with_such_words_stays(line: str) -> None:
    assert repair(f"{BODY}\n{line}").text == f"{BODY}\n{line}"


def test_an_address_goes_only_beside_a_footer() -> None:
    assert repair(f"{BODY}\n版权所有:演示市总工会\n地址:演示市文昌路18号").text == BODY


def test_counters_inside_a_date_line_go() -> None:
    page = repair(f"发布时间:2024-03-12 来源:演示总工会 点击:1208次 字号:[大 中 小]\n{BODY}")
    assert page.text == f"发布时间:2024-03-12 来源:演示总工会\n{BODY}"


def test_a_paragraph_printed_twice_stays_once() -> None:
    page = repair(f"{BODY}\n其他内容在此。\n{BODY}")
    assert page.text == f"{BODY}\n其他内容在此。"
    assert "duplicate" in page.damage


def test_a_cut_out_summary_of_the_text_goes() -> None:
    title = "以更大力度推进工会改革创新工作"
    one, two, three = (
        "会议号召全省工会要登高望远。",
        "会议要求打造品牌工会建设机制。",
        "会议提出举办职工联合会成立九十周年纪念活动。",
    )
    page = repair(f"{title}\n{title}{one}{two}{three[:15]}\n{one}中间还有一句。\n{two}\n{three}\n{title}(1)")
    assert page.text == f"{title}\n{one}中间还有一句。\n{two}\n{three}"


def test_table_rows_keep_their_cells_also_empty_ones() -> None:
    page = repair("附件:任务分解表\n序号 | 任务 | 时限\n|---|---|---|\n| 1 | 建设驿站40个 |  |\n2 | 办班2期 | 6月底")
    rows = [block for block in page.blocks if block.kind == "row"]
    assert [[cell.of(page.text) for cell in row.cells] for row in rows] == [
        ["序号", "任务", "时限"],
        ["1", "建设驿站40个", ""],
        ["2", "办班2期", "6月底"],
    ]


def test_numbers_inserted_by_a_preview_go_and_real_lists_stay() -> None:
    preview = "ID:30517742\n1、同志们:\n大会开幕了,2、纺织女工练出了操作法;3、选出新的机构。"
    assert repair(preview).text == "同志们:\n大会开幕了,纺织女工练出了操作法;选出新的机构。"
    agenda = "会议议程:1、听取报告;2、审议决议;3、选举机构。"
    assert repair(agenda).text == agenda


def test_placeholders_stay_and_are_flagged() -> None:
    page = repair("×市工会第××次代表大会,XX书记到会,***思想,长3×4米。")
    assert page.text == page.raw
    assert [found.before for found in page.repairs] == ["×", "××", "XX", "***"]
    assert all(found.doubtful for found in page.repairs)


@pytest.mark.parametrize("words", ["三天会期里,请各位代表集中精力,严守纪律,不搞", "会议要求各级工会抓好落实工作、"])
def test_a_text_that_stops_inside_a_sentence_is_flagged(words: str) -> None:
    page = repair(words)
    assert page.text == words
    assert page.damage == ("truncated",)


@pytest.mark.parametrize(
    "words", [BODY, "演示市总工会办公室", "联系人:某某,电话:1234,演示市总工会", "序号\t任务\t时限,"]
)
def test_an_ending_that_is_whole_is_not_flagged(words: str) -> None:
    assert "truncated" not in repair(words).damage


def test_invisible_characters_entities_and_tags_go() -> None:
    page = repair("\ufeff总工\u200b会&nbsp;&ldquo;司机之家&rdquo;<br/>建设<b>好</b>&notreal;\r\n第二段\u00a0\u00a0文字")
    assert page.text == "总工会 “司机之家”\n建设好&notreal;\n第二段 文字"


def test_tabs_part_cells_in_rows_and_are_blanks_elsewhere() -> None:
    page = repair("任务清单\n序号\t任务\t时限\n1\t建设驿站30个\t10月底\n总工会正文第一段。\n\t第二段\t文字。")
    rows = [block for block in page.blocks if block.kind == "row"]
    assert [len(row.cells) for row in rows] == [3, 3]
    lone = repair("总工会正文第一段。\n来源:演示日报\t日期:2024-03-02\n总工会正文第二段。")
    assert "来源:演示日报 日期:2024-03-02" in lone.text


@pytest.mark.parametrize(
    "filler", [" ", "\n", "\t", "\u3000", "|", "(", "《", "“", "×", "?", "-", "…", "\u00a0", "、", " \n"]
)
def test_long_runs_of_one_sign_take_no_long_time(filler: str) -> None:
    page = repair(f"总工会召开会议,主席讲话{filler * 20_000}会议要求抓好落实。")
    assert page.text.startswith("总工会召开会议,主席讲话")


@pytest.mark.parametrize(
    "paragraph",
    [
        "各小组围绕报告进行了热烈讨论,共提出建议36条。会议对上届以来的6件优秀提案进行了表彰。",
        "大家先后参观了职工书屋和健身房。参观结束后,各单位工会主席交流了建家经验。",
    ],
)
def test_a_paragraph_of_two_sentences_printed_twice_stays_once(paragraph: str):
    opening = "青杉市总工会召开推进会\n3月2日,青杉市总工会召开推进会。"
    text = f"{opening}\n{paragraph}\n会议审议了工作报告。\n{paragraph}\n会议要求新建驿站10个。"
    assert repair(text).text.count(paragraph) == 1
