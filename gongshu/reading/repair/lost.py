"""Characters a conversion lost: flagged for a person, with a proposal from what is left, never filled in silently.

Where one character is gone out of a fixed word and left the sound a chain is known to leave of it (隊?wèi) for 队伍),
it is written, and flagged all the same; everywhere else □ stands.
"""

import re

from gongshu.reading.lexicons import table
from gongshu.reading.repair.draft import Edit
from gongshu.reading.repair.pinyin import LETTERS, TONED, readings

MISSING = "□"
_LEFTOVER = re.compile(
    rf"(?:[?？]\s*[（(]?\s*([{LETTERS}]*[{TONED}][{LETTERS}]*)\s*[)）](?:拢[?？])?(?:[A-Za-z](?=[一-鿿]))?)+",
    re.IGNORECASE,
)
_SOUND = re.compile(rf"[{LETTERS}]*[{TONED}][{LETTERS}]*", re.IGNORECASE)
_UNDECODED = re.compile(
    "[\ufffd\ue000-\uf8ff]+|(?:锟斤拷)+|(?:烫烫烫)+|[?？]。▍[\\^＾]?(?:[（(][a-zāáǎàēéěèōóǒòīíǐìūúǔùǖǘǚǜ]+[)）])?"
)
_TRACE = re.compile("[?？\ufffd\ue000-\uf8ff锟烫]")
_LATIN = re.compile(r"[A-Za-z0-9(（]")


def lost(text: str) -> list[Edit]:
    """Return an edit that puts □ for every stretch of lost characters."""
    if not _TRACE.search(text):
        return []
    edits = [
        _with_reading(text, m) for m in _LEFTOVER.finditer(text) if not _LATIN.match(text[m.start() - 1 : m.start()])
    ]
    note = "此处文字在转换中丢失，请对照原件补上"
    edits += [Edit(*m.span(), MISSING, "lost", note, True) for m in _UNDECODED.finditer(text)]
    return edits


def _with_reading(text: str, m: re.Match[str]) -> Edit:
    sounds = _SOUND.findall(m[0])
    shown = "、".join(f"“{sound}”" for sound in sounds)
    before, after = text[: m.start()][-3:], text[m.end() : m.end() + 6]
    only = _completed(before, after, sounds[0]) if len(sounds) == 1 else ""
    if only:
        note = f"此处原字在转换中丢失，残留读音{shown}，按固定词语暂补“{only}”，请对照原件核对"
        return Edit(*m.span(), only, "lost", note, True)
    proposal = _propose(before, after, sounds)
    guess = f"，疑为“{proposal}”" if proposal else ""
    note = f"此处原字在转换中丢失，残留读音{shown}{guess}，请对照原件核对"
    return Edit(*m.span(), MISSING, "lost", note, True)


def _completed(before: str, after: str, sound: str) -> str:
    """Return the character that completes a fixed word and leaves this sound when it is lost, empty for none."""
    for word in table("lost")["fixed"]:
        begins, _, ends = word["word"].partition(word["lost"])
        if sound in word["sounds"] and before.endswith(begins) and after.startswith(ends):
            return str(word["lost"])
    return ""


def _propose(before: str, after: str, sounds: list[str]) -> str:
    """Return the character that makes a listed word with its neighbours, those that fit a left-over reading first."""
    fitting: list[str] = []
    for word in table("lost")["words"]:
        for at, character in enumerate(word):
            if before.endswith(word[:at]) and after.startswith(word[at + 1 :]):
                if readings(character) & set(sounds):
                    return str(character)
                fitting.append(str(character))
    return fitting[0] if len(set(fitting)) == 1 else ""
