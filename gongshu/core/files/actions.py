"""The only place that writes attachments and their files."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, QuerySet
from django.utils import timezone

from gongshu.core.base.problems import Refused
from gongshu.core.base.sealing import HEAD, PIECE, SUFFIX, SealedWriter, key_version, opened
from gongshu.core.files.kinds import FileKind, kind_of
from gongshu.core.files.models import Attachment, sealed_name
from gongshu.core.files.names import harmless
from gongshu.core.people.protected import ring

MEGABYTE = 1024 * 1024
LIMIT = 20 * MEGABYTE
GRACE = timedelta(days=1)
TOUCHED_AGAIN = 60.0  # seconds


class Upload(Protocol):
    """What is uploaded: Django's UploadedFile, or a `File` with a name."""

    name: str | None

    def chunks(self, chunk_size: int | None = None) -> Iterable[bytes]:
        """Yield the bytes piece by piece."""
        ...


class Uploader(Protocol):
    """Whoever uploads: an Actor."""

    @property
    def account_id(self) -> int | None:
        """The account, or None for the system itself."""
        ...


def keep(
    upload: Upload, *, by: Uploader, limit: int = LIMIT, at: datetime | None = None, is_sealed: bool = False
) -> Attachment:
    """Keep an upload: the bytes are on disk, flushed, before the row is written; sealed ones are never there in clear.

    `limit` is in bytes. Raises Refused with a sentence when the upload is empty, too big or not of an allowed type;
    then nothing is stored.
    """
    name = harmless(upload.name or "")
    folder = Path(settings.MEDIA_ROOT)
    (folder / "incoming").mkdir(parents=True, exist_ok=True)
    descriptor, temporary_name = tempfile.mkstemp(dir=folder / "incoming")
    temporary = Path(temporary_name)
    token = secrets.token_hex(32)
    path = f"{token[:2]}/{token}{SUFFIX}" if is_sealed else ""
    with open(descriptor, "w+b") as incoming:
        try:
            size, sha256 = _pour(upload, incoming, sealed_path=path, name=name, limit=limit)
            kind = _kind(name, incoming, path)
            path = path or f"{sha256[:2]}/{sha256}"
            _put(temporary, folder / path)
        finally:
            temporary.unlink(missing_ok=True)
    return Attachment.objects.create(
        sha256=sha256,
        size=size,
        name=name,
        media_type=kind.media_type,
        path=path,
        created_by_id=by.account_id,
        created_at=at or timezone.now(),
    )


def _kind(name: str, incoming: BinaryIO, sealed_path: str) -> FileKind:
    if not sealed_path:
        return kind_of(name, incoming)
    with opened(os.fdopen(os.dup(incoming.fileno()), "rb"), ring(), sealed_name(sealed_path)) as plain:
        return kind_of(name, plain)


def _pour(upload: Upload, target: BinaryIO, *, sealed_path: str, name: str, limit: int) -> tuple[int, str]:
    """Copy the bytes, sealed where they are for a sealed place, and flush them; return their number and SHA-256."""
    size, digest = 0, hashlib.sha256()
    sealed = SealedWriter(target, ring(), sealed_name(sealed_path)) if sealed_path else None
    for chunk in upload.chunks():
        size += len(chunk)
        if size > limit:
            raise Refused.because(f"“{name}”超过 {limit // MEGABYTE} MB，请压缩或分开上传")
        digest.update(chunk)
        (sealed or target).write(chunk)
    if size == 0:
        raise Refused.because(f"“{name}”是空文件，请检查后重新上传")
    if sealed:
        sealed.finish()
    target.flush()
    os.fsync(target.fileno())
    return size, digest.hexdigest()


def _put(temporary: Path, target: Path) -> None:
    """Move the bytes to their place, which is named by their hash; bytes already there are only touched."""
    if target.exists():
        os.utime(target)
        return
    target.parent.mkdir(exist_ok=True)
    temporary.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def supersede(new: Attachment, old: Attachment | None) -> None:
    """Put `new` in the place of `old`, which stays on file behind it."""
    if old is not None and old.pk != new.pk:
        new.replaces = old
        new.save(update_fields=["replaces"])


def discard(attachment: Attachment, *, at: datetime) -> None:
    """Delete an attachment that its line of work no longer refers to; the bytes go when this is committed.

    Bytes that another attachment names stay, and so do those somebody is uploading again right now: `remove_orphans`
    looks at these later.
    """
    place, sha256 = attachment.location, attachment.sha256
    created, is_sealed = attachment.created_at, attachment.is_sealed
    attachment.delete()

    def unlink() -> None:
        if is_sealed:
            place.unlink(missing_ok=True)
            return
        if Attachment.objects.filter(sha256=sha256).exists():
            return
        touched_again = place.exists() and place.stat().st_mtime > created.timestamp() + TOUCHED_AGAIN
        is_fresh = place.exists() and place.stat().st_mtime > at.timestamp() - TOUCHED_AGAIN
        if not (touched_again and is_fresh):
            place.unlink(missing_ok=True)

    transaction.on_commit(unlink)


def unreferenced(*, before: datetime) -> QuerySet[Attachment]:
    """Return the attachments created before `before` that no row of any model refers to."""
    rows = Attachment.objects.filter(created_at__lt=before)
    for relation in Attachment._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            model: Any = relation.related_model
            rows = rows.filter(~Exists(model._default_manager.filter(**{relation.field.name: OuterRef("pk")})))
    return rows


def remove_orphans(*, at: datetime) -> int:
    """Remove attachments nothing refers to, then files no row names; both only when older than a day."""
    before = at - GRACE
    count, _ = unreferenced(before=before).delete()
    folder = Path(settings.MEDIA_ROOT)
    for file in [*folder.glob("??/*"), *folder.glob("incoming/*")]:
        if is_older(file, before) and not _is_named(file):
            file.unlink(missing_ok=True)
            count += 1
    return count


def is_older(file: Path, than: datetime) -> bool:
    """Tell whether a file was last written before a time; no longer there, as an upload that is done, it was not."""
    try:
        return file.stat().st_mtime < than.timestamp()
    except FileNotFoundError:
        return False


def _is_named(file: Path) -> bool:
    if file.suffix == SUFFIX:
        return Attachment.objects.filter(path=f"{file.parent.name}/{file.name}").exists()
    return Attachment.objects.filter(sha256=file.name).exists()


def reseal_file(place: Path) -> bool:
    """Seal a file anew under the active key, in its place at once; return False where there was nothing to do.

    Whoever reads it meanwhile goes on with the old one. Should it be deleted meanwhile, `remove_orphans` finds it.
    """
    folder, keys = Path(settings.MEDIA_ROOT), ring()
    name = sealed_name(f"{place.parent.name}/{place.name}")
    try:
        source = place.open("rb")
    except FileNotFoundError:
        return False
    with source:
        if key_version(source.read(HEAD)) == keys.active:
            return False
        source.seek(0)
        descriptor, temporary = tempfile.mkstemp(dir=folder / "incoming")
        try:
            with opened(source, keys, name) as plain, open(descriptor, "wb") as target:
                sealed = SealedWriter(target, keys, name)
                shutil.copyfileobj(plain, sealed, PIECE)
                sealed.finish()
                target.flush()
                os.fsync(target.fileno())
            os.replace(temporary, place)
        finally:
            Path(temporary).unlink(missing_ok=True)
    return True
