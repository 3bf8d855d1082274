"""Run every test: on SQLite, on PostgreSQL, in a browser; say what was used and what did not run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from benchmarks import reading
from tests.chromium import Chromium, obtain_chromium
from tests.office import obtain_office
from tests.postgres import Server, obtain_server

ROOT = Path(__file__).parents[1]
IN_CI = os.environ.get("CI") == "true"
BROWSER = ("tests/journeys",)
PURE = (  # touch no database: once is enough
    "tests/reading",
    "tests/architecture",
    "tests/infrastructure",
    "tests/core/base",
    "tests/core/papers",
    "tests/core/statutes",
    "tests/core/ui",
)

COVERAGE = "--coverage"
MEASURE = ("--cov", "--cov-append", "--cov-report=")
WHOLE = ("gongshu/reading/*", "gongshu/*/rules.py", "gongshu/*/rules/*")


@dataclass
class Tally:
    """What all suites together came to."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    broken: list[str] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, report: Path) -> None:
        """Add the figures of one suite's report."""
        for suite in ElementTree.parse(report).iter("testsuite"):
            count = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
            self.failed += count["failures"] + count["errors"]
            self.skipped += count["skipped"]
            self.passed += count["tests"] - count["failures"] - count["errors"] - count["skipped"]
            self.reasons.update(each.get("message", "") for each in suite.iter("skipped"))

    def leave_out(self, name: str, why: str) -> None:
        """Note a suite that could not run; in CI that is a failure."""
        print(f"== {name}：没有运行 / not run: {why}", flush=True)
        self.not_run.append(name)

    def do_without(self, what: str) -> None:
        """Note what the tests do without, loudly; the software works without it too, so it is no failure."""
        print(f"== {what}", flush=True)
        self.without.append(what)

    def end(self, seconds: float) -> int:
        """Print the last lines and return the exit code."""
        for name in self.broken:
            print(f"中断 / broken: {name}")
        for name in self.not_run:
            print(f"没有运行 / did not run: {name}" + ("（CI 中视为失败 / a failure in CI）" if IN_CI else ""))
        for reason, count in self.reasons.most_common():
            print(f"跳过 / skipped {count}: {reason}")
        for what in self.without:
            print(f"注意 / note: {what}")
        is_bad = bool(self.failed or self.broken or (IN_CI and self.not_run) or not self.passed)
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped in {seconds:.0f} s", flush=True)
        return 1 if is_bad else 0


@dataclass
class Runner:
    """Runs suites one after another in a folder for what they leave behind."""

    folder: Path
    arguments: list[str]
    tally: Tally = field(default_factory=Tally)

    def run(self, name: str, options: Sequence[str], **environment: str) -> None:
        """Run one suite and add its figures."""
        print(f"== {name}", flush=True)
        report = self.folder / f"{len(list(self.folder.glob('*.xml')))}.xml"
        command = [sys.executable, "-m", "pytest", *options, *self.arguments, f"--junit-xml={report}"]
        surroundings = (
            os.environ
            | {
                "TMPDIR": str(self.folder),
                "GONGSHU_HOME": str(self.folder / "home"),
                "COVERAGE_FILE": str(self.folder / "coverage"),
            }
            | environment
        )
        code = subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode
        if report.exists():
            self.tally.add(report)
        if code not in (0, 1, 5):  # all passed, some failed, none chosen by the arguments
            self.tally.broken.append(name)


def suite(arguments: Sequence[str], *, without: Sequence[str]) -> list[str]:
    """Return which tests to run: those named by the arguments, else all but the folders `without`."""
    named = any(Path(argument.partition("::")[0]).exists() for argument in arguments)
    return ["-n", "2", *([] if named else ["tests"]), *(f"--ignore={folder}" for folder in without)]


def report_coverage(folder: Path) -> int:
    """Print the branches that no test went through; return 1 when reading or a line's rules have any."""
    surroundings = os.environ | {"COVERAGE_FILE": str(folder / "coverage")}
    command = [sys.executable, "-m", "coverage", "report"]
    subprocess.run([*command, "--skip-covered"], cwd=ROOT, env=surroundings, check=False)
    whole = [*command, "--skip-covered", "--show-missing", f"--include={','.join(WHOLE)}", "--fail-under=100"]
    print("== 读文与规则的分支覆盖（应为 100%） / branches of reading and rules", flush=True)
    return min(subprocess.run(whole, cwd=ROOT, env=surroundings, check=False).returncode, 1)


def main(arguments: list[str]) -> int:
    """Run the suites that can be run."""
    started = time.monotonic()
    measured = COVERAGE in arguments
    arguments = [argument for argument in arguments if argument != COVERAGE]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gongshu-tests-")))
        runner = Runner(folder, [*arguments, *(MEASURE if measured else ())])
        if missing := obtain_office():
            runner.tally.do_without(missing)
        if not (reading.home() / "score.py").is_file():
            runner.tally.do_without(reading.ABSENT)
        sqlite = f"sqlite:///{folder / 'unused.sqlite3'}"
        runner.run("SQLite", suite(arguments, without=BROWSER), GONGSHU_DATABASE_URL=sqlite)
        server = stack.enter_context(obtain_server())
        if isinstance(server, Server):
            options = suite(arguments, without=(*BROWSER, *PURE))
            runner.run(f"PostgreSQL（{server.origin}）", options, GONGSHU_DATABASE_URL=server.url)
        else:
            runner.tally.leave_out("PostgreSQL", server)
        chromium = obtain_chromium()
        if isinstance(chromium, Chromium):
            options = [*suite(arguments, without=()), "-m", "journey"]
            found = {"GONGSHU_CHROMIUM": chromium.path, "GONGSHU_DATABASE_URL": sqlite}
            runner.run(f"浏览器 / browser（{chromium.origin}）", options, **found)
        else:
            runner.tally.leave_out("浏览器 / browser", chromium)
        covered = report_coverage(folder) if measured else 0
        return runner.tally.end(time.monotonic() - started) or covered


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
