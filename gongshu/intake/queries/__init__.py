"""Reads of documents received, narrowed to whoever reads."""

from gongshu.intake.queries.documents import (
    candidates,
    confirmable,
    document_for,
    documents_for,
    editable_for,
    received_before,
    search,
    set_aside_of,
    unknown_names,
)

__all__ = [
    "candidates",
    "confirmable",
    "document_for",
    "documents_for",
    "editable_for",
    "received_before",
    "search",
    "set_aside_of",
    "unknown_names",
]
