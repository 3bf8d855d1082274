"""Web pages: the words a reader sees, one line a paragraph, table cells parted by bars."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_LOOKS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body|div|p|table"
    r"|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_WHOLE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z]", re.IGNORECASE)
_DROPPED = "script, style, noscript, iframe, template, svg, nav, footer, form, button, select, object, head"
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset({"td", "th"})
_BLANK = re.compile(r"[ \t\r\n\f]+")
_LINES = re.compile(r" *\n[ \n]*")
_DEEPEST = 400


def looks_like_html(text: str, name: str = "") -> bool:
    """Say whether a text is a web page, by its file name or its beginning.

    Lines with a left-over tag here and there are none: their breaks would be lost.
    """
    if name.lower().endswith((".html", ".htm", ".xhtml", ".shtml")):
        return True
    if _LOOKS.match(text) is None:
        return False
    return _WHOLE.search(text) is not None or len(_TAG.findall(text)) >= text.count("\n")


def from_html(text: str) -> str:
    """Return the visible text of a web page; no markup is carried over."""
    tree = LexborHTMLParser(text)
    for node in tree.css(_DROPPED):
        node.decompose()
    if tree.body is None:
        return ""
    words: list[str] = []
    _walk(tree.body, words, 0)
    return _LINES.sub("\n", "".join(words)).strip()


def _walk(node: LexborNode, words: list[str], depth: int) -> None:
    """Append the words of a node's children, with line breaks around blocks and a bar between cells."""
    child = node.child
    while child is not None:
        tag = child.tag or ""
        if tag == "-text":
            words.append(_BLANK.sub(" ", child.text_content or ""))
        elif tag == "br":
            words.append("\n")
        elif tag == "tr":
            words.append("\n" + _row(child) + "\n")
        elif depth >= _DEEPEST:
            words.append(_BLANK.sub(" ", child.text()))
        elif not tag.startswith(("-", "_", "!")):
            edge = "\n" if tag in _BLOCKS else ""
            words.append(edge)
            _walk(child, words, depth + 1)
            words.append(edge)
        child = child.next


def _row(row: LexborNode) -> str:
    """Return a table row as one line; a row with one cell (a layout table) keeps its paragraphs."""
    cells: list[str] = []
    child = row.child
    while child is not None:
        if child.tag in _CELLS:
            words: list[str] = []
            _walk(child, words, 1)
            cells.append(_LINES.sub("\n", "".join(words)).strip())
        child = child.next
    if sum(1 for cell in cells if cell) <= 1:
        return "".join(cells)
    return " | ".join(cell.replace("\n", " ") for cell in cells)
