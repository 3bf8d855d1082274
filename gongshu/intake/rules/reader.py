"""The door to reading: from bytes or pasted words to a reading, with every refusal as `Refused`."""

from __future__ import annotations

from dataclasses import dataclass

from gongshu import reading
from gongshu.core.base.problems import Refused
from gongshu.intake.enums import DocumentKind
from gongshu.intake.rules.record.found import from_reading
from gongshu.intake.rules.record.shape import Record
from gongshu.reading.model import Reading

MOST_CHARACTERS = 120_000  # what is read while somebody waits, within about two seconds
NOT_UNION = "读过了，这不像工会的会议材料、要点或通知，没有保存。收文只收工会会议的报道、讲话、通知和工作要点"


@dataclass(frozen=True)
class Read:
    """A document as read: its reading and the record drawn from it."""

    reading: Reading
    record: Record

    @property
    def title(self) -> str:
        """Return the document's own title, else the meeting's name, else its first words."""
        page = self.reading.page
        first = next((block for block in page.blocks if block.kind == "title"), None)
        name = self.reading.meeting.name
        if name:
            return name.value[:200]
        return (first.span.of(page.text) if first else page.text[:40])[:200]

    @property
    def kind(self) -> str:
        """Return the sort of text."""
        kind = self.reading.doc_type
        return kind if kind in DocumentKind.values else DocumentKind.OTHER.value


def read_document(source: bytes | str, name: str = "") -> Read:
    """Read a document.

    Raises:
        Refused: with one sentence when it is empty, binary, too large, not Chinese or no union's document.
    """
    try:
        text = reading.text_of(source, name)
        if len(text) > MOST_CHARACTERS:
            raise reading.Unreadable(f"文件超过 {MOST_CHARACTERS // 10_000} 万字，请拆分或只上传正文")
        found = reading.read(text)
    except reading.Unreadable as reason:
        raise Refused.because(str(reason).rstrip("。"), field="upload") from reason
    if not found.in_scope:
        raise Refused.because(NOT_UNION, field="upload")
    return Read(found, from_reading(found))
