"""What stands in one cell of a table, as a page and as a spreadsheet show it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from gongshu.core.ui import figures
from gongshu.core.ui.charts import share_of
from gongshu.core.ui.shapes import PillValue

Kind = Literal["text", "number", "date", "time", "due", "pill", "share", "code", "masked", "markup"]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `value` is a dotted path on the row or a function of it (default: `name`); `link` is True for the row's own page or
    a function giving an address; `sort` is an order_by expression (or True to sort a list by value);
    `template` renders the cell from `row` and `value`; a `markup` value is shown as it was made; a `code` is never
    broken over two lines.
    """

    name: str
    label: str
    value: str | Callable[[Any], object] = ""
    kind: Kind = "text"
    sort: str = ""
    link: bool | Callable[[Any], str] = False
    template: str = ""
    places: int = 0
    exported: bool = True

    @property
    def is_number(self) -> bool:
        """Tell whether the column is set flush right."""
        return self.kind in ("number", "share")

    def of(self, row: Any) -> Any:
        """Return the bare value of this column for a row."""
        return self.value(row) if callable(self.value) else walk(row, self.value or self.name)

    def plain(self, row: Any) -> str | int | float | Decimal | date | datetime | None:
        """Return the value a spreadsheet can hold."""
        value = self.of(row)
        if self.kind == "masked":
            return figures.masked(value)
        if isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.localtime(value).replace(tzinfo=None)
        if value is None or isinstance(value, (int, float, Decimal, date)):
            return value
        return str(value)

    def shown(self, row: Any) -> SafeString | str:
        """Return the cell as markup."""
        value = self.of(row)
        if self.template:
            return render_to_string(self.template, {"row": row, "value": value})
        text = _SHOW[self.kind](value, self.places)
        address = self.address(row)
        return format_html('<a href="{}">{}</a>', address, text) if address else text

    def address(self, row: Any) -> str:
        """Return where the cell leads, or nothing."""
        if callable(self.link):
            return self.link(row)
        return str(row.get_absolute_url()) if self.link else ""


def walk(row: Any, path: str) -> Any:
    """Follow a dotted path of attributes, keys and calls without arguments; None ends the walk."""
    value = row
    for step in path.split("."):
        if value is None:
            return None
        value = value[step] if isinstance(value, dict) else getattr(value, step)
        if callable(value):
            value = value()
    return value


def _text(value: Any, places: int) -> str:
    return figures.NOTHING if value is None or value == "" else str(value)


def _code(value: Any, places: int) -> SafeString | str:
    return format_html('<span class="unbroken">{}</span>', value) if value else figures.NOTHING


def _pill(value: Any, places: int) -> SafeString | str:
    if value is None:
        return figures.NOTHING
    pill = value if isinstance(value, PillValue) else PillValue(str(value))
    return format_html('<span class="pill pill-{}">{}</span>', pill.tone, pill.label)


def _share(value: Any, places: int) -> SafeString | str:
    if value is None:
        return figures.NOTHING
    return format_html(
        '<span class="share"><span class="share-figure">{}</span><svg class="bar-track" aria-hidden="true">'
        '<rect class="bar-fill{}" width="{}%" height="100%"/></svg></span>',
        figures.percent(value, places),
        " bar-done" if value >= 1 else "",
        share_of(float(value), 1),
    )


_SHOW: dict[str, Callable[[Any, int], SafeString | str]] = {
    "text": _text,
    "number": figures.number,
    "date": lambda value, places: figures.cn_date(value),
    "time": lambda value, places: figures.cn_time(value),
    "due": lambda value, places: figures.due(value),
    "code": _code,
    "masked": lambda value, places: _code(figures.masked(value), places),
    "pill": _pill,
    "markup": lambda value, places: conditional_escape(value),
    "share": _share,
}
