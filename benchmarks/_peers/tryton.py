"""Tryton beside us: its environment, its database, its figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import sql

WANTED = ("trytond==8.2.1", "trytond_party==8.2.0", "psycopg[binary,pool]==3.3.9", "python-sql==1.8.1")
SIDE = Path(__file__).with_name("tryton_side.py")
PASSWORD = "bench-only-2026"


class Figures(NamedTuple):
    """Seconds: importing all rows; the first page, a page nine tenths through, the first page of a name prefix."""

    importing: float
    first: float
    deep: float
    prefix: float


def environment(home: Path) -> Path | None:
    """Return the folder with Tryton's commands, installed where it is not there yet; None where that fails."""
    folder = home / "tryton"
    commands = folder / "bin"
    if not (commands / "trytond-admin").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        install = [str(commands / "python"), "-m", "pip", "install", "--quiet", *WANTED]
        if subprocess.run(install, check=False, stderr=subprocess.DEVNULL).returncode:
            return None
    return commands


def measure(home: Path, server: str, imported: int, held: int) -> Figures | None:
    """Set Tryton up in a database of its own, let it import and list; None where it cannot be installed."""
    commands = environment(home)
    if commands is None:
        return None
    name = f"bench_tryton_{os.getpid()}"
    config, password = home / "tryton.conf", home / "tryton.password"
    config.write_text(f"[database]\nuri = {server}/\n", encoding="utf-8")
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            _prepare(commands, config, password, name)
            side = [str(commands / "python"), "-W", "ignore", str(SIDE), str(config), name, str(imported), str(held)]
            said = subprocess.run(side, check=True, capture_output=True, text=True).stdout
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    figures = json.loads(said.splitlines()[-1])
    return Figures(figures["import"], figures["first"], figures["deep"], figures["prefix"])


def _prepare(commands: Path, config: Path, password: Path, name: str) -> None:
    """Fill an empty database with Tryton's tables and its party module."""
    admin = [str(commands / "trytond-admin"), "-c", str(config), "-d", name]
    surroundings = {**os.environ, "TRYTONPASSFILE": str(password)}
    for step in (["--all", "--email", "bench@example.org"], ["-u", "party", "--activate-dependencies"]):
        subprocess.run([*admin, *step], check=True, env=surroundings, capture_output=True)
