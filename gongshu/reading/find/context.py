"""What every finder works on: the clean text, its canonical view and its sentences."""

from dataclasses import dataclass

from gongshu.reading.canon import canon
from gongshu.reading.model import Finding, Page, Span
from gongshu.reading.segment.sentences import sentences

_LEADING = 6
_OPENING_CHARACTERS = 700


@dataclass(frozen=True, slots=True)
class Context:
    """A page with the views the finders share; `view` has the offsets of `page.text`."""

    page: Page
    view: str
    titles: tuple[Span, ...]
    sentences: tuple[Span, ...]
    opening: tuple[Span, ...]

    def finding(self, start: int, end: int, rule: str) -> Finding:
        """Return a finding with the words as the page has them."""
        return Finding(self.page.text[start:end], Span(start, end), rule)

    def words(self, span: Span) -> str:
        """Return the canonical words of a span."""
        return self.view[span.start : span.end]


def context(page: Page) -> Context:
    """Return the context of a repaired page."""
    titles = tuple(block.span for block in page.blocks if block.kind == "title")
    running = [block for block in page.blocks if block.kind in {"body", "heading", "row"}]
    found = tuple(span for block in running for span in sentences(page.text, block.span))
    return Context(page, canon(page.text), titles, found, _opening(found))


def _opening(found: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the first sentences, where news says what was held, when and where."""
    if not found:
        return ()
    end = found[0].start + _OPENING_CHARACTERS
    return tuple(span for n, span in enumerate(found) if n < _LEADING or span.end <= end)
