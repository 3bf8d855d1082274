"""How fast and how lean documents are read: 1,000 on one core, 20,000 streaming, one job beside two."""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from gongshu.reading.cli import Order, outcomes, read_file
from gongshu.reading.repair.script import is_traditional

TITLE = "读文速度与内存（1,000 份单核，20,000 份流式，两个进程之比）"
DOCUMENTS = 1_000
CHARACTERS = 2_500
PARAGRAPH = 30
SECONDS = 20.0
STREAMED = 20_000
GROWTH = 1.15
RATIO = 1.5
WARM = 4
_MEGABYTE = 1024
_FIXTURES = Path(__file__).parents[1] / "tests" / "reading" / "fixtures"


def documents(folder: Path, count: int) -> list[Path]:
    """Write `count` documents of 2,500 characters, none like another, and return their paths.

    Each is one page with its own menu, title and date line, lengthened by paragraphs of other pages in the same script.
    """
    pages = [path.read_text(encoding="utf-8").strip() for path in sorted(_FIXTURES.glob("*.txt"))]
    paths: list[Path] = []
    for number in range(count):
        page = pages[number % len(pages)]
        alike = [other for other in pages if is_traditional(other) == is_traditional(page)]
        rest = [line for other in alike for line in other.split("\n") if len(line) >= PARAGRAPH]
        words = f"第{number}号{page}"
        at = number
        while len(words) < CHARACTERS:
            words += f"\n{rest[at % len(rest)]}"
            at += 1
        path = folder / f"{number:05d}.txt"
        path.write_text(words[:CHARACTERS], encoding="utf-8")
        paths.append(path)
    return paths


def repeated(paths: list[Path], count: int) -> Iterator[Path]:
    """Return `count` paths, over and over the same files, without a list of them."""
    for number in range(count):
        yield paths[number % len(paths)]


def resident() -> float:
    """Return the greatest memory this process and its finished children have held, in MB."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / _MEGABYTE


def timed(paths: list[Path], order: Order, jobs: int) -> tuple[float, float]:
    """Return the seconds of the clock and the seconds of this process's core that reading the files takes."""
    begun, busy = time.perf_counter(), time.process_time()
    for outcome in outcomes(paths, order, jobs=jobs):
        assert not outcome.refusal
    return time.perf_counter() - begun, time.process_time() - busy


def streamed(paths: list[Path], count: int) -> tuple[float, float]:
    """Return the greatest memory in MB after the first 2,000 documents and after all of them."""
    early = 0.0
    for number, path in enumerate(repeated(paths, count)):
        assert read_file(path, Order(as_json=True)).words
        if number == count // 10:
            early = resident()
    return early, resident()


def _apart(step: str, folder: Path) -> list[float]:
    """Run one step in a process of its own, so that memory and caches of one do not count for another."""
    command = [sys.executable, "-m", "benchmarks.reading_speed", step, str(folder)]
    words = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1]).stdout
    return [float(word) for word in words.split()]


def run(args: list[str]) -> bool:
    """Print the table and say whether every target is met; `--streamed N` streams fewer documents."""
    parser = argparse.ArgumentParser(prog="reading-speed")
    parser.add_argument("--streamed", type=int, default=STREAMED)
    options = parser.parse_args(args)
    os.environ["GONGSHU_STREAMED"] = str(options.streamed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        documents(folder, DOCUMENTS)
        one, core = _apart("one", folder)
        two, _ = _apart("two", folder)
        early, late = _apart("stream", folder)
    rows = (
        (f"{DOCUMENTS} 份 × {CHARACTERS} 字，一个进程，钟表时间（秒）", one, f"≤ {SECONDS:.0f}", one <= SECONDS),
        ("同上，处理器时间（秒）", core, "", True),
        (
            "两个进程比一个进程快（倍）",
            one / two,
            f"≥ {RATIO}",
            one / two >= RATIO or (os.cpu_count() or 1) < 2,
        ),
        (f"流式 {options.streamed} 份，十分之一处内存（MB）", early, "", True),
        (
            f"流式 {options.streamed} 份，结束时内存（MB）",
            late,
            f"≤ {early * GROWTH:.0f}",
            late <= early * GROWTH,
        ),
    )
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    if busy > cores:
        print(f"本机正忙（负载 {busy:.1f}，{cores} 个核），钟表时间偏大，请在空闲时再测。")
    for label, value, target, met in rows:
        print(f"{label:<36}{value:>10.2f}  {target:<10}{'' if met else '未达到'}")
    return all(met for *_, met in rows)


def _step(step: str, folder: Path) -> None:
    paths = sorted(folder.glob("*.txt"))
    if step == "stream":
        print(*streamed(paths, int(os.environ["GONGSHU_STREAMED"])))
        return
    with tempfile.TemporaryDirectory() as out:
        order, jobs = Order(as_json=True, out=Path(out)), 2 if step == "two" else 1
        timed(paths[:WARM], order, 1)  # the first documents of a process load tables
        print(*timed(paths, order, jobs))
        assert len(list(Path(out).iterdir())) == len(paths)


if __name__ == "__main__":
    _step(sys.argv[1], Path(sys.argv[2]))
