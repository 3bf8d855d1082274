"""A workbook read by a process of its own: the same rows and sentences, and neither side outlives the other."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from collections import deque
from functools import partial
from pathlib import Path

import pytest

from gongshu.core.base.keyring import Tampered
from gongshu.core.base.problems import Refused
from gongshu.core.files.sheets import apart, child, xlsx
from gongshu.core.files.sheets.book import Book
from gongshu.core.files.sheets.lines import Limits
from tests.processes import ROOT, is_running, wait_until
from tests.sheets import xlsx_bytes

LIMITS = Limits(rows=1_000_000)
MANY = child.ROWS_AT_ONCE * (apart.READ_AHEAD + 3)
HOLDING = """
import sys
from functools import partial
from gongshu.core.files.sheets import apart
from gongshu.core.files.sheets.lines import Limits
with open(sys.argv[1], "rb") as file, apart.Reader(file, Limits(rows=1_000_000)) as reader:
    reader.next()
    print(reader.process.pid, flush=True)
    sys.stdin.read()
"""
REFUSING = """
import sys
from gongshu.core.files.sheets import child
child.receive(sys.stdin.buffer)
child.send(sys.stdout.buffer, child.ROWS, b'[[2, ["x"]]]')
child.send(sys.stdout.buffer, child.REFUSED, b'[["no", 7], ["nor", null]]')
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workbook of more rows than are read ahead."""
    found = tmp_path_factory.mktemp("apart") / "many.xlsx"
    found.write_bytes(xlsx_bytes([[f"张{n}", str(n), "", "甲厂", "乙工会"] for n in range(MANY)]))
    return found


def test_the_rows_are_the_same(place: Path) -> None:
    source = partial(open, place, "rb")
    found = list(apart.lines(source, LIMITS))
    assert found == list(xlsx.lines(source, LIMITS))
    assert len(found) == MANY + 1


def test_only_a_large_workbook_is_worth_a_process(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    book = Book(partial(open, place, "rb"), ".xlsx", LIMITS)
    assert sum(1 for _ in book.opened({}, 1).lines()) == MANY
    monkeypatch.setattr("gongshu.core.files.sheets.book.APART_BYTES", 1000)
    with pytest.raises(apart.Ended):
        next(book.opened({}, 1).lines())


def test_a_refusal_comes_with_its_sentence_and_row(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-P", "-S", "-c", REFUSING))
    lines = apart.lines(partial(open, place, "rb"), LIMITS)
    assert next(lines) == (2, ["x"])
    with pytest.raises(Refused) as refusal:
        next(lines)
    assert [str(problem) for problem in refusal.value.problems] == ["第7行：no", "nor"]


def test_a_workbook_that_breaks_off_is_refused_as_it_is_here(place: Path) -> None:
    cut = place.read_bytes()[:-3000]
    for reader in (apart, xlsx):
        with pytest.raises(Refused, match=xlsx.BROKEN):
            list(reader.lines(lambda: io.BytesIO(cut), LIMITS))


def test_a_process_that_dies_is_no_end_of_the_rows(place: Path) -> None:
    with place.open("rb") as file, apart.Reader(file, LIMITS) as reader:
        assert reader.next()
        reader.process.kill()
        with pytest.raises(apart.Ended):
            deque(iter(reader.next, b""), 0)


def test_a_file_that_was_touched_is_told_as_such(place: Path) -> None:
    class Touched(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise Tampered("touched")

    with pytest.raises(Tampered):
        next(apart.lines(lambda: Touched(place.read_bytes()), LIMITS))


def test_closing_the_rows_ends_the_process_at_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args, **kwargs) -> None:
            super().__init__(*args, **kwargs)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    lines = apart.lines(partial(open, place, "rb"), LIMITS)
    next(lines)
    lines.close()
    assert [process.returncode is None for process in started] == [False]
    assert "sheet-reader" not in [thread.name for thread in threading.enumerate()]


def test_whoever_reads_is_killed_and_leaves_no_process_behind(place: Path) -> None:
    command = [sys.executable, "-c", HOLDING, str(place)]
    holding = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holding.stdout is not None
    reader = int(holding.stdout.readline())
    assert is_running(reader)
    holding.kill()
    holding.communicate()
    wait_until(lambda: not is_running(reader), seconds=20)


def test_the_process_knows_the_reader_alone() -> None:
    words = f"import sys, {child.__name__}; print(sorted({{name.partition('.')[0] for name in sys.modules}}))"
    surroundings = {"PYTHONPATH": str(apart.ROOT)}
    done = subprocess.run(
        [*apart.COMMAND[:3], "-c", words], env=surroundings, capture_output=True, text=True, check=True
    )
    assert not {"django", "cryptography", "config", "python_calamine"} & set(eval(done.stdout))


def test_what_the_process_does_in_short(place: Path) -> None:
    """The same in a thread, since what another process runs is not measured."""
    content = place.read_bytes()
    ways = [os.fdopen(end, mode) for _ in range(2) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True)]
    with ways[0] as inward, ways[1] as their_outward, ways[2] as their_inward, ways[3] as outward:
        thread = threading.Thread(target=child.serve, args=(their_inward, their_outward))
        thread.start()
        begin = f'{{"size": {len(content)}, "limits": {{"rows": 1000000}}}}'
        child.send(outward, child.BEGIN, begin.encode())
        kinds = [b""]
        while kinds[-1] != child.END:
            kind, message = child.receive(inward)
            kinds.append(kind)
            if kind == child.WANTED:
                start, length = child.PLACE.unpack(message)
                child.send(outward, child.BYTES, content[start : start + length])
        thread.join()
    assert kinds.count(child.ROWS) == MANY // child.ROWS_AT_ONCE + 1


def test_half_a_message_is_none() -> None:
    for cut in (b"", b"r\0", b"r\0\0\0\5abc"):
        with pytest.raises(EOFError):
            child.receive(io.BytesIO(cut))
