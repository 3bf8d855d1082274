"""What is taken off a demand: who says it, ordinals, modals, the opening 围绕…，, and the results at its end."""

import re

from gongshu.reading.tasks.kind import names_a_thing
from gongshu.reading.tasks.words import ACTOR, opens_like_work

_DIGIT = "[一二三四五六七八九十]"
ORDINAL = re.compile(
    rf"^\s*(?:{_DIGIT}{{1,3}}、|[(（](?:{_DIGIT}{{1,3}}|\d{{1,2}})[)）]、?|\d{{1,2}}(?:[.．、](?!\d)|[)）])|[①-⑳]|[●◆■★▲•·\-]\s*"
    rf"|第?{_DIGIT}{{1,2}}(?:是(?:要)?|要|则|来|、要)|第{_DIGIT}{{1,2}}(?=[,，、:：])|(?:首先|其次|再次|最后)(?=[,，要])|一方面|另一方面)\s*"
)
_SAYING = r"要求|强调|指出|提出|明确|号召|希望|认为|说|表示|议定|决定|议定如下|勉励|期望|叮嘱|嘱咐|提醒|同意"
_VOICE = (
    r"(?:会议|大会|全会|会上|会后|他|她|[^,，]{0,40}?(?:会议|主席|书记|主任|[省市县区州镇乡]长|部长|局长|厅长|处长|组长|院长|校长|经理|董事长|总监|"
    r"秘书长|常委|委员|领导|负责人|同志|代表)[^,，]{0,14}?|[\u4e00-\u9fff·×*]{2,4})"
)
OPENER = re.compile(
    rf"^(?:{_VOICE}?(?:并|还|又|再次|进一步|特别|同时|指出|分别)?(?:就[^,，]{{1,40}}?)?)(?P<say>{_SAYING})"
    rf"(?:了?(?:如下|以下|[^,，]{{0,4}}[几一二三四五六七八九十\d]+[点个项条方面]*)?(?:具体|明确|殷切|工作)?(?:要求|意见|希望|建议|事项|任务|期望|措施)?)?$"
)
OPENER_AHEAD = re.compile(
    rf"^(?:(?:会议|大会|全会|他|她|并|还|同时|(?![^,，]{{0,2}}[与按对照据合符以从在把向经])[^,，、]{{2,4}})(?:还|并|进一步|特别|同时|再次)?)?(?P<say>强调|要求|希望|号召|勉励|提出|指出)(?!的|了|书)(?=.{{3,}})"
)
SET_OUT = re.compile(r"^(?:会议|大会|全会|他|她|[^,，]{2,20})?(?:对|就)?[^,，]{0,30}?(?:安排|部署)(?:了)?[^,，]{0,16}(?:任务|工作|事项|重点)$")
STRONG = frozenset("要求 明确 号召 希望 议定 决定 勉励 期望 叮嘱 嘱咐 提醒 同意".split())
_MODAL_WORD = (
    r"务必要|必须要|必须|务必|应当|应该|不得|严禁|切忌"
    r"|(?<![主重首只必纪摘概需想紧扼])要(?![求点素约闻件害道旨义事务么是职职塞])"
    r"|须(?!知)|(?<![适反相响供对回感效呼理本])应(?![急对用届有聘到邀变付诉答酬收当])|(?<![所急刚按供必军])需要?(?![求])"
)
MODAL = re.compile(rf"^(?P<subject>[^,，]{{0,34}}?)(?P<modal>{_MODAL_WORD})(?=[^,，]{{2,}})")
PROMISE = re.compile(r"^(?P<subject>[^,，]{2,24}?)(?P<modal>将)(?![军来近士领要于参])(?=[^,，]{2,})")
PLEASE = re.compile(r"^(?:敬请|烦请|恳请|特请|请)(?!示|假|求|辞|战|功|放心|允许|注意查收)")
_ACTOR_INSIDE = re.compile(rf"{ACTOR}(?:们|者|[(（][^()（）]{{1,12}}[)）])?")
_NAMED_ACTOR = re.compile(r"^(?:各|参会|与会|参赛|参训|全体|受表彰)?[^,，、]{0,6}(?:人员|单位|部门|代表|委员|选手|学员|工会|车间|班组)(?=.{2,})")
FILLER = re.compile(r"^(?:还|也|都|均|既|又|则|便|就|首先|同时|并且|而且|且|并|另外|此外|为此|对此|因此|同样|要|必须|务必)+(?!肩|立|列|举|行|轨|网|入|购|收|轨|加)")

_SCOPE = re.compile(
    r"^(?:要|紧紧|继续|始终|牢牢|更加|坚持|聚焦|主动|积极|着力|进一步|结合|针对)*"
    r"(?:围绕|聚焦|紧扣|立足|紧盯|针对|结合|按照|根据|依据|依照|遵照|着眼于?|面对|面向|对标|对照|瞄准|紧贴|通过|依托|借助|利用|随着|鉴于|本着|基于|锚定)"
)
_SCOPE_WITH_WORK = re.compile(r"(?:分工|方案|清单|标准)(?:制定|开展|整改|落实)|开展|举办|制定|建立|落实")
_BY_MEANS = re.compile(
    r"^(?:要|坚持|继续|始终)*以[^,，]{2,60}?(?:为|作为)(?:[^,，]{0,4})?(?:抓手|契机|统领|主线|引领|导向|指导|根本|重点|载体|牵引|目标|动力|基础|核心|关键|"
    r"突破口|着力点|切入点|依托|支撑|保障|主题|遵循|纽带|平台|中心|指引|先导|龙头|鉴|准绳|标准|依据|落脚点|出发点)$"
    r"|^以此[^,，]{0,8}$"
)
_TOPIC_AHEAD = re.compile(r"^(?:对|对于|就|针对|关于)[^,，]{2,20}(?:事项|问题|工作|情况|企业|单位|职工|人员|项目|提案|家庭|对象|方面|诉求|矛盾)$")
_JOINTLY = re.compile(r"^(?:主动|积极)?(?:联合|会同|协同|联动|商)[^,，]*(?:部门|单位|局|委|办|工会|企业|机构|平台|力量)$")
_CASES = re.compile(r"^(?:对|对于|针对)[^,，]{1,24}的(?P<noun>[^,，]{1,6})$")
_SETTING = re.compile(r"^(?:在|当)[^,，]{2,60}(?:下|时|后|期间|之际|基础上|过程中|的同时|前提下|方面|上|中|里|工作中)$")
_OPENING_TIME = re.compile(
    r"^(?:今后|下一步|接下来|(?:今年)?[上下]半年|今年|明年|上半年|当前|新的一年|会后|近期|20[\dxX×*]{2}年|未来[^,，]{0,3}年|同志们|各位[^,，]{1,6}|最后|总之|"
    r"为此|对此|因此|同时|此外|另外|首先|其次|会议期间|当前和今后一个时期|现阶段|第[一二三四五六七八九十])$"
)
_PURPOSE = re.compile(r"^(?:为了|为(?:加快|全面|奋力|推动|推进|进一步|切实|深入|更好|贯彻|落实|做好|确保|加强|规范|促进|实现|建设|谱写|夺取))")

_AIM = re.compile(
    r"^(?:切实|努力|不断|更好|更加|真正|进一步|全力|奋力|有效|有力|加快|着力|充分|持续|从而|进而|最终|更广泛地?|最大限度地?|积极|坚决|共同)*"
    r"(?:让|使|以(?:实际行动(?![^,，]{0,6}把)|优异|更[优高大好]|新的|崭新|扎实|奋斗|此|确保|便)"
    r"|为[^,，]{2,70}(?:贡献|力量|保障|保证|支持|支撑|条件|环境|氛围|赋能|助力|智慧|蓄势|动能|添彩|凝心聚力|而(?:努力)?奋斗|基础)"
    r"|形成|确保|助力|助推|激励|激发|调动|汇聚|凝聚|营造|引导|团结引领|(?:奋力|努力|更好)?在[^,，]{2,70}?(?:展现|作出|彰显|体现)|[^,，]{0,4}(?:听党话|跟党走)|提振|彰显|增进|不断满足|打通|实现[^,，]{0,20}(?:新|目标|全覆盖|转变|双赢|共赢|发展|提升)"
    r"|(?:提高|提升|增强|扩大|促进)[^,，]{1,24}(?:水平|能力|质量|质效|效率|效益|素质|影响力?|凝聚力|吸引力|战斗力|感|满意度|知晓率|覆盖面|积极性|本领|发展|稳定|和谐|利用率|程度)"
    r"|推动[^,，]{0,50}|促使|带动|发挥[^,，]{2,40}作用|把[^,，]{2,30}(?:得更|紧密团结|凝聚)|防止|避免|做到[^,，]{0,4}(?:不|全|应|底)|迈[上出]|不断推|达到[^,，]{0,20}(?:目的|效果)"
    r"|(?:谱写|取得|迈上|再上|书写|展现|作出|做出)[^,，]*)"
)
_AIM_WITHOUT_DOUBT = re.compile(r"新台阶|新局面|新篇章|新成效|新突破|新贡献|再上|迈上|高质量发展$")
_SPANNING_END = re.compile(r"^(?:作出|做出|贡献|提供|奠定|创造|注入|凝聚)[^,，]{0,16}(?:贡献|力量|智慧|保障|支撑|基础|条件|动力)$")


_PUSHED_ON = re.compile(
    r"入脑入心|走深走实|新台阶|新突破|新成效|新进展|高质量发展$|落地见效|落地生根|落地落实|有序开展|再上|迈上|取得|解决|见效|走在前|实现|提高|形成|落实$|提升$"
)
_PUSH = re.compile(r"^[^,，]{0,6}推动")
_NEW_GROUND = re.compile(r"开创[^,，]{0,24}新?局面")


_OPENER_ENDS = tuple(
    "要求 强调 指出 提出 明确 号召 希望 认为 说 表示 议定 决定 勉励 期望 叮嘱 嘱咐 提醒 同意 意见 建议 事项 任务 措施 工作 重点 反映 告诉记者 感慨 坦言 讲到 如下".split()
)


def may_open(text: str) -> bool:
    """Tell by its last word whether a clause can be one that says who speaks: a cheap test before the dear one."""
    return text.endswith(_OPENER_ENDS)


def is_scope(text: str) -> bool:
    """Tell whether a clause only says on what, how or where the work after it is done."""
    if _TOPIC_AHEAD.match(text) or _BY_MEANS.match(text) or _SETTING.match(text) or _OPENING_TIME.match(text) or _PURPOSE.match(text):
        return True
    cases = _CASES.match(text)
    if _JOINTLY.match(text) or (cases and not opens_like_work(cases["noun"])):
        return True
    return bool(_SCOPE.match(text)) and not _SCOPE_WITH_WORK.search(text)


def ends_an_aim(text: str) -> bool:
    """Tell whether a clause is the end of an aim opened before (作出新的更大贡献)."""
    return _SPANNING_END.match(text) is not None


def subject_ahead(text: str) -> int:
    """Return how long the subject is that opens a clause with no modal (希望各级工会深入开展…), 0 where none does."""
    for found in _ACTOR_INSIDE.finditer(text, 0, 45):
        rest = text[found.end() :]
        if rest and (opens_like_work(rest) or _SCOPE.match(rest)):
            return found.end()
    return 0


def role_ahead(text: str) -> int:
    """Return how long the role is that opens an instruction (参会人员着正装), 0 where none does."""
    found = _NAMED_ACTOR.match(text)
    return found.end() if found and not opens_like_work(text) else 0


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
