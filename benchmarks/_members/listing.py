"""The roll over everything: first page, filters, deep pages, and the whole page in HTML."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from benchmarks._world import median_ms, verdict
from gongshu.core.access.actions import appoint
from gongshu.core.access.actor import system_actor
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Account
from gongshu.members.models import Membership, Tally
from gongshu.members.queries import roll
from gongshu.members.queries.scope import Scope

SLOWEST_MS, DEEP_RATIO = 100.0, 3.0
NAME = "bench-officer"
FAR = ("首页", "姓（常见）", "货车司机")


def deep(scope: Scope, wanted: roll.Wanted) -> roll.Cursor:
    """Return a cursor nine tenths through."""
    unions = Tally.objects.filter(scope.within()).filter(n_staff_m__gt=3)
    row = unions.order_by("organisation__path")[unions.count() * 9 // 10]
    member = Membership.objects.filter(organisation=row.pk).select_related("organisation").order_by("name", "pk")[2]
    if wanted.text:
        names = Membership.objects.filter(name__gte=wanted.text, name__lt=wanted.text + "\U0010ffff")
        last = names.order_by("-name", "-pk")[200]
        return roll.Cursor("", last.name, last.pk)
    return roll.Cursor(member.organisation.path, member.name, member.pk)


def client(org: Organisation) -> Client:
    """Return a browser logged in as an officer of an organisation."""
    account = Account.objects.filter(username=NAME).first()
    if account is None:
        account = Account.objects.create_account(NAME, "测量用", "gongshu-bench-2026")
        appoint(account, "office", org, by=system_actor("测量"), at=timezone.now())
    found = Client()
    found.force_login(account)
    return found


def run() -> bool:
    """Measure each view of the roll at the first province."""
    settings.ALLOWED_HOSTS = ["testserver"]
    province = Organisation.objects.filter(depth=2).annotate(n=Sum("numchild")).order_by("-n")[0]
    nation = Organisation.objects.filter(depth=1)[0]
    common, rare = Membership.objects.values_list("name", flat=True).order_by("pk")[:2]
    asked = {
        "首页": roll.Wanted(),
        "姓（常见）": roll.Wanted(text=common[0]),
        "全名": roll.Wanted(text=rare),
        "货车司机": roll.Wanted(form="truck"),
        "保留会籍": roll.Wanted("kept"),
        "保留的货车司机": roll.Wanted("kept", "truck"),
        "待审申请": roll.Wanted("pending", sort="due_on"),
        "已终止": roll.Wanted("ended"),
    }
    slowest, ratios = 0.0, []
    for label, scope in (("全国", Scope(nation)), ("省", Scope(province))):
        for what, wanted in asked.items():
            first = median_ms(partial(roll.page, scope, wanted, None))
            line, slowest = f"{label}　{what}：第一页 {first:.1f} ms", max(slowest, first)
            if what in FAR:
                far = median_ms(partial(roll.page, scope, wanted, deep(scope, wanted)))
                line, slowest = f"{line}，深处 {far:.1f} ms", max(slowest, far)
                ratios.append(far / first)
            print(line)
    browser = client(province)
    page = median_ms(lambda: browser.get("/members/"))
    print(f"整个网页（省，含权限、菜单、待办数）：{page:.0f} ms")
    return all(
        [
            verdict(f"名册各查法不超过 {SLOWEST_MS:.0f} ms（最慢 {slowest:.1f} ms）", slowest <= SLOWEST_MS),
            verdict(f"深处与第一页相当（最大 {max(ratios):.1f} 倍）", max(ratios) <= DEEP_RATIO),
            verdict(f"整个网页不超过 500 ms（{page:.0f} ms）", page <= 500),
        ]
    )
