"""Pictures of figures: each carries its figures as text or as a table."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from gongshu.core.ui import charts
from gongshu.core.ui.charts import share_of
from gongshu.core.ui.shapes import TONE_LABELS


def stats(content: str) -> SafeString:
    """Set `stat` figures in a row."""
    return format_html('<div class="stats">{}</div>', content)


def stat(label: str, value: Any, unit: str = "", note: str = "", url: str = "", tone: str = "") -> dict[str, Any]:
    """Show one figure, already written by `number` or `wan`; `note` says what it is compared with."""
    return {"label": label, "value": value, "unit": unit, "note": note, "url": url, "tone": tone}


def bars(rows: Sequence[Any], unit: str = "", caption: str = "", whole: float | None = None) -> dict[str, Any]:
    """Compare values: each `label, value, target, url, tone, note`; drawn against `whole` or the largest of them."""
    targets = [getattr(row, "target", None) for row in rows]
    widest = whole or max((max(row.value, target or 0) for row, target in zip(rows, targets, strict=True)), default=0)
    drawn = [
        {"row": row, "width": share_of(row.value, widest), "target": share_of(target, widest) if target else None}
        for row, target in zip(rows, targets, strict=True)
    ]
    return {"drawn": drawn, "unit": unit, "caption": caption, "has_targets": any(targets)}


def trend(labels: Sequence[str], series: Sequence[Any], title: str, unit: str = "") -> dict[str, Any]:
    """Draw one to three series (`label, values`) over time, the first one being what it is about."""
    return {"drawing": charts.trend(labels, series), "title": title, "unit": unit}


def heat(
    heads: Sequence[Any],
    rows: Sequence[Any],
    caption: str,
    corner: str = "",
    legend: Sequence[tuple[str, str]] = (),
    tall: bool = False,
) -> dict[str, Any]:
    """Lay out a war-map: heads are words or links; rows have `label, url, cells` of `text, tone, url, title`.

    `legend` names the tones where they mean something of their own; `tall` scrolls inside, the heads staying in sight.
    """
    if not legend:
        tones = {cell.tone for row in rows for cell in row.cells}
        legend = [(tone, label) for tone, label in TONE_LABELS.items() if tone in tones]
    drawn = [{"row": row, "cells": SafeString("".join(map(_heat_cell, row.cells)))} for row in rows]
    return {"heads": heads, "drawn": drawn, "caption": caption, "corner": corner, "legend": legend, "tall": tall}


def _heat_cell(cell: Any) -> str:
    """Return one cell as markup, written here because a map has a thousand of them."""
    text, told = escape(cell.text), escape(cell.title)
    title = f' title="{told}"' if told else ""
    label = f' aria-label="{text} {told}"' if told else ""
    inner = f'<a href="{escape(cell.url)}"{label}>{text}</a>' if cell.url else f"<span>{text}</span>"
    return f'<td class="heat-cell{f" heat-{cell.tone}" if cell.tone else ""}"{title}>{inner}</td>'


def tree(branches: Sequence[Any], label: str = "组织树") -> dict[str, Any]:
    """Show a tree that folds: each `label, url, count, note, open, active, children`."""
    return {"branches": branches, "label": label}


def table(shown: Any, empty: str = "没有符合条件的记录", advice: str = "") -> dict[str, Any]:
    """Show a `TableShown` with all that belongs to it; `advice` says what to do when there are no rows yet."""
    return {"table": shown, "empty": empty, "advice": advice}
