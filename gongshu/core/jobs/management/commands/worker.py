"""`gongshu worker`: do background work."""

import signal
from argparse import ArgumentParser
from types import FrameType

from django.core.management.base import BaseCommand

from gongshu.core.jobs.parent import end_with_parent
from gongshu.core.jobs.worker import Worker


class Command(BaseCommand):
    help = "处理后台任务：部署下发、导入、报告等"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="只处理一个任务")
        parser.add_argument("--drain", action="store_true", help="处理完现有任务即退出")
        parser.add_argument("--with-parent", action="store_true", help="标准输入关闭时结束：启动它的进程已不在")

    def handle(self, *args: object, **options: object) -> None:
        worker = Worker()

        def stop(signum: int, frame: FrameType | None) -> None:
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        if options["with_parent"]:
            end_with_parent()
        if options["once"]:
            worker.work_once()
        elif options["drain"]:
            self.stdout.write(f"已处理 {worker.drain()} 个任务")
        else:
            worker.work()
