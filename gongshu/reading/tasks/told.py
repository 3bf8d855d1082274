"""What is told and not demanded: results, facts of the meeting, how things are, thanks, the agenda, what delegates say."""

import re

from gongshu.reading.tasks.words import verb_at

_REPORT = re.compile(
    r"了(?!解|结|然|如|望|不起|却|断|清)|已经?(?![有建入签])|取得(?!的|新|更)|以来|过去[一二三四五六七八九十几]|去年|一年来|近年来|年来|截至|累计(?!不|建|完|新)|充分肯定|"
    r"同比|仅完成|较好|回顾|成绩(?!单)|显著|赢得了|获得(?!感)|荣获|得到|充分体现|迎来|深受|现有|共有(?!的)|有所|全年评出|前[一二三四五六七八九十]{1,2}个月|前[一二三]季度"
)
_FACT = re.compile(
    r"参加会议|出席会议|列席会议|主持会议|审议通过|表决通过|当选|称号|揭牌仪式|签约|颁奖|图为|记者|来源|电话|联系人|会期|开幕|闭幕|现场气氛|祝贺|问候|感谢|敬意|"
    r"预祝|谢谢|鼓掌|掌声|特此通知|印发给你们|现将|散会|会议到此|讲得很好|完全同意|很有必要|很成功|@|自理|收取费用"
)
_FACT_AHEAD = re.compile(r"(?:会议|大会|全会)(?:还|由|对|听取|审议|选举|表彰|传达|总结|采取|通过|书面|应到|期间|原则|不)|与会|附件|邮箱")
_FACT_ENDS = tuple("参加会议 参加大会 参加活动 参加座谈会 出席大会 出席活动 参加 出席 列席 会上 会前 如下".split())
_STATEMENT_ENDS = tuple("任重道远 大有可为 重任在肩 意义重大 责任重大 至关重要 前景广阔".split())
_TITLED = re.compile(r"(?:主席|书记|主任|[省市县区州]长|部长|局长|常委|经理|董事长|秘书长|总监)[\u4e00-\u9fff]{2,4}$")
_STATEMENT = re.compile(r"(?!.*[一二三四五六]是)[^,，]{0,24}(?<![但就还要只总凡可于])是(?!否)[^,，]*$")
_HELPERS = re.compile(
    r"(?:与会|代表|委员|职工|劳模|工匠|大家|参会|会员|选手|获奖者|学员|企业负责人|员工)[^,，]{0,12}(?:纷纷|一致|也)?(?:表示|认为|说|建议|提出|希望|反映|告诉记者)$"
    r"|(?:工|司机|骑手|快递员|外卖员|教师|老师|医生|护士|农民工|师傅|班长|站长|店长|工长|技师|技术员|操作员|老板|业主|志愿者|保洁员|员|嫂)(?:[老小][\u4e00-\u9fff]|[\u4e00-\u9fff]{2,3})(?:也)?(?:说|表示|建议|认为|希望|反映|告诉记者)$"
    r"|^[老小][\u4e00-\u9fff](?:师傅)?(?:说|表示|建议|认为|希望)$|[\u4e00-\u9fff]{2,4}(?:建议|告诉记者|感慨|坦言|激动地说|高兴地说)$"
)
_LEADERS = re.compile(r"主席|书记|[省市县区州]长|部长|局长|厅长|主任|会议|大会|董事长|总经理|他|她")
_ASSEMBLY = re.compile(
    r"各代表团|各位代表(?!同志)|全体代表|会期|大会秩序|遵守会议纪律|^下面|现在(?:开会|进行|请)|第[一二三四五六七]项(?:议程)?|宣布|全体起立|奏(?:唱)?国歌|"
    r"请[^,，]{1,30}(?:讲话|作报告|作[^,，]{0,8}报告|发言|致辞|宣读|上台|领奖|颁奖|介绍)|大家欢迎|讲[一二三四五几]点|让我们|允许我|提出批评指正|请予?审议|请各位代表审议|谈[一二三四五几]点"
)


def is_told(words: str) -> bool:
    """Tell whether a clause reports, describes the meeting or states how things are."""
    if _REPORT.search(words) or words.endswith(_STATEMENT_ENDS) or ("是" in words and _STATEMENT.match(words)):
        return True
    if _FACT_AHEAD.match(words) or words.endswith(_FACT_ENDS):
        return True
    return _FACT.search(words) is not None and not (_TITLED.search(words) and verb_at(words))


def is_report(words: str) -> bool:
    """Tell whether the words report what has been done."""
    return _REPORT.search(words) is not None


def names_an_official(words: str) -> bool:
    """Tell whether a clause ends with a title and a name."""
    return _TITLED.search(words) is not None and verb_at(words) is None


def is_delegate(words: str) -> bool:
    """Tell whether somebody speaks whose wishes are no demand: delegates, workers, those who were honoured."""
    return _HELPERS.search(words) is not None and not _LEADERS.search(words[:-2])


def is_assembly(words: str) -> bool:
    """Tell whether a sentence only conducts the meeting itself."""
    return _ASSEMBLY.search(words) is not None
