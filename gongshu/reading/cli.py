"""`gongshu read FILE…`: read documents from the command line, many at a time, without a database."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from gongshu.reading import Unreadable, read
from gongshu.reading.assemble import Record, assemble
from gongshu.reading.formats import MOST_BYTES
from gongshu.reading.minutes import minutes

_SUFFIXES = frozenset({".txt", ".html", ".htm", ".docx", ".pdf", ".md", ".text", ".shtml"})
_WAITING_PER_JOB = 16


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: the words to write, or the sentence that says why there are none."""

    path: Path
    words: str
    refusal: str = ""


def main(argv: list[str]) -> int:
    """Run `gongshu read` and return its exit code: 0, 1 when a file could not be read, 2 for wrong usage."""
    options = _parser().parse_args(argv)
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
    refused = done = 0
    for outcome in outcomes(_files(options.files), as_json=options.json, jobs=options.jobs):
        if outcome.refusal:
            refused += 1
            print(f"{outcome.path}：{outcome.refusal}", file=sys.stderr)
            continue
        done += 1
        _deliver(outcome, options.out, as_json=options.json)
    if refused or not done:
        print(f"读了 {done} 个文件，{refused} 个没有读成。", file=sys.stderr)
    return 1 if refused or not done else 0


def outcomes(paths: Iterable[Path], *, as_json: bool, jobs: int) -> Iterator[Outcome]:
    """Read files as they come, at most a few ahead of the reader; in order with one job, else as they are done."""
    work = partial(read_file, as_json=as_json)
    if jobs <= 1:
        yield from map(work, paths)
        return
    rest = iter(paths)
    with ProcessPoolExecutor(jobs) as pool:
        waiting: set[Future[Outcome]] = {pool.submit(work, path) for path in islice(rest, jobs * _WAITING_PER_JOB)}
        while waiting:
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            waiting |= {pool.submit(work, path) for path in islice(rest, len(ready))}
            yield from (future.result() for future in ready)


def read_file(path: Path, *, as_json: bool) -> Outcome:
    """Read one file; a refusal is an outcome, not an error."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return Outcome(path, "", f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请拆分或只上传正文。")
        record = assemble(read(path.read_bytes(), path.name), path.stem)
    except Unreadable as refusal:
        return Outcome(path, "", str(refusal))
    except OSError as error:
        return Outcome(path, "", f"打不开文件（{error.strerror}）。")
    return Outcome(path, _as_json(record) if as_json else minutes(record))


def _as_json(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _deliver(outcome: Outcome, out: Path | None, *, as_json: bool) -> None:
    if out is None:
        sys.stdout.write(outcome.words)
        return
    (out / f"{outcome.path.stem}{'.json' if as_json else '.md'}").write_text(outcome.words, encoding="utf-8")


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
