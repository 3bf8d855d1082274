"""Reading the trail, and proving it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import QuerySet

from gongshu.core.trail.actions import FIRST, chain, digest_of
from gongshu.core.trail.models import Entry, Seal

WIDTH = 40


def of(subject: models.Model) -> QuerySet[Entry]:
    """Return the entries about one thing, newest first."""
    return Entry.objects.filter(kind=subject._meta.label_lower, object_id=subject.pk).order_by("-pk")


def faults() -> Iterator[str]:
    """Yield a Chinese sentence for each entry or seal that does not match, in order; nothing when all is whole."""
    previous, expected = FIRST, 1
    for seal in Seal.objects.order_by("number").iterator(chunk_size=50):
        if seal.number != expected:
            yield f"封印 {expected} 缺失"
        manifest = bytes(seal.manifest)
        if bytes(seal.previous) != previous or chain(bytes(seal.previous), manifest) != bytes(seal.digest):
            yield f"封印 {seal.number} 被改动"
        yield from _entry_faults(seal, manifest)
        previous, expected = bytes(seal.digest), seal.number + 1
    orphan = Entry.objects.exclude(seal__isnull=True).exclude(seal__in=Seal.objects.all()).first()
    if orphan:
        yield f"第 {orphan.pk} 条留痕的封印已不存在"


def _entry_faults(seal: Seal, manifest: bytes) -> Iterator[str]:
    wanted = {
        int.from_bytes(manifest[n : n + 8], "big"): manifest[n + 8 : n + WIDTH] for n in range(0, len(manifest), WIDTH)
    }
    found = {row.pk: row for row in Entry.objects.filter(seal=seal)}
    for pk in sorted(wanted.keys() | found.keys()):
        if pk not in found:
            yield f"第 {pk} 条留痕被删除（封印 {seal.number}）"
        elif pk not in wanted:
            yield f"第 {pk} 条留痕是后来添加的（封印 {seal.number}）"
        elif digest_of(found[pk]) != wanted[pk]:
            yield f"第 {pk} 条留痕被改动（封印 {seal.number}）"
