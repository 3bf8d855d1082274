"""What holds a page together: cards, facts, buttons, tabs, pagers, icons."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongshu.core.ui.links import with_params

STYLES = ("tokens", "base", "layout", "card", "table", "form", "states", "pictures", "tree", "wall")


@cache
def styles() -> SafeString:
    """Link the style sheets in their order."""
    links = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(f"ui/css/{name}.css"),) for name in STYLES)
    )
    return links + format_html('\n<link rel="stylesheet" media="print" href="{}">', static("ui/css/print.css"))


@lru_cache(maxsize=500)  # a page has dozens of a few
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of our own set (see static/ui/icons.svg); without a label it is decoration."""
    told = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"/></svg>', told, static("ui/icons.svg"), name)


def card(
    content: str, title: str = "", note: str = "", url: str = "", more: str = "查看全部", flush: bool = False
) -> str:
    """Frame a part of a page under a title; `url` adds a link at the right; `flush` lets a table touch the edges."""
    return render_to_string(
        "ui/parts/card.html",
        {"content": content, "title": title, "note": note, "url": url, "more": more, "flush": flush},
    )


def panel(content: str, title: str, open: bool = False, note: str = "") -> str:  # noqa: A002 - the HTML attribute's name
    """Fold a part of a page under a title; it works without a script."""
    return render_to_string("ui/parts/panel.html", {"content": content, "title": title, "open": open, "note": note})


def notice(content: str, tone: str = "progress", title: str = "") -> str:
    """Say something in passing: tone done, progress, late or overdue."""
    return render_to_string("ui/parts/notice.html", {"content": content, "tone": tone, "title": title})


def nothing(content: str, title: str, icon: str = "inbox") -> str:
    """Say that there is nothing, and in the block what to do next."""
    return render_to_string("ui/parts/nothing.html", {"content": content, "title": title, "icon": icon})


def columns(content: str, kind: str = "main-side") -> SafeString:
    """Set blocks side by side on wide screens: `main-side`, `two`, `three` or `four`."""
    return format_html('<div class="columns columns-{}">{}</div>', kind, content)


def facts(content: str) -> SafeString:
    """List the facts of a thing; holds `fact` blocks."""
    return format_html('<dl class="facts">{}</dl>', content)


def fact(content: str, label: str, wide: bool = False) -> SafeString:
    """State one fact."""
    return format_html('<div class="fact{}"><dt>{}</dt><dd>{}</dd></div>', " fact-wide" if wide else "", label, content)


def button(label: str, url: str, primary: bool = False, icon: str = "", key: str = "") -> dict[str, Any]:
    """Link that looks like a button; `key` is its keyboard shortcut."""
    return {"label": label, "url": url, "primary": primary, "icon": icon, "key": key}


def post_button(label: str, url: str, primary: bool = False, name: str = "", value: str = "") -> dict[str, Any]:
    """Button that posts, in a form of its own, with an optional `name=value`."""
    return {"label": label, "url": url, "primary": primary, "name": name, "value": value}


def confirm(context: Context, content: str, label: str, url: str, action: str = "", primary: bool = False) -> str:
    """Button that first unfolds what will happen (the block, which may hold fields) and then posts."""
    return render_to_string(
        "ui/parts/confirm.html",
        {
            "content": content,
            "label": label,
            "url": url,
            "action": action or f"确认{label}",
            "primary": primary,
            "csrf_token": context.get("csrf_token"),
        },
    )


def asks(content: str, narrowed: bool = False) -> str:
    """Hold what narrows a list, chips and forms: a bar on a desk, folded on a phone; `narrowed` says that it is."""
    return render_to_string("ui/parts/asks.html", {"content": content, "narrowed": narrowed})


def tabs(links: Sequence[Any], label: str = "页签") -> dict[str, Any]:
    """Show links as tabs: each `label, url, active` and perhaps `count`."""
    return {"links": links, "label": label}


def chips(links: Sequence[Any], label: str = "", more: Sequence[Any] = ()) -> dict[str, Any]:
    """Show links as chips to choose from: each `label, url, active` and perhaps `count`; `more` stands folded."""
    return {"links": links, "label": label, "more": more}


def crumbs(links: Sequence[Any]) -> dict[str, Any]:
    """Show the organisation path: each `label, url`; the last one is where we are."""
    return {"links": links}


def pager(context: Context, page: Page, unit: str = "条", params: QueryDict | None = None) -> dict[str, Any]:
    """Show where we are among the pages, with links to the others that keep the filters."""
    request = context.get("request")
    kept = params if params is not None else (request.GET if request else QueryDict())
    numbers = [
        (number, with_params(kept, {"page": number}) if isinstance(number, int) else "")
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
    before = with_params(kept, {"page": page.previous_page_number()}) if page.has_previous() else ""
    after = with_params(kept, {"page": page.next_page_number()}) if page.has_next() else ""
    return {"page": page, "unit": unit, "numbers": numbers, "before": before, "after": after}


def person(name: str, unit: str = "", url: str = "") -> dict[str, Any]:
    """Name a person with the unit they belong to; no picture."""
    return {"name": name, "unit": unit, "url": url}


def honour(label: str, year: int | None = None) -> SafeString:
    """Show an honour in muted gold."""
    return format_html(
        '<span class="honour">{}{}{}</span>', icon("medal"), format_html("{}年 ", year) if year else "", label
    )
