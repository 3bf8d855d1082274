"""What pages carry besides the document: menus, footers, counters, as `lexicons/boilerplate.toml` lists them."""

import re
from dataclasses import dataclass

from gongshu.reading.canon import canon
from gongshu.reading.lexicons import table
from gongshu.reading.repair.draft import Edit
from gongshu.reading.repair.edges import of_site
from gongshu.reading.repair.lines import Line, holding, lines_of

_HAN = re.compile(r"[㐀-鿿]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_LONGEST = 340
_SHORT = 80
_SPLIT = re.compile(r"[^。]+[。,;!?][^。]*")


@dataclass(frozen=True, slots=True)
class _Rule:
    rule: str
    note: str
    pattern: re.Pattern[str]
    needs: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Rules:
    """Rules in their order, and one pattern that fits wherever one of theirs does."""

    each: tuple[_Rule, ...]
    any: re.Pattern[str]


def _compiled(kind: str, strength: str = "") -> tuple[_Rule, ...]:
    rows = [row for row in table("boilerplate")[kind] if row.get("strength", "") == strength]
    return tuple(
        _Rule(row["rule"], row["note"], _joined(row["patterns"]), _joined(row.get("needs", [""]))) for row in rows
    )


def _joined(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.MULTILINE)


def _together(rules: tuple[_Rule, ...]) -> _Rules:
    return _Rules(rules, _joined([rule.pattern.pattern for rule in rules]))


_STRONG = _together(_compiled("line", "strong"))
_WEAK = _together(_compiled("line", "weak"))
_STRONG_ON_TEXT = _together(
    tuple(rule for rule in _STRONG.each if rule.rule not in {"menu", "page-number", "stub", "counter"})
)
_INLINE = _compiled("inline")


def boilerplate(text: str) -> list[Edit]:
    """Return the edits that delete lines which belong to the page and not to the document."""
    lines = [line for line in lines_of(text) if line.words]
    gone: dict[int, _Rule] = {}
    for i, line in enumerate(lines):
        rule = _match(_STRONG_ON_TEXT if _is_text(line) else _STRONG, line) or _foreign(line)
        if rule is not None:
            gone[i] = rule
    known = {i: rule.rule for i, rule in gone.items()}
    gone.update({i: _EDGE for i in of_site(lines, known) if i not in gone})
    for i in (*range(len(lines)), *range(len(lines) - 1, -1, -1)):
        beside = i - 1 in gone or i + 1 in gone
        if i not in gone and beside and (weak := _match(_WEAK, lines[i])):
            gone[i] = weak
    return [Edit(lines[i].start, lines[i].end, "", rule.rule, rule.note) for i, rule in gone.items()]


def widgets(text: str) -> list[Edit]:
    """Return the edits that delete counters, font-size switches and the like inside a line."""
    view = canon(text)
    return [
        Edit(*m.span(), "", rule.rule, rule.note)
        for rule in _INLINE
        for bounds in holding(view, rule.needs)
        for m in rule.pattern.finditer(view, *bounds)
        if m[0]
    ]


def glued(text: str) -> list[Edit]:
    """Return the edits that delete what a page set behind the last sentence of a paragraph (…参加会议。【打印】)."""
    edits: list[Edit] = []
    for line in lines_of(text):
        at = line.words.rfind("。") + 1
        behind = line.words[at:].strip()
        if at and 2 <= len(behind) <= _GLUED and _TELLS.search(behind):
            bare = _AROUND.sub("", behind)
            rule = _match(_STRONG, Line(0, 0, behind)) or _match(_STRONG, Line(0, 0, bare)) or _source(bare)
            if rule is not None:
                end = line.start + len(text[line.start : line.end].rstrip())
                edits.append(Edit(end - len(behind), end, "", rule.rule, rule.note))
    return edits


def _source(words: str) -> _Rule | None:
    return _SOURCE if _FROM.fullmatch(words) else None


def _is_text(line: Line) -> bool:
    """Say whether a line is running text, which no menu or counter is."""
    return len(line.words) > _SHORT and line.words.count("。") > 0


def _match(rules: _Rules, line: Line) -> _Rule | None:
    if len(line.words) > _LONGEST or not rules.any.fullmatch(line.words):
        return None
    return next((rule for rule in rules.each if rule.pattern.fullmatch(line.words)), None)


_GLUED = 60
_TELLS = re.compile("[网站页篇条辑核编源稿享读载扫码赞藏转评击]|打印|关闭|更多|声明|字号|公众号")
_AROUND = re.compile(r"^[(\[【▼▲↓]+|[)\]】▼▲↓]+$")
_FROM = re.compile(r"(?:本文|稿件|文章|信息)?来源\s*:\s*[^\s。,]{2,20}|(?:编辑|审核|责编|校对|撰稿) [^。,]{2,24}")
_SOURCE = _Rule("editors", "删去来源和编校署名", re.compile(""), re.compile(""))
_EDGE = _Rule("menu", "删去正文前后的网页部件", re.compile(""), re.compile(""))
_FOREIGN = _Rule("foreign", "删去外文段落", re.compile(""), re.compile(""))


def _foreign(line: Line) -> _Rule | None:
    """Return the rule for a paragraph in a foreign language: several words, no Chinese character."""
    return _FOREIGN if len(_WORD.findall(line.words)) >= 5 and not _HAN.search(line.words) else None
