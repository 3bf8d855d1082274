"""Which words of a text are names of persons: a title or a strong verb must show it."""

import re
from collections.abc import Callable, Iterator

from gongshu.reading.find.windows import around
from gongshu.reading.lexicons import alternation, words

_COMPOUND = "|".join(sorted((w for w in words("surnames") if len(w) == 2), reverse=True))
_SINGLE = "".join(w for w in words("surnames") if len(w) == 1)
_SURE = "".join(w for w in words("surnames") if len(w) == 1 and w not in words("not_surnames"))
_HAN = "[一-鿿]"
_DOTTED = (
    r"[^\W\da-zA-Z_会工委主席书记长任部员表、和]{1,8}(?:[·•][^\W\da-zA-Z_会工委主席书记长任部员表、和]{1,8}?){1,3}"
)
_NAME = rf"(?:(?:{_COMPOUND}){_HAN}{{1,2}}|[{_SINGLE}](?: ?{_HAN}{{1,2}}(?<!等))|{_DOTTED})"
SURE_NAME = rf"(?:(?:{_COMPOUND}){_HAN}{{1,2}}|[{_SURE}]{_HAN}{{1,2}}|{_DOTTED})"
_ODD_NAME = r"[^\W\d_a-zA-Z会工委主席代表同志等各部团组省市县区党政的了和与及并在由是为]{2,4}"
_BEHIND = rf"(?=[、,。;:()\s<>《!?]|{alternation('behind_names')}|$)"
_STRONG = rf"(?={alternation('strong_behind')})"
_ACTS = (
    r"(?=(?:同志)?(?:主持|讲话|致辞|致词|致(?:开幕|闭幕|欢迎|贺)|授课|出席"
    r"|作(?:了)?[^,。;]{0,20}(?:报告|发言|讲话)|强调|指出))"
)

_TITLES = words("titles")
_TITLE_ENDS = "".join(sorted({title[-1] for title in _TITLES}))
_LONGEST_ENDING = 12
_TITLED = re.compile(rf"[{_TITLE_ENDS} ]({_NAME})(?:\([^()]{{1,6}}\))?{_BEHIND}")
_ODD = re.compile(rf"(?:主席|书记|主任|长|总经理|委员|常委)({_ODD_NAME}){_ACTS}")
_BARE = re.compile(rf"(?:,|。|;|:|、|“|\(|\n|由|请|会上|随后)({SURE_NAME}){_STRONG}")
_LIST = re.compile(
    rf"(?:,|。|;|:|\(|\n|为|有|选|举|领导|同志)(?=.{{2,4}}、|[^、,。\n]{{1,12}}[·•])({SURE_NAME}(?:、{SURE_NAME}){{1,20}}){_BEHIND}"
)
_COMRADE = re.compile(
    rf"(?:(?<=[,。;:、\n请由])|^|(?<=选举|补选|推选|增补|任命|下面))({_NAME}"
    rf"|{_ODD_NAME})同志(?=[为作主讲任致等、,])",
    re.MULTILINE,
)
_CALLED = re.compile("同志[为作主讲任致等、,]")
_LABELLED = re.compile(
    rf"^[ \t]*(?:[一二三四五六七八九十\d]{{1,2}}[、.])?\s*(?:会议)?(?:主\s*持(?:\s*人)?|讲话人?|报告人"
    rf"|主讲人?|出\s*席(?:人员|领导)?|列\s*席(?:人员)?|参加(?:人员|领导)?|参会(?:人员|领导)?|与会人员"
    rf"|记\s*录(?:人)?)\s*[::]\s*({_NAME}(?:[、 ,]{_NAME})*)(?=[、,。;:()\s]|$|等)",
    re.MULTILINE,
)
_VOTE = re.compile(r"选举|当选|[补推增改]选|增补|替补|选出|推举|新一届")
_VOTED = re.compile(
    rf"(?:(?<=[,、。;:\n由举补选为出和及 ])|^)({SURE_NAME}|[{_SINGLE}]{_HAN}{{2}})(?<!以)"
    r"(?=、|同志|\([^()]{1,6}\)|以?[全高]票|当选|担任|任|为|等\d|组成|和)"
)
_POST = r"(?:主\s*席|主\s*任|书\s*记|常\s*委|委\s*员|董\s*事|监\s*事|组\s*长)"
ROSTER = re.compile(
    rf"^[ \t]*(?P<post>[^,。;:\n]{{0,14}}{_POST})(?:\([^()\n]{{1,10}}\))?\s*:\s*"
    rf"(?P<names>{_NAME}(?:[、 ,]+{_NAME})*)[。;]?[ \t]*$",
    re.MULTILINE,
)
_FOLLOWING = re.compile(rf"(?:、|和)({_NAME}){_BEHIND}")
_NEVER = frozenset(words("not_names"))
_NEVER_TWO = frozenset(word for word in _NEVER if len(word) == 2)
_PEOPLE = frozenset({*_TITLES, *words("person_heads")})
_FULL = 3
_UNSURE = frozenset(words("not_surnames"))
_PLACEHOLDER = re.compile(r"某|×|X")

_SURELY_BEHIND = re.compile(r"[、,。;]|主持|讲话|出席|致|强调|指出|要求|表示|作了|同志|参加|到会|宣布")
_WEAK_TITLE = re.compile(r"(?:代表|工人|职工|劳模|骑手|司机|师傅|老师|快递员|会员)$")
_STRONG_TITLE = re.compile(r"(?:主席|书记|主任|长|经理|常委)$")

Known = dict[str, str]


def known_names(view: str) -> Known:
    """Return the names a text (canonical) shows, with the rule that showed each first."""
    known: Known = {}
    below = f"\n{view}"  # so that the text's first line begins like every other
    for rule, find in _RULES:
        for name in find(below, known):
            known.setdefault(name, rule)
    return {name: rule for name, rule in known.items() if not _is_longer_word(name, known)}


def may_be_name(name: str) -> bool:
    """Say whether a word that fits the grammar of names is not a word known for something else."""
    bare = name.replace(" ", "")
    return (
        bare not in _NEVER
        and not bare.endswith("等")
        and bare[:2] not in _NEVER_TWO
        and bare[1:] not in _PEOPLE
        and not _PLACEHOLDER.search(name)
    )


def _titled(view: str, known: Known) -> Iterator[str]:
    """Find the names behind titles, and those that follow them: 副主席甲、乙和丙."""
    for m in _TITLED.finditer(view):
        before = view[max(0, m.start(1) - _LONGEST_ENDING) : m.start(1)].rstrip(" ")
        if _ends_title(before, m[1]) and (_is_plain(view, m, before) or _is_shown(view, m, before)):
            yield m[1]
            yield from _following(view, m.end(1))


def _ends_title(before: str, name: str) -> bool:
    """Say whether words end a title: a listed one, or any other 长 (水手长, 护士长) before a full name."""
    return before.endswith(_TITLES) or (before.endswith("长") and len(name) >= _FULL and name[0] in _SURE)


def _is_plain(view: str, m: re.Match[str], title: str) -> bool:
    """Say whether a word behind a title is a name; a surname that is a common word asks for more evidence."""
    sure = (
        m[1][0] not in _UNSURE
        or (title != "" and _WEAK_TITLE.search(title) is None)
        or _SURELY_BEHIND.match(view, m.end(1)) is not None
    )
    return sure and may_be_name(m[1])


def _is_shown(view: str, m: re.Match[str], title: str) -> bool:
    """Say whether a name that begins like a word (章程远, 许多福) is one all the same: high title, clear ending."""
    bare = m[1].replace(" ", "")
    if len(bare) < _FULL or bare in _NEVER or _PLACEHOLDER.search(bare):
        return False
    return _STRONG_TITLE.search(title) is not None and _SURELY_BEHIND.match(view, m.end(1)) is not None


def _following(view: str, at: int) -> Iterator[str]:
    while (m := _FOLLOWING.match(view, at)) and (_is_plain(view, m, "") or _is_shown(view, m, "主席")):
        yield m[1]
        at = m.end(1)


def _odd(view: str, known: Known) -> Iterator[str]:
    """Find names without a surname behind high titles: 书记泽仁旺堆主持."""
    for m in _ODD.finditer(view):
        if may_be_name(m[1]) and not any(m[1].startswith(name) for name in known):
            yield m[1]


def _comrades(view: str, known: Known) -> Iterator[str]:
    windows = around(view, _CALLED)
    yield from (m[1] for bounds in windows for m in _COMRADE.finditer(view, *bounds) if may_be_name(m[1]))


def _elected(view: str, known: Known) -> Iterator[str]:
    """Find names in what tells of an election, and those listed behind their posts under it."""
    done = 0
    for vote in _VOTE.finditer(view):
        if vote.start() < done:
            continue
        start = max((view.rfind(mark, done, vote.start()) for mark in "。;!?\n"), default=-1) + 1
        end = view.find("\n", vote.end())
        start, done = max(start, done), end if end >= 0 else len(view)
        yield from (m[1] for m in _VOTED.finditer(view, start, done) if may_be_name(m[1]))
    for m in ROSTER.finditer(view) if done else ():
        yield from (name for name in re.split(r"[、 ,]+", m["names"]) if may_be_name(name))


def _listed(view: str, known: Known) -> Iterator[str]:
    """Find lists of names without titles: 梁某、杨某等出席."""
    for m in _LIST.finditer(view):
        names = m[1].split("、")
        if all(may_be_name(name) for name in names):
            yield from names


def _labelled(view: str, known: Known) -> Iterator[str]:
    for m in _LABELLED.finditer(view):
        yield from (name for name in re.split(r"[、 ,]", m[1]) if may_be_name(name))


def _acting(view: str, known: Known) -> Iterator[str]:
    """Find names at the head of a clause before a strong verb; two characters alone must stand in the text twice."""
    for m in _BARE.finditer(view):
        sure = len(m[1]) >= _FULL or view.startswith("当选", m.end(1)) or view.count(m[1]) > 1
        if sure and may_be_name(m[1]):
            yield m[1]


def _is_longer_word(name: str, known: Known) -> bool:
    """Say whether a name is another known name with one more character behind (a verb read into it)."""
    return len(name) == _FULL and known.get(name[:2]) == "titled-name" and known[name] != "titled-name"


_RULES: tuple[tuple[str, Callable[[str, Known], Iterator[str]]], ...] = (
    ("titled-name", _titled),
    ("titled-name", _odd),
    ("comrade-name", _comrades),
    ("elected-name", _elected),
    ("listed-name", _listed),
    ("labelled-name", _labelled),
    ("acting-name", _acting),
)
