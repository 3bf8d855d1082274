"""`gongshu read FILE…`: read documents from the command line, many at a time, without a database."""

import argparse
import gc
import json
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path

from gongshu.reading import Unreadable, read
from gongshu.reading.assemble import Record, assemble
from gongshu.reading.formats import MOST_BYTES
from gongshu.reading.minutes import minutes

_SUFFIXES = frozenset({".txt", ".html", ".htm", ".docx", ".pdf", ".md", ".text", ".shtml"})
_BATCH = 4
_BATCHES_PER_JOB = 4


@dataclass(frozen=True, slots=True)
class Order:
    """What to make of the files: their shape, and the folder to write to; without one the words are handed back."""

    as_json: bool
    out: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: the words unless they are written already, or the sentence that says why none."""

    path: Path
    words: str = ""
    refusal: str = ""


def main(argv: list[str]) -> int:
    """Run `gongshu read` and return its exit code: 0, 1 when a file could not be read, 2 for wrong usage."""
    options = _parser().parse_args(argv)
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
    refused = done = 0
    for outcome in outcomes(_files(options.files), Order(options.json, options.out), jobs=options.jobs):
        if outcome.refusal:
            refused += 1
            print(f"{outcome.path}：{outcome.refusal}", file=sys.stderr)
        else:
            done += 1
            sys.stdout.write(outcome.words)
    if refused or not done:
        print(f"读了 {done} 个文件，{refused} 个没有读成。", file=sys.stderr)
    return 1 if refused or not done else 0


def outcomes(paths: Iterable[Path], order: Order, *, jobs: int) -> Iterator[Outcome]:
    """Read files as they come, at most a few ahead of the reader; in order with one job, else as they are done.

    Each process takes a few files at a time and writes what it read itself, so that little goes to and fro.
    """
    rest = iter(paths)
    batches = iter(lambda: list(islice(rest, _BATCH)), [])
    work = partial(_read_batch, order=order)
    if jobs <= 1:
        yield from chain.from_iterable(map(work, batches))
        return
    gc.freeze()  # the tables are the same in every process: the collector is not to touch, and so copy, them
    with ProcessPoolExecutor(jobs) as pool:
        waiting = {pool.submit(work, batch) for batch in islice(batches, jobs * _BATCHES_PER_JOB)}
        while waiting:
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            waiting |= {pool.submit(work, batch) for batch in islice(batches, len(ready))}
            yield from (outcome for future in ready for outcome in future.result())


def _read_batch(paths: list[Path], order: Order) -> list[Outcome]:
    return [read_file(path, order) for path in paths]


def read_file(path: Path, order: Order) -> Outcome:
    """Read one file and write its record where the order says; a refusal is an outcome, not an error."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return Outcome(path, refusal=f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请拆分或只上传正文。")
        record = assemble(read(path.read_bytes(), path.name), path.stem)
    except Unreadable as refusal:
        return Outcome(path, refusal=str(refusal))
    except OSError as error:
        return Outcome(path, refusal=f"打不开文件（{error.strerror}）。")
    words = _as_json(record) if order.as_json else minutes(record)
    if order.out is None:
        return Outcome(path, words)
    (order.out / f"{path.stem}{'.json' if order.as_json else '.md'}").write_text(words, encoding="utf-8")
    return Outcome(path)


def _as_json(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _files(patterns: list[str]) -> Iterator[Path]:
    """Return the files named, those in the folders named, and those that fit the globs named, one by one."""
    for pattern in patterns:
        path = Path(pattern)
        if path.is_dir():
            yield from (file for file in path.rglob("*") if file.suffix.lower() in _SUFFIXES and file.is_file())
        elif path.exists() or not any(sign in pattern for sign in "*?["):
            yield path
        else:
            anchor = Path(path.anchor) if path.is_absolute() else Path()
            yield from sorted(anchor.glob(str(path.relative_to(path.anchor))))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gongshu read", description="从工会会议文稿中读出会议要素、任务和指标。")
    parser.add_argument("files", nargs="+", metavar="FILE", help="文件、文件夹或通配符（.txt .html .docx .pdf）")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="输出 JSON，每个文件一条记录")
    shape.add_argument("--md", action="store_true", help="输出便于阅读的 Markdown（默认）")
    parser.add_argument("--out", type=Path, metavar="DIR", help="写入该文件夹，每个文件一份")
    parser.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="同时处理的进程数")
    return parser


def _jobs(word: str) -> int:
    if not word.isdigit() or not 1 <= int(word) <= 64:
        raise argparse.ArgumentTypeError("应为 1 到 64 之间的整数")
    return int(word)
