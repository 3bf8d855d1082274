"""Reads of attachments. Who may have one is for the line of work whose row refers to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.http import Http404

from gongshu.core.base.sealing import HEAD, SUFFIX, key_version
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


def sealed_files() -> list[Path]:
    """Return where the sealed attachments are, whether a row names them or not."""
    return sorted(Path(settings.MEDIA_ROOT).glob(f"??/*{SUFFIX}"))


def sealed_by_key(folders: Iterable[Path]) -> Counter[int]:
    """Return how many sealed files in folders (and those directly in them) each version of the key is needed for."""
    found: Counter[int] = Counter()
    for folder in folders:
        for place in (*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*/*{SUFFIX}")):
            try:
                with place.open("rb") as file:
                    version = key_version(file.read(HEAD))
            except FileNotFoundError:  # taken away in the meantime
                continue
            if version is not None:
                found[version] += 1
    return found
