"""`gongshu serve`: pages and background work in one command."""

import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from multiprocessing import cpu_count
from types import FrameType

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

POLITE_SECONDS = 10
MOST_THREADS = 8
TOO_SOON_SECONDS = 2  # a worker that ends sooner than this is restarted after as long a pause


class Command(BaseCommand):
    help = "启动网页服务和后台任务"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认 127.0.0.1")
        parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
        parser.add_argument("--workers", type=int, default=0, help="网页进程数，默认 PostgreSQL 为 2，SQLite 为 1")
        parser.add_argument("--no-worker", action="store_true", help="不启动后台任务进程")

    def handle(self, *args: object, **options: object) -> None:
        if not is_up_to_date():
            raise CommandError(
                "数据库还没有建好，或者版本比程序旧，请先运行 gongshu migrate；初次正式使用请运行 gongshu begin"
            )
        commands = [web_command(str(options["host"]), int(str(options["port"])), int(str(options["workers"])))]
        if not options["no_worker"]:
            commands.append([sys.executable, "-m", "config", "worker", "--with-parent"])
        self.stdout.write(f"工枢已启动：http://{options['host']}:{options['port']}  （Ctrl-C 停止）")
        self.stdout.flush()  # seen at once in a log file too
        sys.exit(Supervisor(commands).watch())


def is_up_to_date() -> bool:
    """Tell whether the database has every table and column of this version."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def web_command(host: str, port: int, workers: int) -> list[str]:
    """Return the command line of the web server: one process on SQLite, which has one writer anyway, else two."""
    count = workers or (1 if connection.vendor == "sqlite" else 2)
    threads = min(MOST_THREADS, 2 * cpu_count() + 1)  # with more the server warns, in English, at every start
    return [
        *(sys.executable, "-m", "config.web", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(count), "--blocking-threads", str(threads), "--respawn-failed-workers"),
        *("--log-level", "warning", "config.wsgi:application"),
    ]


class Supervisor:
    """Runs the web server (the first command) and its companions; restarts a companion that dies."""

    def __init__(self, commands: list[list[str]]) -> None:
        self.commands = commands
        self.is_stopping = False
        self.children: list[subprocess.Popen[bytes]] = []
        self.started: list[float] = []

    def watch(self) -> int:
        """Run until Ctrl-C, SIGTERM or the web server's end; return the exit code."""
        signal.signal(signal.SIGTERM, self._ask_to_stop)
        signal.signal(signal.SIGINT, self._ask_to_stop)
        self.children = [self._start(command) for command in self.commands]
        self.started = [time.monotonic()] * len(self.commands)
        while not self.is_stopping and self.children[0].poll() is None:
            self._restart_companions()
            time.sleep(0.3)
        return self._end()

    def _ask_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def _start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        # an own session: Ctrl-C reaches this process alone, which then ends its children politely;
        # the pipe closes however this process ends, and a child that finds it closed ends too
        return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own commands

    def _restart_companions(self) -> None:
        for index, child in enumerate(self.children[1:], start=1):
            lived = time.monotonic() - self.started[index]
            if child.poll() is not None and lived >= TOO_SOON_SECONDS:
                self.children[index] = self._start(self.commands[index])
                self.started[index] = time.monotonic()

    def _end(self) -> int:
        code = 0 if self.is_stopping else self.children[0].returncode or 1
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + POLITE_SECONDS
        for child in self.children:
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
        return code
