"""Building the world the first time."""

from __future__ import annotations

from django.core.management import call_command
from django.utils import timezone

from gongshu.demo.world.load import build
from gongshu.members.models import Membership


def ensure(orgs: int, members: int) -> None:
    """Build the world where there are no members yet, and say how fast it went."""
    call_command("migrate", verbosity=0, interactive=False)
    if Membership.objects.exists():
        return
    built = build(orgs, members, at=timezone.now())
    print(f"造数据：{built.orgs} 个组织、{built.members} 名会员，每秒 {built.rows_a_second:,.0f} 行")
