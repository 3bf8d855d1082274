"""The key ring: keys for sealing personal data and for looking it up, kept in a file outside the database.

A sealed value is one byte naming its key, twelve random bytes, the ciphertext and its tag (AES-256-GCM, or SM4-GCM).
The column it belongs to is authenticated with it, so that it cannot be moved to another one. A blind index is one byte
naming its key and sixteen bytes of HMAC-SHA256, so that equal values are found without being readable.
"""

from __future__ import annotations

import base64
import fcntl
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CIPHERS = {"aes-256-gcm": 32, "sm4-gcm": 16}  # key lengths in bytes
NONCE, TAG, DIGEST = 12, 16, 16
INDEX_LENGTH = 1 + DIGEST
MOST_KEYS = 255
NONCES_A_BLOCK = 1000


class KeyMissing(LookupError):
    """The ring has no key of the version a value names: the file is not the one the value was sealed with."""


class Tampered(ValueError):
    """A sealed value was changed, or belongs to another column."""


class Box(Protocol):
    """A cipher with its key."""

    def encrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        """Return ciphertext and tag."""

    def decrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        """Return the plain bytes; raises InvalidTag."""


class SM4Box:
    """SM4-GCM with the shape of `AESGCM`."""

    def __init__(self, key: bytes) -> None:
        self.key = key

    def encrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        """Return ciphertext and tag."""
        sealer = Cipher(algorithms.SM4(self.key), modes.GCM(nonce)).encryptor()
        sealer.authenticate_additional_data(associated)
        return sealer.update(data) + sealer.finalize() + sealer.tag

    def decrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        """Return the plain bytes; raises InvalidTag."""
        opener = Cipher(algorithms.SM4(self.key), modes.GCM(nonce, data[-TAG:])).decryptor()
        opener.authenticate_additional_data(associated)
        return opener.update(data[:-TAG]) + opener.finalize()


@dataclass(frozen=True)
class Key:
    """One key: version (1–255), use (`aes-256-gcm`, `sm4-gcm` or `hmac-sha256`), bytes, when it was made."""

    version: int
    use: str
    secret: bytes
    made_at: str

    @cached_property
    def box(self) -> Box:
        """Return the cipher with this key."""
        return SM4Box(self.secret) if self.use == "sm4-gcm" else AESGCM(self.secret)


@dataclass(frozen=True)
class KeyRing:
    """The keys by version; the newest one of each sort seals and indexes, all of them read."""

    sealing: Mapping[int, Key]
    indexing: Mapping[int, Key]

    @cached_property
    def active(self) -> int:
        """Return the version that seals."""
        return max(self.sealing)

    @cached_property
    def active_index(self) -> int:
        """Return the version that indexes."""
        return max(self.indexing)

    def seal(self, column: str, text: str) -> bytes:
        """Return the sealed bytes of a text for a column."""
        nonce = os.urandom(NONCE)
        return (
            bytes((self.active,)) + nonce + self.sealing[self.active].box.encrypt(nonce, text.encode(), column.encode())
        )

    def sealer(self, column: str) -> Callable[[str], bytes]:
        """Return a function that seals many texts for a column as `seal` does, drawing its nonces by the block."""
        lead, aad, encrypt = bytes((self.active,)), column.encode(), self.sealing[self.active].box.encrypt
        nonces = _nonces()

        def seal(text: str) -> bytes:
            nonce = next(nonces)
            return lead + nonce + encrypt(nonce, text.encode(), aad)

        return seal

    def open(self, column: str, sealed: bytes) -> str:
        """Return the text; raises `KeyMissing` or `Tampered`."""
        key = self.sealing.get(sealed[0])
        if key is None:
            raise KeyMissing(f"密钥环里没有第 {sealed[0]} 号密钥，请确认 keys.json 是加密时所用的那一份")
        try:
            return key.box.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], column.encode()).decode()
        except InvalidTag as error:
            raise Tampered(f"{column} 的密文被改动，或不是这一栏的") from error

    def blind(self, column: str, text: str) -> bytes:
        """Return the blind index of a text in a column under the active key."""
        return self._blind(self.indexing[self.active_index], column, text)

    def blinds(self, column: str, text: str) -> list[bytes]:
        """Return the blind indexes under every key, the active one first: what a lookup must try."""
        return [self._blind(self.indexing[version], column, text) for version in sorted(self.indexing, reverse=True)]

    def blinder(self, column: str) -> Callable[[str], list[bytes]]:
        """Return a function that gives the blind indexes of many texts in a column as `blinds` does."""
        lead, versions = f"{column}\0".encode(), sorted(self.indexing, reverse=True)
        begun = [(bytes((one,)), hmac.new(self.indexing[one].secret, lead, "sha256").copy) for one in versions]

        def blinds(text: str) -> list[bytes]:
            plain, found = text.encode(), []
            for version, copy in begun:
                digest = copy()
                digest.update(plain)
                found.append(version + digest.digest()[:DIGEST])
            return found

        return blinds

    def _blind(self, key: Key, column: str, text: str) -> bytes:
        digest = hmac.digest(key.secret, f"{column}\0{text}".encode(), "sha256")
        return bytes((key.version,)) + digest[:DIGEST]


def _nonces() -> Iterator[bytes]:
    while True:
        block = os.urandom(NONCE * NONCES_A_BLOCK)
        for start in range(0, len(block), NONCE):
            yield block[start : start + NONCE]


def read_ring(path: Path) -> KeyRing:
    """Return the ring in a file; raises FileNotFoundError."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return KeyRing(_keys(stored["sealing"]), _keys(stored["indexing"]))


def _keys(rows: list[dict[str, Any]]) -> dict[int, Key]:
    return {
        row["version"]: Key(row["version"], row["use"], base64.b64decode(row["secret"]), row["made_at"]) for row in rows
    }


def make_ring(path: Path, cipher: str) -> KeyRing:
    """Make the file with one key of each sort unless it is there (mode 0600), and return the ring."""
    with _locked(path):
        if not path.exists():
            _write(path, [_new_key(1, cipher)], [_new_key(1, "hmac-sha256")])
        return read_ring(path)


def add_keys(path: Path, cipher: str) -> KeyRing:
    """Add a new active key of each sort and return the ring; raises ValueError when all versions are used up."""
    with _locked(path):
        ring = read_ring(path)
        if max(ring.active, ring.active_index) >= MOST_KEYS:
            raise ValueError("密钥编号已用完")
        sealing = [*ring.sealing.values(), _new_key(ring.active + 1, cipher)]
        indexing = [*ring.indexing.values(), _new_key(ring.active_index + 1, "hmac-sha256")]
        _write(path, sealing, indexing)
        return read_ring(path)


def _new_key(version: int, use: str) -> Key:
    return Key(version, use, secrets.token_bytes(CIPHERS.get(use, 32)), datetime.now(UTC).isoformat(timespec="seconds"))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time write the ring."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(path: Path, sealing: list[Key], indexing: list[Key]) -> None:
    """Write the file anew beside the old one and put it in its place at once, so that no reader sees half a ring."""
    rows = {
        name: [
            {"version": k.version, "use": k.use, "secret": base64.b64encode(k.secret).decode(), "made_at": k.made_at}
            for k in keys
        ]
        for name, keys in (("sealing", sealing), ("indexing", indexing))
    }
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(rows, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
