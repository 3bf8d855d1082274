"""Whether a document tells of a union's meeting, and whether it has tasks to be read."""

import re

from gongshu.reading.canon import canon
from gongshu.reading.find.context import Context
from gongshu.reading.lexicons import table
from gongshu.reading.model import Finding

_FEWEST = 3
_HEAD_CHARACTERS = 400
_CLAUSE = re.compile(r"[^,。;:!?\n]+")
_LIST = re.compile(r"、[^、]*、")


def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(table("scope")[name]), re.MULTILINE)


_UNION = _any("union")
_UNION_BODY = _any("union_body")
_OTHER_BODY = _any("other_body")
_OUT = _any("out_of_scope")


def is_union_meeting(ctx: Context, name: Finding | None, organizer: Finding | None) -> bool:
    """Say whether the meeting of the document is one of a trade-union body or held jointly with one."""
    if name is None:
        return False
    held_by = f"{canon(name.value)}\n{canon(organizer.value) if organizer else ''}"
    if _UNION_BODY.search(held_by):
        return True
    if _OTHER_BODY.search(held_by):
        return False
    return _UNION.search(canon(name.value)) is not None or _speaks_of_union(ctx)


def _speaks_of_union(ctx: Context) -> bool:
    """Say whether clause after clause speaks of unions; a union in a list of offices present is one of many."""
    clauses = [m.start() for m in _CLAUSE.finditer(ctx.view) if _UNION_BODY.search(m[0]) and not _LIST.search(m[0])]
    return sum(start < _HEAD_CHARACTERS for start in clauses) >= _FEWEST - 1 and len(clauses) >= _FEWEST


def is_in_scope(ctx: Context, is_meeting: bool, doc_type: str) -> bool:
    """Say whether tasks are to be read: a union's meeting, or its plan, task table or notice with something to do."""
    title = "\n".join(ctx.words(span) for span in ctx.titles) or ctx.view[:60]
    if _OUT.search(title):
        return False
    if is_meeting:
        return True
    if doc_type == "speech":
        return _speaks_of_union(ctx)
    return doc_type in {"plan", "notice"} and len(_UNION_BODY.findall(ctx.view)) >= 1
