"""Reads of attachments. Who may have one is for the line of work whose row refers to it."""

from __future__ import annotations

from django.http import Http404

from gongshu.core.files.models import Attachment


def earlier(attachment: Attachment | None) -> list[Attachment]:
    """Return the attachments that stood in the place of this one before, newest first; one query for each."""
    found: list[Attachment] = []
    while attachment is not None and attachment.replaces is not None:
        attachment = attachment.replaces
        found.append(attachment)
    return found


def version_of(current: Attachment | None, named: str) -> Attachment:
    """Return the attachment itself, or the earlier one whose key an address names; raises Http404."""
    known: list[Attachment] = [] if current is None else [current, *(earlier(current) if named else ())]
    found: Attachment | None = next((row for row in known if not named or str(row.pk) == named), None)
    if found is None:
        raise Http404
    return found
