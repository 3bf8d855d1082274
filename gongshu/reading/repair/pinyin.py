"""Take out readings that a web chain wrote in brackets behind the characters, and only those."""

import re
from functools import cache

from pypinyin import Style, pinyin

from gongshu.reading.repair.draft import Edit
from gongshu.reading.repair.script import simplified

TONED = "āáǎàēéěèōóǒòīíǐìūúǔùǖǘǚǜńňǹḿ"
LETTERS = "a-züêɡɑ" + TONED
_BRACKET = re.compile(rf"[（(]\s*([{LETTERS}'’ ]{{1,40}}?)\s*[)）]", re.IGNORECASE)
_TONE = re.compile(f"[{TONED}]")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_ENOUGH = 5
_MOST = 8


@cache
def readings(character: str) -> frozenset[str]:
    """Return every reading of a character, toned, in the simplified and the traditional writing."""
    found = set(pinyin(character, style=Style.TONE, heteronym=True)[0])
    found.update(pinyin(simplified(character), style=Style.TONE, heteronym=True)[0])
    return frozenset(found)


def reads(characters: str, letters: str) -> bool:
    """Say whether `letters` is a reading of `characters`, one after the other."""
    if not characters:
        return not letters
    return any(
        letters.startswith(sound) and reads(characters[1:], letters[len(sound) :]) for sound in readings(characters[0])
    )


def annotations(text: str) -> list[Edit]:
    """Return the edits that delete bracketed readings; toneless ones only on a page that is full of toned ones."""
    toned: list[Edit] = []
    bare: list[Edit] = []
    for m in _BRACKET.finditer(text):
        letters = _plain(m[1])
        if _is_reading(text, m.start(), letters):
            edit = Edit(*m.span(), "", "pinyin", f"删去夹注的读音“{m[1].strip()}”")
            (toned if _TONE.search(letters) else bare).append(edit)
    return toned + (bare if len(toned) >= _ENOUGH else [])


def _plain(letters: str) -> str:
    """Return the letters alone, in the code points pypinyin writes."""
    low = letters.lower().replace("ɡ", "g").replace("ɑ", "a")
    return "".join(c for c in low if c not in "'’ ")


def _is_reading(text: str, end: int, letters: str) -> bool:
    """Say whether some characters that end at `end` are read `letters`; a lone vowel is no evidence without a tone."""
    if len(letters) < 2 and not _TONE.search(letters):
        return False
    for size in range(1, min(_MOST, end) + 1):
        before = text[end - size]
        if not _HAN.match(before):
            return False
        if reads(text[end - size : end], letters):
            return True
    return False
