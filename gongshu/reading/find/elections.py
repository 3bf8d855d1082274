"""Who was elected to what."""

import re

from gongshu.reading.find.names import ROSTER
from gongshu.reading.find.people import Mention
from gongshu.reading.find.roles import Cast
from gongshu.reading.model import PersonFinding, Span

_WON = re.compile(
    r"(?:全票|再次|连任)?当选(?:为)?([^,。;!?]{2,40})|(?:被)(?:选举|推选|选|增补|替补"
    r"|补选)为([^,。;!?]{2,40})|(?:同志)?(?<![主连就上到责信])任([^,。;!?、]{0,30}(?:主席|主任"
    r"|委员|董事|监事))(?=[,。;])|(?<=[一-鿿])担任(?=[,。;])"
)
_CHOSE = re.compile(r"(?:当选的|选举|补选|推选|推举|增选|改选|增补|替补|选出|产生|通过|确认)")
_AS = re.compile(r"(?:同志)?(?:等[^,。;]{0,10}?)?(?:当选为?|为|担?任)([^,。;!?]{2,50})")
_PRODUCED = re.compile(r"选举产生|选举出|选出|选举结果|当选的")
_BY = re.compile(r"(?:^|[,;:]|新一届|选举)(?P<post>[^,。;:]{2,20})由$")
_ORDER = re.compile(r"\((?:以|按|排名)[^()]*\)")
_SHORT = re.compile(r"[^,。;]{0,8}|等\d*人?|\d+位?(?:同志|人)")
_ELECTION = re.compile(r"选举|当选|[补推增改]选")
_POST_BEHIND = re.compile(r"(?:副主席|主席|主任|副主任|常委|委员|书记|副书记|秘书长)$")


def elected(cast: Cast) -> list[PersonFinding]:
    """Return the persons elected, with the post as title."""
    found: dict[str, PersonFinding] = {}
    for sentence in cast.ctx.sentences:
        inside = cast.within(sentence)
        if not inside:
            continue
        for person in [*_winners(cast, sentence, inside), *_chosen(cast, sentence, inside)]:
            found.setdefault(person.name, person)
    for person in _rostered(cast):
        found.setdefault(person.name, person)
    return list(found.values())


def _rostered(cast: Cast) -> list[PersonFinding]:
    """Return those listed a line each behind their post, below words that tell of an election."""
    view = cast.ctx.view
    first = _ELECTION.search(view)
    if first is None:
        return []
    lines = ROSTER.finditer(view, first.end())
    return [
        _finding(mention, "".join(m["post"].split()), "rostered")
        for m in lines
        for mention in cast.within(Span(*m.span("names")))
    ]


def _finding(mention: Mention, post: str, rule: str) -> PersonFinding:
    post = _ORDER.sub("", post).removeprefix("当选的").removeprefix("新")
    return PersonFinding(mention.name, post.strip(" 、(") or None, Span(mention.start, mention.end), rule)


def _winners(cast: Cast, sentence: Span, inside: list[Mention]) -> list[PersonFinding]:
    """Return those before 当选: 甲当选主席, 乙、丙当选副主席."""
    found: list[PersonFinding] = []
    view = cast.ctx.view
    for m in _WON.finditer(view, sentence.start, sentence.end):
        before = [mention for mention in inside if mention.end <= m.start()]
        if not before or not _SHORT.fullmatch(view[before[-1].end : m.start()]):
            continue
        post = next((group for group in m.groups() if group), "")
        post = post or _held_by(view, sentence, before[-1])
        found += [_finding(mention, post, "won") for mention in _run(view, before)]
    return found


def _held_by(view: str, sentence: Span, mention: Mention) -> str:
    """Return the post in 新一届工会主席由甲担任."""
    m = _BY.search(view, sentence.start, mention.lead)
    return m["post"] if m else ""


def _run(view: str, before: list[Mention]) -> list[Mention]:
    group = [before[-1]]
    for mention in reversed(before[:-1]):
        if not re.fullmatch(r"(?:同志)?(?:\([^()]{1,6}\))?[、和及]", view[mention.end : group[0].lead]):
            break
        group.insert(0, mention)
    return group


def _chosen(cast: Cast, sentence: Span, inside: list[Mention]) -> list[PersonFinding]:
    """Return those behind 选举: 选举甲为主席, 选举产生主席甲,副主席乙、丙."""
    view = cast.ctx.view
    m = _CHOSE.search(view, sentence.start, sentence.end)
    if m is None:
        return []
    behind = [mention for mention in inside if mention.start >= m.end()]
    found: list[PersonFinding] = []
    for i, mention in enumerate(behind):
        limit = behind[i + 1].start if i + 1 < len(behind) else sentence.end
        named = _AS.match(view, mention.end, limit)
        if named:
            group = _run(view, behind[: i + 1])
            found += [_finding(one, named[1], "chosen") for one in group]
    if not found and _PRODUCED.search(view, sentence.start, sentence.end):
        found += _produced(behind)
    return found


def _produced(behind: list[Mention]) -> list[PersonFinding]:
    """Return the persons listed behind their posts; a name without a post has the post of the one before."""
    found: list[PersonFinding] = []
    post = ""
    for mention in behind:
        if mention.title and _POST_BEHIND.search(mention.title):
            post = mention.title
        if post:
            found.append(_finding(mention, post, "produced"))
    return found
