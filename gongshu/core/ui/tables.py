"""A table: its columns declared once, then sorted, filtered, searched and paged from the address."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

from gongshu.core.ui.cells import Column
from gongshu.core.ui.links import with_params
from gongshu.core.ui.shapes import BulkAction, Link

CHIPS_AT_MOST = 7
WIDE_FROM = 10
LONGEST_KEY = 19  # digits; more would not fit the database's whole numbers
BATCH = 1000  # rows fetched at a time for a spreadsheet


@dataclass(frozen=True)
class Filter:
    """A choice that narrows the rows: `?name=code`; `lookup` is a field lookup, or `narrow` does it in its own way."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    lookup: str = ""
    narrow: Callable[[Any, str], Any] | None = None

    def apply(self, rows: Any, code: str) -> Any:
        """Narrow rows to a code."""
        return self.narrow(rows, code) if self.narrow else rows.filter(**{self.lookup or self.name: code})


@dataclass(frozen=True)
class Heading:
    """A column's heading: the address that sorts by it, and the direction now (ascending, descending or nothing)."""

    label: str
    is_number: bool
    url: str
    direction: str


@dataclass(frozen=True)
class Choice:
    """A filter as the page shows it: as chips when the choices are few, else as a drop-down."""

    name: str
    label: str
    current: str
    links: Sequence[Link]
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """A row: its key for bulk actions, and (column, markup) pairs."""

    key: str
    cells: Sequence[tuple[Column, SafeString | str]]

    @property
    def markup(self) -> SafeString:
        """Return its cells, written here because a page has hundreds of them."""
        return SafeString("".join(_cell(column, shown, place) for place, (column, shown) in enumerate(self.cells)))


def _cell(column: Column, shown: SafeString | str, place: int) -> str:
    kind = ' class="number"' if column.is_number else "" if place else ' class="first"'
    return f'<td data-label="{escape(column.label)}"{kind}>{conditional_escape(shown)}</td>'


def rows_of(columns: Sequence[Column], things: Iterable[Any]) -> list[Row]:
    """Return things as the rows of a table with these columns."""
    return [
        Row(str(getattr(thing, "pk", index)), [(column, column.shown(thing)) for column in columns])
        for index, thing in enumerate(things)
    ]


@dataclass(frozen=True)
class Table:
    """What a table is: columns, filters, searched fields, usual order; `over(rows, request.GET)` shows it.

    `prepare` is given the rows about to be shown, a page or a batch of a spreadsheet, so that what columns say of them
    is worked out for all of them at once.
    """

    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    search: Sequence[str] = ()
    search_hint: str = "搜索"
    order: Sequence[str] = ()
    actions: Sequence[BulkAction] = ()
    unit: str = "条"
    page_size: int = 50
    export: bool = True
    caption: str = ""
    prepare: Callable[[Sequence[Any]], None] = lambda rows: None

    def over(self, rows: Any, params: QueryDict) -> "TableShown":
        """Show rows (a queryset, or a list for figures already computed) as the address asks."""
        return TableShown(self, rows, params)


class TableShown:
    """A table over its rows, as one request asked for it."""

    def __init__(self, table: Table, rows: Any, params: QueryDict) -> None:
        self.table, self.rows, self.params = table, rows, params

    @cached_property
    def applied(self) -> dict[str, str]:
        """Return the filters in force, only with codes that exist."""
        asked = {one.name: self.params.get(one.name, "") for one in self.table.filters}
        return {
            one.name: asked[one.name]
            for one in self.table.filters
            if asked[one.name] in {str(code) for code, _ in one.choices}
        }

    @property
    def query(self) -> str:
        """Return what is searched for."""
        return (self.params.get("q") or "").strip() if self.table.search else ""

    @cached_property
    def narrowed(self) -> Any:
        """Return the rows after filters, search and sorting, not paged."""
        rows = self.rows
        for one in self.table.filters:
            if one.name in self.applied:
                rows = one.apply(rows, self.applied[one.name])
        if self.query:
            rows = self._found(rows)
        return self._sorted(rows)

    def _found(self, rows: Any) -> Any:
        if not isinstance(rows, QuerySet):
            wanted = [column for column in self.table.columns if column.name in self.table.search]
            return [row for row in rows if any(self.query in str(column.of(row)) for column in wanted)]
        condition = Q()
        for field in self.table.search:
            condition |= Q(**{f"{field}__icontains": self.query})
        return rows.filter(condition)

    @cached_property
    def sorting(self) -> tuple[Column | None, bool]:
        """Return the column sorted by and whether downwards."""
        asked = self.params.get("sort", "")
        named = {column.name: column for column in self.table.columns if column.sort}
        return named.get(asked.removeprefix("-")), asked.startswith("-")

    def _sorted(self, rows: Any) -> Any:
        column, downwards = self.sorting
        if isinstance(rows, QuerySet):
            if column is None:
                return rows.order_by(*self.table.order, "pk") if self.table.order or not rows.ordered else rows
            return rows.order_by(("-" if downwards else "") + column.sort, "pk")
        if column is None:
            return list(rows)
        return _sorted_list(rows, column, downwards)

    @cached_property
    def page(self) -> Page:
        """Return the page asked for; one that does not exist becomes the nearest."""
        return Paginator(self.narrowed, self.table.page_size).get_page(self.params.get("page"))

    @property
    def total(self) -> int:
        """Return how many rows there are on all pages."""
        return self.page.paginator.count

    @property
    def is_wide(self) -> bool:
        """Tell whether there are so many columns that the table scrolls in a box of its own."""
        return len(self.table.columns) >= WIDE_FROM

    @property
    def is_narrowed(self) -> bool:
        """Tell whether a filter or a search is in force."""
        return bool(self.applied or self.query)

    @property
    def headings(self) -> list[Heading]:
        """Return the headings with their sorting addresses."""
        return [self._heading(column) for column in self.table.columns]

    def _heading(self, column: Column) -> Heading:
        if not column.sort:
            return Heading(column.label, column.is_number, "", "")
        current, downwards = self.sorting
        here = current is column
        turned = f"-{column.name}" if here and not downwards else column.name
        direction = ("descending" if downwards else "ascending") if here else ""
        return Heading(column.label, column.is_number, self.link({"sort": turned, "page": None}), direction)

    @cached_property
    def body(self) -> list[Row]:
        """Return the rows of this page."""
        rows = list(self.page.object_list)
        self.table.prepare(rows)
        return rows_of(self.table.columns, rows)

    @property
    def columns(self) -> Sequence[Column]:
        """Return the columns."""
        return self.table.columns

    def batches(self) -> Iterator[Sequence[Any]]:
        """Yield all filtered and sorted rows, a batch at a time, from a cursor the server keeps where it can."""
        rows = self.narrowed
        found = rows.iterator(chunk_size=BATCH) if isinstance(rows, QuerySet) else iter(rows)
        while batch := list(islice(found, BATCH)):
            self.table.prepare(batch)
            yield batch

    def is_longer_than(self, most: int) -> bool:
        """Tell whether there are more rows than that, without counting them all."""
        rows = self.narrowed
        return bool(rows[most : most + 1].exists() if isinstance(rows, QuerySet) else len(rows) > most)

    def count(self) -> int:
        """Return how many rows there are in all."""
        rows = self.narrowed
        return int(rows.count() if isinstance(rows, QuerySet) else len(rows))

    @property
    def choices(self) -> list[Choice]:
        """Return the filters as the page shows them; one with nothing to choose is left out."""
        return [self._choice(one) for one in self.table.filters if one.choices]

    def _choice(self, one: Filter) -> Choice:
        current = self.applied.get(one.name, "")
        options = [("", "全部"), *((str(code), label) for code, label in one.choices)]
        links = [
            Link(label, self.link({one.name: code, "page": None}), active=code == current) for code, label in options
        ]
        return Choice(one.name, one.label, current, links if len(options) <= CHIPS_AT_MOST else (), options)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return the parameters the search form must carry along: all but those it asks for itself."""
        asked = {"q", "page", "export"} | {choice.name for choice in self.choices if not choice.links}
        return [(name, value) for name, values in self.params.lists() if name not in asked for value in values]

    @property
    def asks(self) -> bool:
        """Tell whether the search form is needed at all."""
        return bool(self.table.search) or any(not choice.links for choice in self.choices)

    def link(self, changes: dict[str, str | int | None]) -> str:
        """Return this view's address with changes."""
        return with_params(self.params, {"export": None, **changes})

    @property
    def clear_url(self) -> str:
        """Return the address without filters and search."""
        return self.link({"q": None, "page": None, **dict.fromkeys(self.applied)})

    @property
    def export_url(self) -> str:
        """Return the address that downloads what is shown."""
        return self.link({"export": "xlsx", "page": None}) if self.table.export else ""

    @property
    def wants_export(self) -> bool:
        """Tell whether the address asks for the spreadsheet."""
        return self.table.export and self.params.get("export") == "xlsx"

    def chosen(self, posted: QueryDict) -> Any:
        """Return the rows ticked in a bulk action (or all that match, where `all` was ticked), as a queryset."""
        if posted.get("all"):
            return self.narrowed
        keys = [key for key in posted.getlist("rows") if key.isdecimal() and len(key) < LONGEST_KEY]
        return self.narrowed.filter(pk__in=keys)


def _sorted_list(rows: Iterable[Any], column: Column, downwards: bool) -> list[Any]:
    known = [row for row in rows if column.of(row) is not None]
    unknown = [row for row in rows if column.of(row) is None]
    return sorted(known, key=column.of, reverse=downwards) + unknown
