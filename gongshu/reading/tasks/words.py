"""The word lists of this folder, read once and made into regular expressions."""

import re
import tomllib
from importlib.resources import files

_PLACE = re.compile(r"\{\{(\w+)\}\}")
_FOLDER = files("gongshu.reading.tasks") / "lexicon"


def words(name: str) -> tuple[str, ...]:
    """Return the words of `lexicon/<name>.txt`, longest first, comments left out."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    found = {word for line in lines if not line.startswith("#") for word in line.split()}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def any_of(name: str) -> str:
    """Return a group that matches any word of the list, the longest first."""
    return "(?:" + "|".join(map(re.escape, words(name))) + ")"


def _filled(pattern: str, known: dict[str, str]) -> str:
    """Return the pattern with every `{{name}}` replaced by the part or the word list of that name."""
    found = _PLACE.search(pattern)
    while found is not None:
        text = known[found[1]] if found[1] in known else any_of(found[1])
        pattern = pattern[: found.start()] + text + pattern[found.end() :]
        found = _PLACE.search(pattern)
    return pattern


def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """Return each list of `lexicon/<name>.toml` as one alternation, its parts and word lists put in."""
    table = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    known = dict(table.pop("parts", {}))
    found = {}
    for key, lines in table.items():
        known[key] = _filled("|".join(lines), known)
        found[key] = re.compile(known[key])
    return found


def _by_first(found: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return words, the longest first, by the character they begin with."""
    return {head: tuple(word for word in found if word[0] == head) for head in {word[0] for word in found}}


VERBS = frozenset(words("verbs"))
NOUNS = re.compile(any_of("nouns"))
ACTOR = any_of("actors")
_ACTORS = words("actors")
_VERBS_OF = _by_first(words("verbs"))
_ADVERBS_OF = _by_first(words("adverbs"))
_IDIOMS_ONLY = re.compile(rf"(?:{any_of('idioms')}|[、和])+地?$")
_PREPOSITION = re.compile(r"(?:把|将|对|为|给|向|与|同|按照|按|依托|用|从|在|于|每[年月季周半人])[^、]{2,}")
_TIME_AHEAD = re.compile(
    r"(?:力争|确保|务必)?(?:在|于)?(?:"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}日|底|末|初|中旬|上旬|下旬)?(?:之?前|内)?"
    r"|年底前|年内|近期|近日|适时|全年|每半?年|每月|每季度?|每周[一二三四五六日]?|[上下]半年|[一二三四]季度(?:末|底)?(?:前|内)?"
    r"|[一二三四五六七八九十两\d]{1,3}个?[年月周天日](?:之?内|以内))"
)


def ends_as_actor(text: str) -> bool:
    """Tell whether the words end in somebody who acts."""
    return text.endswith(_ACTORS)


def _size(known: dict[str, tuple[str, ...]], text: str, at: int) -> int:
    """Return the length of the longest known word that stands at `at`, 0 where none stands."""
    return next((len(word) for word in known.get(text[at : at + 1], ()) if text.startswith(word, at)), 0)


def verb_size(text: str, at: int) -> int:
    """Return the length of the verb of work that stands at `at`, 0 where none stands."""
    size = _size(_VERBS_OF, text, at)
    return size if size and not NOUNS.match(text, at) else 0


def adverb_size(text: str, at: int) -> int:
    """Return the length of the adverb that stands at `at`, 0 where none stands."""
    return _size(_ADVERBS_OF, text, at)


def verb_at(text: str, start: int = 0) -> tuple[int, int] | None:
    """Return where the verb stands that opens the text at `start`, adverbs before it allowed."""
    at = start
    for _ in range(5):
        size = verb_size(text, at)
        if size:
            return at, at + size
        skip = adverb_size(text, at)
        if not skip:
            return None
        at += skip
        if text[at : at + 1] == "地":
            at += 1
    return None


def without_time(text: str) -> str:
    """Return the text without the date or the rhythm it opens with."""
    found = _TIME_AHEAD.match(text)
    return text[found.end() :] if found else text


def opens_like_work(text: str) -> bool:
    """Tell whether a clause opens with a verb of work, or with a preposition that leads up to one."""
    if _PREPOSITION.match(text):
        return True
    rest, at = without_time(text), 0
    for _ in range(3):
        if verb_size(rest, at) or _PREPOSITION.match(rest, at):
            return True
        skip = adverb_size(rest, at)
        if not skip:
            return False
        at += skip + (rest[at + skip : at + skip + 1] == "地")
    return False


def only_mottoes(text: str) -> bool:
    """Tell whether a clause is nothing but four-character mottoes."""
    return _IDIOMS_ONLY.fullmatch(text) is not None
