"""Task or slogan: whether a cadre could attach evidence, or whether a standing line of union work is named."""

import re
from functools import lru_cache

from gongshu.reading.tasks.words import any_of, patterns

_SLOGAN = patterns("slogans")
_CONCRETE = re.compile(any_of("concrete"))
_STANDING = re.compile(any_of("standing"))
_SCHEME = re.compile(r"[”」』\"](?:[^,，]{0,8})?(?:行动|活动|计划|工程|竞赛|大赛|制度|机制|品牌|工作|项目|体系|讲堂)|“[^”]*(?:之家|驿站|课堂)”")
_CALLED = re.compile(r"(?:开展|举办|组织|筹办|实施|启动|办好|推进|开好|承办|评选|推行|抓好|做好|深化|搞好|参加|打造|落实)[^,，]{0,14}“[^“”]+”(?:等|“[^“”]+”|、)*[^,，]{0,10}(?:活动|行动|竞赛|大赛|比赛|工程|计划|讲堂|课堂|宣讲)")
_BOOK = re.compile(r"《[^》]+》")


def names_a_thing(text: str) -> bool:
    """Tell whether the words name something to show or a standing line of union work."""
    return bool(_CONCRETE.search(text) or _STANDING.search(text) or _SCHEME.search(text))


@lru_cache(maxsize=4096)
def kind_of(text: str, *, counted: bool = False, timed: bool = False) -> tuple[str, str]:
    """Return `task` or `slogan` and the rule that says so. `counted`: it has a quantity; `timed`: it has a date."""
    if counted or timed:
        return "task", "kind.counted"
    if _CALLED.search(text):
        return "task", "kind.called"
    if _SLOGAN["hard"].search(text):
        return ("task", "kind.law") if _BOOK.search(text) else ("slogan", "kind.hard")
    if names_a_thing(text):
        return "task", "kind.named"
    if _SLOGAN["soft"].search(text):
        return "slogan", "kind.soft"
    return "task", "kind.default"
