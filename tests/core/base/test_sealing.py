"""Sealed files: read as they were written, by whoever has the key, and not where anything of them was touched."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongshu.core.base.keyring import KeyMissing, KeyRing, Tampered, add_keys, make_ring
from gongshu.core.base.sealing import HEAD, PIECE, WHOLE, SealedWriter, key_version, opened

NAME = "tests.File:1"
THREE = os.urandom(2 * PIECE + 100)


@pytest.fixture(params=["aes-256-gcm", "sm4-gcm"])
def keys(request, tmp_path: Path) -> KeyRing:
    return make_ring(tmp_path / "keys.json", request.param)


@pytest.fixture(scope="module")
def one_ring(tmp_path_factory) -> KeyRing:
    return make_ring(tmp_path_factory.mktemp("ring") / "keys.json", "aes-256-gcm")


def sealed(plain: bytes, keys: KeyRing, name: str = NAME) -> bytes:
    target = io.BytesIO()
    writer = SealedWriter(target, keys, name)
    for start in range(0, len(plain), 10_000):
        writer.write(plain[start : start + 10_000])
    writer.finish()
    assert writer.size == len(plain)
    return target.getvalue()


def read(content: bytes, keys: KeyRing, name: str = NAME) -> bytes:
    with opened(io.BytesIO(content), keys, name) as file:
        return file.read()


def pieces(content: bytes) -> list[bytes]:
    return [content[start : start + WHOLE] for start in range(HEAD, len(content), WHOLE)]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7])
def test_what_was_written_is_read(keys: KeyRing, size: int) -> None:
    plain = os.urandom(size)
    content = sealed(plain, keys)
    assert read(content, keys) == plain
    assert len(pieces(content)) == max(1, -(-size // PIECE))
    with opened(io.BytesIO(content), keys, NAME) as file:
        assert (file.seek(0, os.SEEK_END), file.read()) == (size, b"")


def test_nothing_of_it_stands_in_clear_and_no_two_are_alike(keys: KeyRing) -> None:
    plain = "何立 520102199003070012".encode() * 10_000
    one, other = sealed(plain, keys), sealed(plain, keys)
    assert "何立".encode() not in one
    assert pieces(one)[0] != pieces(other)[0]
    assert key_version(one[:5]) == keys.active
    assert (key_version(plain[:5]), key_version(b"")) == (None, None)


@settings(max_examples=60, deadline=None)
@given(reads=st.lists(st.tuples(st.integers(0, len(THREE) + 50), st.integers(0, PIECE + 50)), max_size=8))
def test_any_part_can_be_read_in_any_order(one_ring: KeyRing, reads: list[tuple[int, int]]) -> None:
    with opened(io.BytesIO(sealed(THREE, one_ring)), one_ring, NAME) as file:
        for start, length in reads:
            assert file.seek(start) == start
            assert file.read(length) == THREE[start : start + length]


def test_a_package_is_written_and_read_through_it(keys: KeyRing) -> None:
    target = io.BytesIO()
    writer = SealedWriter(target, keys, NAME)
    with zipfile.ZipFile(writer, "w", zipfile.ZIP_DEFLATED) as package:  # type: ignore[call-overload]
        package.writestr("a", "甲" * 100_000)
        package.writestr("b", os.urandom(200_000))
    writer.finish()
    with opened(io.BytesIO(target.getvalue()), keys, NAME) as file, zipfile.ZipFile(file) as package:
        assert package.testzip() is None
        assert package.read("a").decode() == "甲" * 100_000


# ---- what was touched


@pytest.mark.parametrize("at", [0, 3, 5, HEAD, HEAD + 10, HEAD + WHOLE + 3, HEAD + 2 * WHOLE, -1])
def test_a_changed_bit_is_seen_wherever_it_is(keys: KeyRing, at: int) -> None:
    content = bytearray(sealed(THREE, keys))
    content[at] ^= 1
    with pytest.raises(Tampered):
        read(bytes(content), keys)


@pytest.mark.parametrize(
    "kept", [0, 4, HEAD - 1, HEAD, HEAD + 15, HEAD + 16, HEAD + 500, HEAD + WHOLE, HEAD + 2 * WHOLE, -1]
)
def test_a_file_cut_off_is_seen_before_anything_of_it_is_read(keys: KeyRing, kept: int) -> None:
    with pytest.raises(Tampered):
        opened(io.BytesIO(sealed(THREE, keys)[:kept]), keys, NAME)


def test_pieces_put_elsewhere_left_out_or_added_are_seen(keys: KeyRing) -> None:
    content = sealed(THREE, keys)
    head, (one, two, last) = content[:HEAD], pieces(content)
    for touched in ([two, one, last], [one, last], [two, last], [one, two], [one, two, last, last], [last, one, two]):
        with pytest.raises(Tampered):
            read(head + b"".join(touched), keys)
    with pytest.raises(Tampered):
        read(content + b"\0", keys)


def test_pieces_and_beginnings_of_other_files_are_seen(keys: KeyRing) -> None:
    content, other = sealed(THREE, keys), sealed(THREE, keys)
    mixed = [pieces(content)[0], pieces(other)[1], pieces(content)[2]]
    for touched in (content[:HEAD] + b"".join(mixed), other[:HEAD] + content[HEAD:]):
        with pytest.raises(Tampered):
            read(touched, keys)
    with pytest.raises(Tampered):
        read(content, keys, "tests.File:2")
    with pytest.raises(Tampered):
        read(b"PK\x03\x04" + b"plain" * 100, keys)


# ---- keys


def test_an_older_key_goes_on_reading_after_a_rotation(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    old = sealed(THREE, make_ring(path, "aes-256-gcm"))
    ring = add_keys(path, "sm4-gcm")
    new = sealed(THREE, ring)
    assert (key_version(old), key_version(new)) == (1, 2)
    assert read(old, ring) == read(new, ring) == THREE


def test_another_ring_does_not_open_it(keys: KeyRing, tmp_path: Path) -> None:
    cipher = keys.sealing[keys.active].use
    other = make_ring(tmp_path / "other" / "keys.json", cipher)
    content = sealed(THREE, keys)
    with pytest.raises(Tampered):
        read(content, other)
    source = io.BytesIO(content[:4] + b"\x07" + content[5:])
    with pytest.raises(KeyMissing, match="第 7 号"):
        opened(source, keys, NAME)
    assert source.closed


# ---- size and sudden ends


def test_memory_stays_the_same_however_long_the_file(keys: KeyRing, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / "file"
        tracemalloc.start()
        try:
            with path.open("wb") as file:
                writer = SealedWriter(file, keys, NAME)
                for _ in range(count):
                    writer.write(bytes(PIECE // 2))
                writer.finish()
            with opened(path.open("rb"), keys, NAME) as back:
                while back.read(10_000):
                    pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few = peak(10)
    assert peak(200) < few * 1.2


WRITE_ON = """
import sys
from pathlib import Path
from gongshu.core.base.keyring import read_ring
from gongshu.core.base.sealing import SealedWriter
with open(sys.argv[1], "wb", buffering=0) as file:
    writer = SealedWriter(file, read_ring(Path(sys.argv[2])), "tests.File:1")
    while True:
        writer.write("何立".encode() * 1000)
"""


def test_what_a_killed_writer_leaves_is_sealed_and_no_file(tmp_path: Path) -> None:
    place, ring_path = tmp_path / "file", tmp_path / "keys.json"
    ring = make_ring(ring_path, "aes-256-gcm")
    writer = subprocess.Popen([sys.executable, "-c", WRITE_ON, place, ring_path])
    try:
        until = time.monotonic() + 30
        while not (place.exists() and place.stat().st_size > 3 * WHOLE):
            assert time.monotonic() < until
            time.sleep(0.01)
    finally:
        writer.kill()
        writer.wait()
    content = place.read_bytes()
    assert "何立".encode() not in content
    whole = len(content) - (len(content) - HEAD) % WHOLE
    for left in (content, content[:whole]):
        with pytest.raises(Tampered):
            read(left, ring)
