"""The only place that writes documents received and the drafts of their records."""

from gongshu.intake.actions.documents import (
    AlreadyReceived,
    Entry,
    Received,
    Stale,
    confirm,
    drop,
    pasted,
    receive,
    restore,
    save_draft,
    settle,
)

__all__ = [
    "AlreadyReceived",
    "Entry",
    "Received",
    "Stale",
    "confirm",
    "drop",
    "pasted",
    "receive",
    "restore",
    "save_draft",
    "settle",
]
