"""Places a person has to fill in: placeholders, and a text that stops inside a sentence."""

import re

from gongshu.reading.repair.draft import Edit
from gongshu.reading.repair.lines import lines_of

_PLACEHOLDER = re.compile(r"[×✕╳]+|(?<![A-Za-z0-9])[XxＸｘ]{1,5}(?![A-Za-z0-9])|[*＊﹡∗✱]{2,}|[○〇◯]{2,}|_{2,}|＿{2,}")
_SIGNS = re.compile("[×✕╳XxＸｘ*＊﹡∗✱○〇◯_＿]")
_TIMES = re.compile(r"\d\s*[×xX✕]\s*\d")
_LAST = re.compile(r"[。!?…”’)》〉\]】.:|]$")
_MARK = re.compile(r"[,;。]")
_SIGNATURE = re.compile(r"\d{1,2}日|\d{4}年|工会|委员会|办公室|电话|附件|联系人|:")
_CONTACT = re.compile(r"电话|联系人|附件|地址|邮编|传真|邮箱")
_SHORTEST = 12


def placeholders(text: str) -> list[Edit]:
    """Return a flag for every placeholder; the text stays as it is."""
    if not _SIGNS.search(text):
        return []
    times = {n for m in _TIMES.finditer(text) for n in range(*m.span())}
    note = "原文以占位符代替，请补上实际内容"
    found = (m for m in _PLACEHOLDER.finditer(text) if m.start() not in times)
    return [Edit(*m.span(), m[0], "placeholder", note, True) for m in found]


def truncation(text: str) -> list[Edit]:
    """Return a flag on the last character of a text that stops inside a sentence."""
    line = next((line for line in reversed(lines_of(text)) if line.words), None)
    if line is None or "\t" in line.words or _LAST.search(line.words):
        return []
    if not _stops_short(line.words):
        return []
    end = line.start + len(text[line.start : line.end].rstrip())
    return [Edit(end - 1, end, text[end - 1], "truncated", "原文在句中断开，请补齐原件", True)]


def _stops_short(words: str) -> bool:
    """Say whether the last line is running text without its end, and no signature, date or address."""
    if len(words) < _SHORTEST:
        return False
    if words[-1] in ",;、" or (len(_MARK.findall(words)) >= 2 and not _CONTACT.search(words)):
        return True
    return bool(_MARK.search(words)) and not _SIGNATURE.search(words)
