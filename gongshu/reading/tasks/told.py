"""What is told and not demanded: results, facts of the meeting, thanks, the agenda, what delegates say."""

import re

from gongshu.reading.tasks.strip import modal
from gongshu.reading.tasks.words import opens_like_work, patterns, verb_at, without_time

_PATTERNS = patterns("told")

_REPORT = _PATTERNS["report"]
_FACT = _PATTERNS["fact"]
_FACT_AHEAD = _PATTERNS["fact_ahead"]
_FACT_ENDS = (
    "参加会议",
    "参加大会",
    "参加活动",
    "参加座谈会",
    "出席大会",
    "出席活动",
    "参加",
    "出席",
    "列席",
    "会上",
    "会前",
    "如下",
)
_STATEMENT_ENDS = ("任重道远", "大有可为", "重任在肩", "意义重大", "责任重大", "至关重要", "前景广阔")
_DEFINITION = re.compile(r"^[^,]{2,8}为\d|将(?:作为|视为|被|纳入考核)")
_CONCESSION = re.compile(
    r"[^,]{0,8}要(?:清醒地?|充分|客观地?)?(?:看到|认识到|承认|注意到)|[但也还]+应(?:清醒地?)?(?:看到|认识到)|[^,]{0,24}(?:仍需|尚需|有待)(?:[^,]{0,4}(?:关注|加强|提高|提升|改进|解决|完善))"
)
_MAY_CONCEDE = re.compile("[看识]到|承认|仍需|尚需|有待|注意到")
_TITLED = _PATTERNS["titled"]
_STATEMENT = re.compile(r"(?!.*[一二三四五六]是)[^,，]{0,24}(?<![但就还要只总凡可于])是(?!否)[^,，]*$")
_HELPERS = _PATTERNS["helpers"]
_TRADE = _PATTERNS["trade"]
_TOWARD = re.compile(r"[对向给][^,，]{2,20}?(?=提出|寄予|作出|表达|说|表示)")
_AT_LEAST = re.compile("至少|不少于|不超过")
_TRADE_LONGEST = 8
_SPEAKS = _PATTERNS["speaks"]
_LEADERS = re.compile(r"主席|书记|[省市县区州]长|部长|局长|厅长|主任|会议|大会|董事长|总经理|他|她")
_ASSEMBLY_LABEL = _PATTERNS["assembly_label"]
_ASSEMBLY = _PATTERNS["assembly"]


def is_told(words: str) -> bool:
    """Tell whether a clause reports, describes the meeting or states how things are."""
    if (
        _REPORT.search(words)
        or words.endswith(_STATEMENT_ENDS)
        or ("是" in words and _STATEMENT.match(words))
        or _DEFINITION.search(words)
    ):
        return True
    if _FACT_AHEAD.match(words) or words.endswith(_FACT_ENDS):
        return True
    return _FACT.search(words) is not None and verb_at(words) is None


def is_concession(words: str) -> bool:
    """Tell whether a clause asks only to see how things are (也要看到, 要清醒认识到)."""
    return _MAY_CONCEDE.search(words) is not None and _CONCESSION.match(words) is not None


def is_report(words: str) -> bool:
    """Tell whether the words report what has been done."""
    return _REPORT.search(words) is not None


def names_an_official(words: str) -> bool:
    """Tell whether a clause ends with a title and a name."""
    return _TITLED.search(words) is not None and not opens_like_work(words)


def is_delegate(words: str) -> bool:
    """Tell whether somebody speaks whose wishes are no demand: delegates, workers, the honoured."""
    speaker = _TOWARD.sub("", words, count=1)
    return (
        _HELPERS.search(speaker) is not None
        and not _LEADERS.search(speaker[:-2])
        and not opens_like_work(without_time(speaker.removeprefix("与会")))
        and not (modal(speaker) or _AT_LEAST.search(speaker))
    )


def delegate_speaks(words: str, text: str) -> bool:
    """Tell whether somebody begins to speak (铁小山提出) whom the text first names by a worker's trade (班长铁小山)."""
    found = _SPEAKS.match(words)
    if found is None:
        return False
    at = text.find(found["name"])
    return _TRADE.search(text, max(0, at - _TRADE_LONGEST), at) is not None


def is_assembly(words: str) -> bool:
    """Tell whether a sentence only conducts the meeting itself."""
    return _ASSEMBLY_LABEL.match(words) is not None or _ASSEMBLY.search(words) is not None
