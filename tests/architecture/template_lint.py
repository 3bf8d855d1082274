"""What a template and a style sheet must not do; each rule is a function from text to complaints."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

TAG = re.compile(r"<([a-z][\w-]*)\b([^<>]*)>", re.IGNORECASE)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
COLOUR_FILES = frozenset({"tokens.css", "wall.css"})
DOCUMENTS = frozenset({"ui/base.html"})

Rule = Callable[[str, str], Iterator[str]]


def bare(text: str) -> str:
    """Drop comments, and take angle brackets out of template tags so that markup can be read by pattern."""
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", "", text, flags=re.DOTALL)
    return re.sub(
        r"\{[%{].*?[%}]\}", lambda found: found.group().replace("<", " ").replace(">", " "), text, flags=re.DOTALL
    )


def _tags(text: str, *names: str) -> Iterator[tuple[re.Match[str], str]]:
    for found in TAG.finditer(text):
        if not names or found.group(1).lower() in names:
            yield found, found.group(2)


def no_inline_style(name: str, text: str) -> Iterator[str]:
    for found, attributes in _tags(text):
        if re.search(r"\sstyle\s*=", attributes):
            yield f"inline style: {found.group()[:60]}"
    if re.search(r"<style\b", text):
        yield "style element"


def no_inline_script(name: str, text: str) -> Iterator[str]:
    for found in re.finditer(r"<script\b([^>]*)>(.*?)</script>", text, re.DOTALL):
        if "src=" not in found.group(1) or found.group(2).strip():
            yield "script written into the page"
    for found, attributes in _tags(text):
        if re.search(r"\s(?:on[a-z]+|hx-on[\w:.-]*)\s*=|=\s*[\"']?\s*javascript:|=\s*[\"']\s*js:", attributes):
            yield f"script in an attribute: {found.group()[:60]}"


def images_tell(name: str, text: str) -> Iterator[str]:
    for found, attributes in _tags(text, "img"):
        if not re.search(r"\salt=", attributes):
            yield f"image without alt: {found.group()[:60]}"


def posts_are_guarded(name: str, text: str) -> Iterator[str]:
    for found in re.finditer(r"<form\b([^>]*)>(.*?)(?:</form>|\Z)", text, re.DOTALL | re.IGNORECASE):
        is_post = re.search(r"method=[\"']?post", found.group(1), re.IGNORECASE)
        if is_post and "{% csrf_token %}" not in found.group(2):
            yield "posting form without csrf_token"


def one_document(name: str, text: str) -> Iterator[str]:
    extends = re.search(r"\{%\s*extends\s", text)
    if name not in DOCUMENTS and re.search(r"<(?:html|head|body)\b", text, re.IGNORECASE):
        yield "a document of its own; extend ui/page.html"
    if name not in DOCUMENTS and not extends and re.search(r"\{%\s*block\s", text):
        yield "blocks without a base page to fill"


def controls_have_labels(name: str, text: str) -> Iterator[str]:
    inside = [(found.start(), found.end()) for found in re.finditer(r"<label\b.*?</label>", text, re.DOTALL)]
    labelled = set(re.findall(r"<label\b[^>]*\sfor=[\"']([^\"']+)", text))
    for found, attributes in _tags(text, "input", "select", "textarea"):
        own = re.search(r"\sid=[\"']([^\"']+)", attributes)
        if not (
            re.search(r"type=[\"']?(?:hidden|submit)", attributes)
            or "aria-label" in attributes
            or any(start < found.start() < end for start, end in inside)
            or (own and own.group(1) in labelled)
        ):
            yield f"control without a label (use the field component): {found.group()[:60]}"


def headings_have_scope(name: str, text: str) -> Iterator[str]:
    for found, attributes in _tags(text, "th"):
        if "scope=" not in attributes:
            yield f"table heading without scope: {found.group()[:60]}"


def nothing_from_elsewhere(name: str, text: str) -> Iterator[str]:
    for found, attributes in _tags(text, "script", "link", "img", "iframe", "video", "audio", "source"):
        if re.search(r"(?:src|href)=[\"']?(?:https?:)?//", attributes):
            yield f"fetched from another host: {found.group()[:60]}"


def nothing_unescaped(name: str, text: str) -> Iterator[str]:
    if re.search(r"\|\s*safe\b|\{%\s*autoescape\s+off", text):
        yield "unescaped output"


def official_dates(name: str, text: str) -> Iterator[str]:
    if re.search(r"\|\s*(?:date|time)(?!:['\"]c['\"])\b", text):
        yield "date filter; use cn_date, cn_time or due"


def no_colours(name: str, text: str) -> Iterator[str]:
    for found, attributes in _tags(text):
        if re.search(r"\s(?:fill|stroke|color|bgcolor)=", attributes):
            yield f"colour in the markup: {found.group()[:60]}"


RULES: tuple[Rule, ...] = (
    no_inline_style,
    no_inline_script,
    images_tell,
    posts_are_guarded,
    one_document,
    controls_have_labels,
    headings_have_scope,
    nothing_from_elsewhere,
    nothing_unescaped,
    official_dates,
    no_colours,
)


def classes_named(text: str) -> set[str]:
    """Return the classes a template writes out; those put together from variables are left aside."""
    plain = re.sub(r"\{[%{].*?[%}]\}", "\0", bare(text), flags=re.DOTALL)
    lists = re.findall(r"\sclass=\"([^\"]*)\"", plain)
    return {name for names in lists for name in names.split() if "\0" not in name}


def classes_styled(sheet: str) -> set[str]:
    """Return the classes a style sheet knows."""
    return set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)))


def complaints(name: str, text: str) -> list[str]:
    """Return what is wrong with a template; `name` is its path below `templates/`."""
    plain = bare(text)
    return [complaint for rule in RULES for complaint in rule(name, plain)]


def colours_outside_tokens(path: Path, text: str) -> list[str]:
    """Return colours a style sheet names itself instead of by custom property."""
    if path.name in COLOUR_FILES:
        return []
    return COLOUR.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
