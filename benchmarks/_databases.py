"""Scratch databases for measuring: a SQLite file in a temporary folder, a database of its own on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.postgres import obtain_server

ROOT = Path(__file__).parents[1]


@contextmanager
def scratch_databases() -> Iterator[list[tuple[str, str]]]:
    """Give (name, address) of an empty SQLite file and, where a server answers, an empty PostgreSQL database."""
    with tempfile.TemporaryDirectory(prefix="gongshu-bench-") as folder, obtain_server() as server:
        found = [("SQLite", f"sqlite:///{folder}/bench.sqlite3")]
        if isinstance(server, str):
            print(f"PostgreSQL 没有测：{server}")
            yield found
            return
        name = f"bench_{os.getpid()}"
        with psycopg.connect(server.url, autocommit=True) as admin:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            try:
                address = urlunsplit(urlsplit(server.url)._replace(path=f"/{name}"))
                yield [*found, ("PostgreSQL", address)]
            finally:
                admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def start(module: str, address: str, *args: str) -> subprocess.Popen[str]:
    """Start a module as a process of its own on a database; its output can be read."""
    surroundings = {
        **os.environ,
        "GONGSHU_DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "GONGSHU_HOME": tempfile.gettempdir() + "/gongshu-bench-home",
    }
    return subprocess.Popen(
        [sys.executable, "-m", module, *args], cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True
    )


def inside(module: str, address: str, *args: str) -> str:
    """Run a module on a database to its end and return what it printed; raises where it fails."""
    process = start(module, address, *args)
    printed, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{module} failed on {address}")
    return printed
