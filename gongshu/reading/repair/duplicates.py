"""Paragraphs a page prints twice, whole or as an excerpt, and the title repeated as a caption."""

import re

from gongshu.reading.repair.draft import Edit
from gongshu.reading.repair.lines import Line, lines_of

_SENTENCE = re.compile(r"[^。!?;]+[。!?;]?[”’)]*")
_CAPTION = re.compile(r"[(\[] ?\d{1,2} ?[)\]]$")
_LONG = 12
_SHARE = 0.8
_TITLE = 8


def duplicates(text: str) -> list[Edit]:
    """Return the edits that delete repeated paragraphs; of two alike the first goes or stays as a reader would want."""
    lines = [line for line in lines_of(text) if line.words]
    again = _repeated(lines)
    kept = [line for line in lines if line.start not in {edit.start for edit in again}]
    return again + _captions(lines) + _excerpts(kept)


def _key(words: str) -> str:
    return "".join(words.split())


def _repeated(lines: list[Line]) -> list[Edit]:
    """Delete the second printing of a whole paragraph; short lines (signatures) may rightly stand twice."""
    seen: set[str] = set()
    edits: list[Edit] = []
    for line in lines:
        key = _key(line.words)
        if key in seen and len(key) >= _TITLE and not line.words.startswith("〔"):
            edits.append(Edit(line.start, line.end, "", "duplicate", "删去重复的段落"))
        seen.add(key)
    return edits


def _captions(lines: list[Line]) -> list[Edit]:
    """Delete captions that repeat an earlier line and add a number: 标题(1)."""
    whole = {_key(line.words) for line in lines}
    edits: list[Edit] = []
    for line in lines:
        bare = _CAPTION.sub("", line.words).rstrip() if line.words[-1] in ")]" else line.words
        if bare != line.words and len(bare) >= _TITLE and _key(bare) in whole:
            edits.append(Edit(line.start, line.end, "", "caption", "删去以标题充当的图片说明"))
    return edits


def _excerpts(lines: list[Line]) -> list[Edit]:
    """Delete a paragraph whose sentences stand in other paragraphs: a summary cut out of the text by the page."""
    keys = [_key(line.words) for line in lines]
    homes: dict[str, set[int]] = {}
    for i, key in enumerate(keys):
        for sentence in _SENTENCE.findall(key):
            homes.setdefault(sentence, set()).add(i)
    title = next((key for key in keys if _TITLE <= len(key) <= 60), "")
    edits: list[Edit] = []
    gone: set[int] = set()
    for i, key in enumerate(keys):
        if len(key) >= 3 * _LONG and _is_excerpt(i, key.removeprefix(title), keys, homes, gone):
            gone.add(i)
            edits.append(Edit(lines[i].start, lines[i].end, "", "duplicate", "删去与正文重复的摘要段落"))
    return edits


def _is_excerpt(at: int, key: str, keys: list[str], homes: dict[str, set[int]], gone: set[int]) -> bool:
    """Say whether most of a paragraph, by length, stands in paragraphs that remain, over at least two sentences."""
    sentences = _SENTENCE.findall(key)
    if len(sentences) < 2:
        return False
    total = found = 0
    for n, sentence in enumerate(sentences):
        total += len(sentence)
        elsewhere = homes.get(sentence, set()) - gone - {at}
        if elsewhere or (n == len(sentences) - 1 and _is_cut(sentence, at, keys, gone)):
            found += len(sentence)
    return found >= _SHARE * total


def _is_cut(sentence: str, at: int, keys: list[str], gone: set[int]) -> bool:
    """Say whether the last sentence is the broken beginning of one that another paragraph holds in full."""
    if len(sentence) < _LONG or sentence[-1] in "。!?;":
        return False
    stem = sentence.rstrip(".…")
    return any(stem in key for i, key in enumerate(keys) if i != at and i not in gone)
