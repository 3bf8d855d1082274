"""Recording what was done, and sealing what was recorded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import models, transaction

from gongshu.core.trail.models import Entry, Seal

BATCH = 1000
FIRST = b"\0" * 32


class Author(Protocol):
    """Whoever does something: an actor of `access`, or the system itself."""

    @property
    def account_id(self) -> int | None:
        """Return the account's key, None for the system."""

    @property
    def display_name(self) -> str:
        """Return the name the trail shows."""

    @property
    def organisation_id(self) -> int | None:
        """Return the organisation they act for."""


def entry(verb: str, subject: models.Model, *, by: Author, at: datetime, summary: str, **more: Any) -> Entry:
    """Return an unsaved entry; `more` may hold `detail` (a JSON-able dict), `clause` and `organisation_id`."""
    return Entry(
        at=at,
        account_id=by.account_id,
        who=by.display_name[:80],
        organisation_id=more.get("organisation_id", by.organisation_id),
        verb=verb,
        kind=subject._meta.label_lower,
        object_id=subject.pk,
        summary=summary[:400],
        detail=more.get("detail") or {},
        clause=more.get("clause", ""),
    )


def record(verb: str, subject: models.Model, *, by: Author, at: datetime, summary: str, **more: Any) -> Entry:
    """Write an entry in the caller's transaction; see `entry` for `more`."""
    row = entry(verb, subject, by=by, at=at, summary=summary, **more)
    row.save(force_insert=True)
    return row


def record_many(entries: Iterable[Entry]) -> None:
    """Write many entries in the caller's transaction."""
    Entry.objects.bulk_create(entries, batch_size=1000)


def digest_of(row: Entry) -> bytes:
    """Return the SHA-256 of an entry's content, alike on both databases."""
    content = [
        row.pk,
        row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        row.account_id,
        row.who,
        row.organisation_id,
        row.verb,
        row.kind,
        row.object_id,
        row.summary,
        row.detail,
        row.clause,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).digest()


def manifest_of(rows: Sequence[Entry]) -> bytes:
    """Return 40 bytes an entry: number and content digest."""
    return b"".join(row.pk.to_bytes(8, "big") + digest_of(row) for row in rows)


def chain(previous: bytes, manifest: bytes) -> bytes:
    """Return the digest of a seal over `manifest` after `previous`."""
    return hashlib.sha256(previous + manifest).digest()


@transaction.atomic
def seal_batch(*, at: datetime) -> int:
    """Seal up to 1,000 entries not yet sealed; return how many. Only one sealer works at a time."""
    last = Seal.objects.select_for_update().order_by("-number").first()
    rows = list(Entry.objects.filter(seal__isnull=True).order_by("pk")[:BATCH])
    if not rows:
        return 0
    previous = bytes(last.digest) if last else FIRST
    manifest = manifest_of(rows)
    seal = Seal.objects.create(
        number=(last.number if last else 0) + 1,
        previous=previous,
        manifest=manifest,
        digest=chain(previous, manifest),
        at=at,
    )
    Entry.objects.filter(pk__in=[row.pk for row in rows]).update(seal=seal)
    return len(rows)


def seal_all(*, at: datetime) -> int:
    """Seal every committed entry; return how many."""
    total = 0
    while count := seal_batch(at=at):
        total += count
    return total
