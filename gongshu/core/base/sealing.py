"""Files sealed in pieces: written and read as streams, memory staying the same, nothing in clear beside them.

A sealed file is a mark, one byte naming the key, sixteen random bytes, and the pieces: each 65,536 bytes of the plain
file, the last one fewer, every one with its tag of sixteen bytes. They are sealed with a key of the file's own, made by
HKDF (RFC 5869) of the ring's key, the random bytes and the file's name; the number of the piece is its nonce, and that
number with “this is the last one” is authenticated with it (the construction STREAM of Hoang, Reyhanitabar, Rogaway
and Vizár, 2015). So no piece can be changed, taken out, put elsewhere or into another file, and no file can be cut
off or written on, without the reader seeing it.
"""

from __future__ import annotations

import io
import os
import struct
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gongshu.core.base.keyring import NONCE, TAG, Box, Key, KeyMissing, KeyRing, Tampered

MARK = b"GSF1"
SALT = 16
HEAD = len(MARK) + 1 + SALT
PIECE = 1 << 16
WHOLE = PIECE + TAG
SUFFIX = ".sealed"


class Target(Protocol):
    """Where sealed bytes go."""

    def write(self, data: bytes, /) -> int:
        """Take bytes."""
        ...


class SealedWriter:
    """Seals what is written to it, piece by piece; the file is whole once `finish` has been called, and not before."""

    def __init__(self, target: Target, keys: KeyRing, name: str) -> None:
        salt = os.urandom(SALT)
        self._target, self._waiting, self._number = target, bytearray(), 0
        self._box = _box(keys.sealing[keys.active], salt, name)
        self.size = 0
        target.write(MARK + bytes((keys.active,)) + salt)

    def write(self, data: bytes, /) -> int:
        """Take plain bytes; return how many."""
        self._waiting += data
        self.size += len(data)
        while len(self._waiting) > PIECE:  # what may be the last piece is kept
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return len(data)

    def flush(self) -> None:
        """Do nothing: a piece goes on when it is full."""

    def finish(self) -> None:
        """Write the last piece."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        self._target.write(self._box.encrypt(_nonce(self._number), piece, _place(self._number, is_last=is_last)))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Opens a sealed file where it is read; it can be moved about in. Closing it closes the sealed file."""

    def __init__(self, source: BinaryIO, keys: KeyRing, name: str) -> None:
        """Look at the beginning and the end; raises `KeyMissing`, or `Tampered` where they are not of the file."""
        super().__init__()
        self._source, self._name, self._at = source, name, 0
        body = source.seek(0, os.SEEK_END) - HEAD
        self._pieces = max(1, -(-body // WHOLE))
        self._size = body - self._pieces * TAG
        if self._size < 0 or self._size <= (self._pieces - 1) * PIECE != 0:
            raise self._tampered()
        source.seek(0)
        head = source.read(HEAD)
        if head[: len(MARK)] != MARK:
            raise self._tampered()
        self._box = _box(_key(keys, head[len(MARK)]), head[len(MARK) + 1 :], name)
        self._held = (-1, b"")
        self._piece(self._pieces - 1)

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the place in the plain file."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place of the plain file and return it."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("negative seek position")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as the piece goes and return how many bytes; raises `Tampered`."""
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, PIECE)
        found = self._piece(number)[start : start + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        """Close the sealed file too."""
        self._source.close()
        super().close()

    def _piece(self, number: int) -> bytes:
        if self._held[0] != number:
            self._source.seek(HEAD + number * WHOLE)
            sealed = self._source.read(WHOLE)
            place = _place(number, is_last=number == self._pieces - 1)
            try:
                self._held = (number, self._box.decrypt(_nonce(number), sealed, place))
            except (InvalidTag, ValueError) as error:
                raise self._tampered() from error
        return self._held[1]

    def _tampered(self) -> Tampered:
        return Tampered(f"{self._name} 的密文被改动、截断，或不是这一份文件的")


def opened(source: BinaryIO, keys: KeyRing, name: str) -> BinaryIO:
    """Return the plain file of a sealed one, to be read from its beginning; it closes the sealed file.

    Raises `KeyMissing`, and `Tampered` here or where it is read.
    """
    try:
        return io.BufferedReader(SealedReader(source, keys, name), PIECE)
    except (KeyMissing, Tampered):
        source.close()
        raise


def key_version(head: bytes) -> int | None:
    """Return the version of the key that the first bytes of a file name; None for no sealed file."""
    return head[len(MARK)] if head.startswith(MARK) and len(head) > len(MARK) else None


def _key(keys: KeyRing, version: int) -> Key:
    key = keys.sealing.get(version)
    if key is None:
        raise KeyMissing(f"密钥环里没有第 {version} 号密钥，请确认 keys.json 是加密时所用的那一份")
    return key


def _box(key: Key, salt: bytes, name: str) -> Box:
    """Return the cipher with the key of one file."""
    own = HKDF(SHA256(), len(key.secret), salt, b"gongshu sealed file\0" + name.encode()).derive(key.secret)
    return Key(key.version, key.use, own, key.made_at).box


def _nonce(number: int) -> bytes:
    return number.to_bytes(NONCE, "big")


def _place(number: int, *, is_last: bool) -> bytes:
    return MARK + struct.pack(">Q?", number, is_last)
