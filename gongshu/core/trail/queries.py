"""Reading the trail, and proving it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import QuerySet

from gongshu.core.trail.actions import FIRST, chain, digest_of
from gongshu.core.trail.models import Entry, Seal

WIDTH = 40
NO_SEAL = "0:"


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


def last_seal() -> str:
    """Return the newest seal as `12:9f86…`, number and digest, to be noted elsewhere; `NO_SEAL` while there is none."""
    seal = Seal.objects.order_by("-number").first()
    return f"{seal.number}:{bytes(seal.digest).hex()}" if seal else NO_SEAL


def missing_seal(noted: str) -> str:
    """Return a Chinese sentence when the seal noted earlier (`12:9f86…`) is no longer there, empty when it is.

    A chain cannot tell by itself that its end was cut off, or that all of it was written anew.
    """
    if noted in ("", NO_SEAL):
        return ""
    number, _, digest = noted.partition(":")
    wanted = int(number) if number.isdecimal() and len(number) < 19 else 0
    seal = Seal.objects.filter(number=wanted).first()
    is_there = seal is not None and bytes(seal.digest).hex() == digest
    return "" if is_there else f"记下的封印 {noted} 已不存在或已被改写"
