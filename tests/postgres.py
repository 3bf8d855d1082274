"""Finding or starting a PostgreSQL server for the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

LOCAL = "postgresql://postgres@127.0.0.1:5432/postgres"
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")


@dataclass(frozen=True)
class Server:
    """A server to test on, and where it came from."""

    url: str
    origin: str


@contextmanager
def obtain_server() -> Iterator[Server | str]:
    """Give the server named in GONGSHU_TEST_PG, else the local one, else a temporary one; else why there is none."""
    named = os.environ.get("GONGSHU_TEST_PG")
    if named:
        yield Server(named, "GONGSHU_TEST_PG") if answers(named) else f"GONGSHU_TEST_PG 无应答 / no answer at {named}"
    elif answers(LOCAL):
        yield Server(LOCAL, "本机 / local server 127.0.0.1:5432")
    elif binaries := find_binaries():
        with temporary_cluster(binaries) as server:
            yield server
    else:
        yield "本机 5432 端口无应答，也没有安装 PostgreSQL / no server answers and none is installed"


def answers(url: str) -> bool:
    """Tell whether a server answers at the address."""
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def find_binaries() -> Path | None:
    """Return the folder of the newest installed server."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    for place in PLACES:
        found += sorted(Path("/").glob(f"{place[1:]}/initdb"), reverse=True)
    folders = [path if path.is_dir() else path.parent for path in found]
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


@contextmanager
def temporary_cluster(binaries: Path) -> Iterator[Server]:
    """Make a cluster in a temporary folder, start it on a free port, and remove it afterwards."""
    owner = server_owner()
    with tempfile.TemporaryDirectory(prefix="gongshu-pg-", dir="/tmp") as folder:
        if owner:
            shutil.chown(folder, owner)
        where = ["-D", f"{folder}/data"]
        run([str(binaries / "initdb"), *where, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], owner)
        port = free_port()
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        control = str(binaries / "pg_ctl")
        run([control, *where, "-w", "-l", f"{folder}/log", "-o", options, "start"], owner)
        try:
            yield Server(f"postgresql://postgres@127.0.0.1:{port}/postgres", f"临时 / temporary, {binaries}")
        finally:
            run([control, *where, "-m", "immediate", "stop"], owner)


def server_owner() -> str | None:
    """Return the user to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def run(command: list[str], user: str | None) -> None:
    """Run one of the server's tools quietly; show what it said when it fails."""
    done = subprocess.run(
        command, user=user, cwd="/tmp", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}")


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
