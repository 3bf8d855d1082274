"""What shows how things stand: states, refusals, steps, the trail, work in progress."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongshu.core.ui.figures import percent
from gongshu.core.ui.shapes import TONE_LABELS

UNVERIFIED_GRADES = frozenset("CM")


def pill(label: str = "", tone: str = "todo") -> SafeString:
    """Show a state; without a label the tone's own word."""
    return format_html('<span class="pill pill-{}">{}</span>', tone, label or TONE_LABELS.get(tone, tone))


def problems(items: Iterable[Any] | None, title: str = "办不了，原因如下") -> dict[str, Any]:
    """List refusals, each with the clause that says so; a clause of grade C or M is marked 待核实."""
    return {"items": [_problem(item) for item in items or ()], "title": title}


def _problem(item: Any) -> dict[str, Any]:
    clause = getattr(item, "clause", None)
    words = clause if isinstance(clause, str) else getattr(clause, "label", "") or getattr(clause, "citation", "")
    return {
        "message": getattr(item, "message", None) or str(item),
        "field": getattr(item, "field", ""),
        "row": getattr(item, "row", None),
        "clause": words or "",
        "unverified": getattr(clause, "grade", "") in UNVERIFIED_GRADES,
    }


def steps(states: Sequence[Any]) -> dict[str, Any]:
    """Show the way of a thing: each `label, state (past|now|next), desk, due_on, at`."""
    return {"states": states}


def timeline(entries: Iterable[Any], empty: str = "还没有记录") -> dict[str, Any]:
    """Show trail entries, newest first as given: each `at, who, summary, detail, clause, url`."""
    return {"entries": list(entries), "empty": empty}


def progress(
    done: int, total: int, label: str = "", note: str = "", poll: str = "", cancel: str = ""
) -> dict[str, Any]:
    """Show how far long work is; `poll` is an address that answers with this component again, asked every 2 seconds."""
    return {
        "done": done, "total": total, "label": label, "note": note, "poll": poll, "cancel": cancel,
        "percent": percent(done / total if total else 0),
    }  # fmt: skip
