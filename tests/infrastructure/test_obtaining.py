"""What `make test` finds, installs or fetches, and what it says when it can do none of it; the commands are faked."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import chromium, obtaining, office, postgres
from tests.chromium import PLAYWRIGHTS_OWN, Chromium, obtain_chromium
from tests.office import MISSING, obtain_office
from tests.postgres import LOCAL, Server, obtain_server


class Machine:
    """A machine of our making: what is installed, what installing brings, which commands were run."""

    def __init__(self) -> None:
        self.programs: set[str] = set()
        self.brings: dict[str, str] = {}  # a word in a command: the program that is there afterwards
        self.run: list[str] = []
        self.is_broken = False

    def which(self, name: str) -> str | None:
        return f"/usr/bin/{name}" if name in self.programs else None

    def call(self, command: Sequence[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        self.run.append(" ".join(map(str, command)))
        if self.is_broken:
            return subprocess.CompletedProcess(command, 100)
        self.programs |= {program for word, program in self.brings.items() if word in command}
        return subprocess.CompletedProcess(command, 0)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    made = Machine()
    monkeypatch.setattr(shutil, "which", made.which)
    monkeypatch.setattr(subprocess, "run", made.call)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.delenv("GONGSHU_CHROMIUM", raising=False)
    monkeypatch.delenv("GONGSHU_TEST_PG", raising=False)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "playwright_has_one", lambda: "playwright" in made.programs)
    return made


@pytest.mark.parametrize("name", chromium.NAMES)
def test_a_systems_own_chromium_is_used(machine: Machine, name: str) -> None:
    machine.programs = {name, "playwright"}
    assert obtain_chromium() == Chromium(f"/usr/bin/{name}", f"/usr/bin/{name}")
    assert machine.run == []


def test_the_named_chromium_comes_before_all(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.programs = {"chromium"}
    monkeypatch.setenv("GONGSHU_CHROMIUM", "/opt/chrome")
    assert obtain_chromium() == Chromium("/opt/chrome", "/opt/chrome")


def test_what_playwright_fetched_before_is_used(machine: Machine) -> None:
    machine.programs = {"playwright"}
    assert obtain_chromium() == Chromium(PLAYWRIGHTS_OWN, PLAYWRIGHTS_OWN)


def test_debians_chromium_is_installed_where_we_may(machine: Machine) -> None:
    machine.programs, machine.brings = {"apt-get"}, {"chromium": "chromium"}
    assert obtain_chromium() == Chromium("/usr/bin/chromium", "/usr/bin/chromium（apt-get）")
    assert machine.run == ["apt-get update", "apt-get install -y --no-install-recommends chromium"]


@pytest.mark.parametrize("why", ["not root", "no apt-get"])
def test_else_playwright_fetches_one(machine: Machine, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    machine.brings = {"playwright": "playwright"}
    machine.programs = {"apt-get"} if why == "not root" else set()
    monkeypatch.setattr(os, "geteuid", lambda: 1000 if why == "not root" else 0)
    assert obtain_chromium() == Chromium(PLAYWRIGHTS_OWN, "Playwright")
    assert [command.partition("-m ")[2] for command in machine.run] == ["playwright install chromium"]


def test_without_any_it_says_what_did_not_run(machine: Machine) -> None:
    machine.programs, machine.is_broken = {"apt-get"}, True
    found = obtain_chromium()
    assert isinstance(found, str)
    assert "tests/journeys 没有运行" in found
    assert [command.rpartition("/")[2].partition(" ")[2] for command in machine.run] == [
        "update",
        "-m playwright install chromium",
    ]


@pytest.mark.parametrize("error", [OSError("no such program"), subprocess.TimeoutExpired("apt-get", 600)])
def test_a_command_that_is_missing_or_hangs_has_not_gone_well(monkeypatch: pytest.MonkeyPatch, error: Exception):
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(subprocess, "run", fail)
    assert not obtaining.quietly("apt-get", "update")


@pytest.mark.parametrize("name", ["soffice", "libreoffice"])
def test_a_libreoffice_that_is_there_is_used(machine: Machine, name: str) -> None:
    machine.programs = {name}
    assert (obtain_office(), machine.run) == (None, [])


def test_debians_libreoffice_is_installed_where_we_may(machine: Machine) -> None:
    machine.programs, machine.brings = {"apt-get"}, {"libreoffice-writer": "soffice"}
    assert obtain_office() is None
    assert machine.run[-1].endswith("libreoffice-writer fonts-noto-cjk")


@pytest.mark.parametrize("programs", [set(), {"apt-get"}])
def test_without_libreoffice_it_says_so(machine: Machine, programs: set[str]) -> None:
    machine.programs, machine.is_broken = programs, True
    assert obtain_office() == MISSING
    assert office.find_office() is None


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that lets a server answer at an address, and none anywhere else."""

    def let(url: str) -> None:
        monkeypatch.setattr(postgres, "answers", lambda asked: asked == url)

    let("")
    return let


def test_a_named_server_comes_before_the_local_one(machine, answering, monkeypatch) -> None:
    monkeypatch.setenv("GONGSHU_TEST_PG", "postgresql://there/x")
    answering("postgresql://there/x")
    with obtain_server() as found:
        assert found == Server("postgresql://there/x", "GONGSHU_TEST_PG")


def test_the_local_server_is_used_where_it_answers(machine, answering) -> None:
    answering(LOCAL)
    with obtain_server() as found:
        assert (found.url, "127.0.0.1:5432" in found.origin) == (LOCAL, True)


def test_else_a_temporary_one_is_started_from_what_is_installed(machine, answering, monkeypatch, tmp_path) -> None:
    @contextmanager
    def started(binaries: Path):
        yield Server("postgresql://temporary", str(binaries))

    monkeypatch.setattr(postgres, "temporary_cluster", started)
    for name in ("initdb", "pg_ctl"):
        (tmp_path / name).touch()
    monkeypatch.setattr(postgres, "PLACES", (str(tmp_path),))
    with obtain_server() as found:
        assert found == Server("postgresql://temporary", str(tmp_path))


def test_without_a_server_it_says_so(machine, answering, monkeypatch) -> None:
    monkeypatch.setattr(postgres, "PLACES", ())
    with obtain_server() as found:
        assert found == "本机 5432 端口无应答，也没有安装 PostgreSQL / no server answers and none is installed"
