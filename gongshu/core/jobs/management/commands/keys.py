"""`gongshu keys status` and `gongshu keys rotate`."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from gongshu.core.base.keyring import CIPHERS
from gongshu.core.files.queries import sealed_by_key
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.housekeeping import reseal
from gongshu.core.people import resealing
from gongshu.core.people.protected import ring


class Command(BaseCommand):
    help = "status：各列用哪一号密钥加密；rotate：启用新密钥，后台逐批重新加密"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["status", "rotate"])
        parser.add_argument("--cipher", choices=sorted(CIPHERS), default=settings.CIPHER, help="新密钥的算法")

    def handle(self, *args: object, **options: object) -> None:
        if options["what"] == "rotate":
            keys = resealing.add_active_keys(str(options["cipher"]))
            enqueue(reseal, key=f"keys:{keys.active}:{timezone.now().timestamp():.0f}")
            self.stdout.write(f"已启用第 {keys.active} 号密钥，后台任务将逐批重新加密；旧密钥仍可读，运行不中断")
        keys = ring()
        for key in keys.sealing.values():
            mark = "（在用）" if key.version == keys.active else ""
            self.stdout.write(f"第 {key.version} 号 {key.use} {key.made_at}{mark}")
        for column in resealing.columns():
            held = "，".join(f"第 {v} 号 {n} 条" for v, n in sorted(resealing.versions(column).items())) or "没有数据"
            self.stdout.write(f"{column.label}：{held}")
        files = sealed_by_key(Path(folder) for folder in (settings.MEDIA_ROOT, settings.EXPORTS_ROOT))
        held = "，".join(f"第 {v} 号 {n} 份" for v, n in sorted(files.items())) or "没有"
        self.stdout.write(f"加密存放的文件（导出到期即删；删完之前旧密钥不能去掉）：{held}")
