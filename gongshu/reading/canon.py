"""A same-length view of a text, so that one pattern fits full-width and half-width writing alike."""

import re
from functools import lru_cache

_WIDE = "，；：（）！？．％＞＜｜／－＋＝～＊＆＠＃［］【】｛｝　\u00a0「」『』＂＇﹐﹑﹡∗✱"
_PLAIN = ",;:()!?.%><|/-+=~*&@#[]【】{}  “”‘’\"'" + ",、***"
_TABLE = str.maketrans(_WIDE, _PLAIN)
_TABLE.update({0xFF10 + n: 0x30 + n for n in range(10)})
_TABLE.update({0xFF21 + n: 0x41 + n for n in range(26)})
_TABLE.update({0xFF41 + n: 0x61 + n for n in range(26)})
_PLAIN_OF = {chr(old): new if isinstance(new, str) else chr(new) for old, new in _TABLE.items()}
_CHANGED = re.compile(f"[{re.escape(''.join(_PLAIN_OF))}]")


@lru_cache(maxsize=32)
def canon(text: str) -> str:
    """Return `text` with punctuation, digits and letters in one width; every offset stays where it was."""
    for character in set(_CHANGED.findall(text)):
        text = text.replace(character, _PLAIN_OF[character])
    return text
