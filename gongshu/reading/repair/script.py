"""Write traditional script in simplified characters, where the page is in traditional script."""

import re

from opencc import OpenCC

from gongshu.reading.lexicons import alternation
from gongshu.reading.repair.draft import Edit

_TO_SIMPLIFIED = OpenCC("t2s")
_TAIWAN_TO_SIMPLIFIED = OpenCC("tw2s")
_HAN = re.compile(r"[一-鿿]")
_ALL = "".join(map(chr, range(0x4E00, 0xA000)))
SIMPLER = {
    old: new
    for old, new in zip(_ALL, str(_TO_SIMPLIFIED.convert("\n".join(_ALL))).split("\n"), strict=True)
    if old != new
}
"""Every character that has a simplified form, with that form."""
_TRADITIONAL = re.compile("[" + "".join(SIMPLER) + "]")
_KEEP_ZHU = re.compile(alternation("keeps_zhu"))
_SHARE = 0.03
_FEWEST = 3


def simplified(character: str) -> str:
    """Return the simplified form of one character."""
    return SIMPLER.get(character, character)


def is_traditional(text: str) -> bool:
    """Say whether enough characters of the text exist in traditional script only."""
    odd = len(_TRADITIONAL.findall(text))
    return odd >= _FEWEST and odd >= _SHARE * len(_HAN.findall(text))


def script(text: str) -> list[Edit]:
    """Return the edits from traditional to simplified script; none for a page in simplified script."""
    if not is_traditional(text):
        return []
    edits: list[Edit] = []
    at = 0
    for line in text.splitlines(keepends=True):
        edits += _line(line, at)
        at += len(line)
    return edits


def _line(line: str, at: int) -> list[Edit]:
    """Return the edits of one line, run by run; OpenCC's dictionaries for this direction keep the length."""
    new = str(_TAIWAN_TO_SIMPLIFIED.convert(line))
    if len(new) != len(line):
        new = "".join(simplified(character) for character in line)
    new = _restore_zhu(line, new)
    edits: list[Edit] = []
    start = None
    for i in range(len(line) + 1):
        differs = i < len(line) and line[i] != new[i]
        if differs and start is None:
            start = i
        elif not differs and start is not None:
            edits.append(Edit(at + start, at + i, new[start:i], "script", "繁体转为简体"))
            start = None
    return edits


def _restore_zhu(old: str, new: str) -> str:
    """Put 著 back in the words that keep it (显著, 著名, 编著): OpenCC's Taiwan table takes every 著 for 着."""
    if "著" not in old:
        return new
    with_zhu = "".join("著" if o == "著" else n for o, n in zip(old, new, strict=True))
    kept = {i for m in _KEEP_ZHU.finditer(with_zhu) for i in range(*m.span())}
    return "".join("著" if i in kept and old[i] == "著" else n for i, n in enumerate(new))
