"""The list of documents received."""

from __future__ import annotations

from gongshu.core.ui.cells import Column
from gongshu.core.ui.shapes import PillValue, Tone
from gongshu.core.ui.tables import Filter, Table
from gongshu.intake.enums import DocumentKind
from gongshu.intake.machine import DOCUMENT
from gongshu.intake.models import Document

TONES: dict[str, Tone] = {"draft": "progress", "confirmed": "done", "dropped": "stopped"}


def state_pill(document: Document) -> PillValue:
    """Return the document's state as a pill."""
    return PillValue(document.state_label, TONES[document.state])


DOCUMENTS = Table(
    columns=(
        Column("title", "文件", sort="title", link=True),
        Column("kind", "类型", value="get_kind_display", sort="kind"),
        Column("state", "状态", value=state_pill, kind="pill", sort="state"),
        Column("organisation", "收文单位", value="organisation.name", sort="organisation__path"),
        Column("received_at", "收文时间", kind="time", sort="received_at"),
        Column("received_by", "收文人", value="received_by.person.name"),
    ),
    filters=(
        Filter("state", "状态", DOCUMENT.choices()),
        Filter("kind", "类型", DocumentKind.choices),
    ),
    search=("title",),
    search_hint="文件标题",
    order=("-received_at",),
    unit="份",
)
