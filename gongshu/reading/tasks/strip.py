"""What is taken off a demand: who says it, ordinals, modals, the opening 围绕…， and the results."""

import re

from gongshu.reading.tasks.kind import names_a_thing
from gongshu.reading.tasks.words import ACTOR, opens_like_work, patterns, without_time

_PATTERNS = patterns("strip")

ORDINAL = _PATTERNS["ordinal"]
OPENER = _PATTERNS["opener"]
OPENER_AHEAD = _PATTERNS["opener_ahead"]
SET_OUT = _PATTERNS["set_out"]
STRONG = frozenset(
    [
        "承诺",
        "拍板",
        "敲定",
        "要求",
        "明确",
        "号召",
        "希望",
        "议定",
        "确定",
        "决定",
        "勉励",
        "期望",
        "叮嘱",
        "嘱咐",
        "提醒",
        "同意",
    ]
)
_MODAL_WORD = (
    r"务必要|必须要|必须|务必|应当|应该|不得|严禁|切忌"
    r"|(?<![主重首只必纪摘概需想紧扼就快])要(?![求点素约闻件害道旨义事务么是职职塞])"
    r"|须(?!知)|(?<![适反相响供对回感效呼理本])应(?![急对用届有聘到邀变付诉答酬收当])|(?<![所急刚按供必军])需要?(?![求])"
)
MODAL = re.compile(rf"^(?P<subject>[^,，]{{0,34}}?)(?P<modal>{_MODAL_WORD})(?=[^,，]{{2,}})")
_MAY_LEAD = re.compile("[要须应需]|务必|不得|严禁|切忌")
_MAY_ASK = re.compile("强调|要求|希望|号召|勉励|提出|指出|决定|同意|议定|明确|确定")
_ASKS_WITHIN = 9
PROMISE = re.compile(r"^(?P<subject>[^,，]{2,24}?)(?P<modal>将)(?![军来近士领要于参])(?=[^,，]{2,})")
PLEASE = re.compile(r"^(?:敬请|烦请|恳请|特请|请)(?!示|假|求|辞|战|功|放心|允许|注意查收)")
_HELPS = ("配合", "协助", "参与")
_HELPS_ONLY = re.compile(r"[^,，]{2,16}(?:予以|做好|积极|密切)?(?:配合|协助|参与)$")
_SET_UP = re.compile("新建|组建|新组建|新发展|新增|建成|筹建|成立|培育|发展|创建")
_ACTOR_INSIDE = re.compile(
    rf"(?:{ACTOR}|(?<=[\u4e00-\u9fff]{{2}})(?:(?<![全内外局])部|科|处室?|[乡镇](?![村镇])))"
    r"(?:们|者|[(（][^()（）]{1,12}[)）])?"
)
_NAMED_ACTOR = _PATTERNS["named_actor"]
FILLER = _PATTERNS["filler"]

_SCOPE = _PATTERNS["scope"]
_SCOPE_WITH_WORK = re.compile(
    r"(?:分工|方案|清单|标准)(?:制定|开展|整改|落实)|开展|举办|制定|建立|落实"
    r"|(?:目标|要求|部署|标准|清单|方案|计划|任务|需求|实际|特点)(?![和与、的进上下])[^,，]{3,}$"
)
_MEANS_WITH_WORK = re.compile(
    r"^(?:要|充分)?(?:依托|利用|借助|结合|按照)[^,，]{3,}?"
    r"(?:开通|设立|推出|组建|搭建|打造|发放|举办|组织|征集|发布|推送|办理|评选|建成|公布|录制|拍摄)[^,，]{3,}$"
)
_BY_MEANS = _PATTERNS["by_means"]
_TOPIC_AHEAD = _PATTERNS["topic_ahead"]
_JOINTLY = _PATTERNS["jointly"]
_CASES = re.compile(r"^(?:对|对于|针对)[^,，]{1,24}的(?P<noun>[^,，]{1,6})$")
_SETTING = _PATTERNS["setting"]
_OPENING_TIME = _PATTERNS["opening_time"]
_PURPOSE = _PATTERNS["purpose"]

_AIM = _PATTERNS["aim"]
_AIM_WITHOUT_DOUBT = re.compile(r"新台阶|新局面|新篇章|新成效|新突破|新贡献|再上|迈上|高质量发展$")
_SPANNING_END = _PATTERNS["spanning_end"]


_PUSHED_ON = _PATTERNS["pushed_on"]
_PUSH = re.compile(r"^(?!形成)[^,，]{0,6}推动")
_NEW_GROUND = re.compile(r"开创[^,，]{0,24}新?局面")


_OPENER_ENDS = (
    "要求",
    "强调",
    "指出",
    "提出",
    "明确",
    "号召",
    "希望",
    "认为",
    "说",
    "表示",
    "议定",
    "决定",
    "勉励",
    "期望",
    "叮嘱",
    "嘱咐",
    "提醒",
    "同意",
    "意见",
    "建议",
    "事项",
    "任务",
    "措施",
    "工作",
    "重点",
    "反映",
    "告诉记者",
    "感慨",
    "坦言",
    "讲到",
    "如下",
    "承诺",
    "拍板",
    "敲定",
)


def modal(text: str) -> re.Match[str] | None:
    """Return the subject and the modal a clause is led by, None without one: most clauses hold no such word at all."""
    return MODAL.match(text) if _MAY_LEAD.search(text) else None


def opener_ahead(text: str) -> re.Match[str] | None:
    """Return who asks or stresses in front of the demand itself (会议要求各级…), None where nobody does."""
    return OPENER_AHEAD.match(text) if _MAY_ASK.search(text, 0, _ASKS_WITHIN) else None


def may_open(text: str) -> bool:
    """Tell by its last word whether a clause can say who speaks: a cheap test before the dear one."""
    return text.endswith(_OPENER_ENDS)


def is_scope(text: str) -> bool:
    """Tell whether a clause only says on what, how or where the work after it is done."""
    if (
        _TOPIC_AHEAD.match(text)
        or _BY_MEANS.match(text)
        or _SETTING.match(text)
        or _OPENING_TIME.match(text)
        or _PURPOSE.match(text)
    ):
        return True
    cases = _CASES.match(text)
    if _JOINTLY.match(text) or (cases and not opens_like_work(cases["noun"])):
        return True
    return bool(_SCOPE.match(text)) and not (_SCOPE_WITH_WORK.search(text) or _MEANS_WITH_WORK.match(text))


def ends_an_aim(text: str) -> bool:
    """Tell whether a clause is the end of an aim opened before (作出新的更大贡献)."""
    return _SPANNING_END.match(text) is not None


def subject_ahead(text: str) -> int:
    """Return how long the subject of a clause without 要 is (各级工会深入开展…), 0 where it has none."""
    if without_time(text)[:1].isdigit():
        return 0
    for found in _ACTOR_INSIDE.finditer(text, 0, 45):
        rest = text[found.end() :]
        if _SET_UP.search(text, 0, found.end()):
            return 0
        if rest and (opens_like_work(rest) or _SCOPE.match(rest)):
            return found.end()
    return 0


def role_ahead(text: str) -> int:
    """Return how long the role is that opens an instruction (参会人员着正装), 0 where none does."""
    found = _NAMED_ACTOR.match(text)
    if found is None or text.startswith("每") or opens_like_work(text) or _SET_UP.search(text, 0, found.end()):
        return 0
    return found.end()


def only_helps(text: str) -> bool:
    """Tell whether a clause only says who helps (人力资源部配合)."""
    return text.endswith(_HELPS) and _HELPS_ONLY.match(text) is not None


def is_purpose(text: str) -> bool:
    """Tell whether a clause only says what for (为贯彻落实…精神)."""
    return _PURPOSE.match(text) is not None


def is_opening(text: str) -> bool:
    """Tell whether a clause is a mere opening: a time, an address, a connective."""
    return _OPENING_TIME.match(text) is not None


def is_result(text: str) -> bool:
    """Tell whether a clause that follows a demand only says what it is to lead to."""
    if _SPANNING_END.match(text):
        return True
    if not _AIM.match(text) or _NEW_GROUND.search(text):
        return False
    if _AIM_WITHOUT_DOUBT.search(text):
        return True
    if _PUSH.match(text):
        return bool(_PUSHED_ON.search(text)) and ("解决" in text or not names_a_thing(text))
    return True
