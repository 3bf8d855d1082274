"""Who was elected to what."""

import re

from gongshu.reading.find.people import Mention
from gongshu.reading.find.roles import Cast
from gongshu.reading.model import PersonFinding, Span

_WON = re.compile(
    r"(?:全票|再次|连任)?当选(?:为)?([^,。;!?]{2,40})|(?:被)(?:选举|推选|选|增补|替补"
    r"|补选)为([^,。;!?]{2,40})|(?:同志)?(?<![主连就上到责信担])任([^,。;!?、]{2,30}(?:主席|主任"
    r"|委员))(?=[,。;])"
)
_CHOSE = re.compile(r"(?:选举|补选|推选|增选|改选|增补|替补|选出|产生|通过|确认)")
_AS = re.compile(r"(?:同志)?(?:等[^,。;]{0,10}?)?(?:当选)?为([^,。;!?]{2,50})")
_PRODUCED = re.compile(r"(?:选举产生|选举出|选出)")
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
    return list(found.values())


def _finding(mention: Mention, post: str, rule: str) -> PersonFinding:
    return PersonFinding(mention.name, post.strip(" 、") or None, Span(mention.start, mention.end), rule)


def _winners(cast: Cast, sentence: Span, inside: list[Mention]) -> list[PersonFinding]:
    """Return those before 当选: 甲当选主席, 乙、丙当选副主席."""
    found: list[PersonFinding] = []
    view = cast.ctx.view
    for m in _WON.finditer(view, sentence.start, sentence.end):
        before = [mention for mention in inside if mention.end <= m.start()]
        if not before or not re.fullmatch(
            r"(?:同志|等\d*人?|\d+位?(?:同志|人)|分别|[^,。;]{0,8})", view[before[-1].end : m.start()]
        ):
            continue
        post = next(group for group in m.groups() if group)
        found += [_finding(mention, post, "won") for mention in _run(view, before)]
    return found


def _run(view: str, before: list[Mention]) -> list[Mention]:
    group = [before[-1]]
    for mention in reversed(before[:-1]):
        if not re.fullmatch(r"(?:同志)?[、和及]", view[mention.end : group[0].lead]):
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
        limit = behind[i + 1].lead if i + 1 < len(behind) else sentence.end
        named = _AS.match(view, mention.end, limit if i + 1 < len(behind) else sentence.end)
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
