"""From the text as decoded to the clean page, every change kept with its place, its rule and a reason."""

from collections.abc import Callable, Iterable

from gongshu.reading.model import Page, Repair
from gongshu.reading.repair.blanks import blanks
from gongshu.reading.repair.boilerplate import boilerplate, glued, widgets
from gongshu.reading.repair.captions import captions
from gongshu.reading.repair.doubled import doubled
from gongshu.reading.repair.doubts import placeholders, truncation
from gongshu.reading.repair.draft import Draft, Edit
from gongshu.reading.repair.dropped import dropped
from gongshu.reading.repair.duplicates import duplicates
from gongshu.reading.repair.edges import counters
from gongshu.reading.repair.gaps import gaps
from gongshu.reading.repair.grid import grid
from gongshu.reading.repair.images import images
from gongshu.reading.repair.lost import lost
from gongshu.reading.repair.marks import marks
from gongshu.reading.repair.pinyin import annotations
from gongshu.reading.repair.sample import inserted_numbers
from gongshu.reading.repair.script import script
from gongshu.reading.segment.blocks import blocks

STAGES: tuple[Callable[[str], list[Edit]], ...] = (
    marks,
    annotations,
    script,
    lost,
    images,
    gaps,
    widgets,
    counters,
    inserted_numbers,
    glued,
    captions,
    boilerplate,
    grid,
    dropped,
    doubled,
    duplicates,
    blanks,
    truncation,
    placeholders,
)

_DAMAGE = {
    "pinyin": "pinyin_traditional",
    "image": "images",
    "caption": "images",
    "gap": "gap",
    "placeholder": "placeholder",
    "lost": "mojibake",
    "dropped": "mojibake",
    "truncated": "truncated",
    "duplicate": "duplicate",
}
_HARMLESS = {
    "blank",
    "newline",
    "invisible",
    "script",
    "entity",
    "tag",
    "table",
    "table-rule",
    "inserted-number",
    "doubled",
}


def repair(raw: str) -> Page:
    """Return the page of a decoded text: clean text, repairs, blocks and the kinds of damage met."""
    draft = Draft(raw)
    for stage in STAGES:
        draft.apply(stage(draft.text))
    repairs = draft.repairs()
    return Page(raw, draft.text, repairs, blocks(draft.text), damage(repairs))


def damage(repairs: Iterable[Repair]) -> tuple[str, ...]:
    """Return the kinds of damage that the repairs speak of, in the words of the labelling guide."""
    found = (_DAMAGE.get(repair.rule, "" if repair.rule in _HARMLESS else "boilerplate") for repair in repairs)
    return tuple(kind for kind in dict.fromkeys(found) if kind)
