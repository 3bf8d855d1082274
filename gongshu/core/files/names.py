"""Harmless names for uploads."""

from __future__ import annotations

import unicodedata

LONGEST = 100
FORBIDDEN = set('<>:"|?*\\/')
NAMELESS = "未命名"


def harmless(name: str) -> str:
    """Return a name without folders, control, direction or reserved characters; at most 100 characters.

    The extension is kept when the stem must be cut.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if not _is_harmful(c)).strip().rstrip(" .")
    stem, dot, extension = kept.rpartition(".")
    if not dot:
        stem, extension = kept, ""
    if not stem.strip():
        stem = NAMELESS
    tail = f".{extension[:10]}" if extension else ""
    return stem[: LONGEST - len(tail)] + tail


def _is_harmful(character: str) -> bool:
    return character in FORBIDDEN or unicodedata.category(character).startswith("C")
