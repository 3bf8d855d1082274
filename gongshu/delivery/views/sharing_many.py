"""Sharing a target out over very many organisations: reckoned, a page of them at a time, a few changed by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongshu.core.access.guard import Request
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.orgs.models import Organisation
from gongshu.core.ui.links import with_params
from gongshu.delivery import actions, queries, rules
from gongshu.delivery.forms import AdjustForm
from gongshu.delivery.models import Target
from gongshu.delivery.queries import Pot, Weighing
from gongshu.delivery.rules import SplitOrder
from gongshu.delivery.views import paths

BELOW = "below"
PAGE = 50


@dataclass(frozen=True)
class Many:
    """What is to be shared out, over whom, with which weights."""

    target: Target
    pot: Pot
    way: Weighing
    units: Sequence[Organisation]
    weights: list[int]

    @cached_property
    def places(self) -> dict[int, int]:
        """Return the place of each organisation by its key."""
        return {unit.pk: place for place, unit in enumerate(self.units)}

    def problems(self, fixed: Mapping[int, int]) -> list[Problem]:
        """Return why it cannot be shared out so."""
        if found := rules.split_problems(self.pot.amount, [1] * len(self.units)):
            return found
        if len(fixed) > settings.SPLIT_BY_HAND:
            return [Problem(f"最多逐个调整 {settings.SPLIT_BY_HAND} 个单位，请减少，或先分给直接下级")]
        return rules.fixed_problems(int(self.pot.amount), self.weights, self._by_place(fixed))

    def amounts(self, fixed: Mapping[int, int]) -> dict[int, int]:
        """Return the number for each organisation; there must be no problems."""
        shares = rules.share_rest(int(self.pot.amount), self.weights, self._by_place(fixed))
        return {unit.pk: share for unit, share in zip(self.units, shares, strict=True)}

    def _by_place(self, fixed: Mapping[int, int]) -> dict[int, int]:
        return {self.places[pk]: amount for pk, amount in fixed.items()}

    def order(self, fixed: Mapping[int, int]) -> SplitOrder:
        """Return how it is shared out, with the rule that says so."""
        by_hand = f"；其中 {len(fixed)} 个单位逐个填写" if fixed else ""
        weights = {} if fixed else dict(zip(self.places, self.weights, strict=True))
        return SplitOrder(self.amounts(fixed), self.way.rule + by_hand, weights)


def digest(amounts: Mapping[int, int]) -> str:
    """Return what tells whether the shares are still those that were seen."""
    return hashlib.sha256(repr(sorted(amounts.items())).encode()).hexdigest()


def split_many(request: Request, many: Many) -> HttpResponse:
    """Show the shares a page at a time; change some, look again, confirm what was seen."""
    if request.method != "POST":
        return _page(request, many, {}, 1, many.problems({}))
    named = [unit for unit in many.units if f"share_{unit.pk}" in request.POST]
    form = AdjustForm(request.POST, units=named)
    page = _number(request.POST.get("page", "1"))
    if not form.is_valid():
        return _page(request, many, form.fixed(), page, [Problem("有的份额不是整数，请改正")], posted=True)
    fixed, asked = form.fixed(), request.POST.get("go", "")
    problems = many.problems(fixed)
    if asked == "done" and not problems:
        if form.cleaned_data["seen"] == digest(many.amounts(fixed)):
            try:
                actions.split(many.target, many.order(fixed), by=request.actor, at=timezone.now())
            except Refused as refusal:
                return _page(request, many, fixed, page, refusal.problems)
            return redirect(many.target.task)
        problems = [Problem("份额已按调整和最新数据重新计算，请看过再确认")]
    return _page(request, many, fixed, _number(asked) if asked.isdecimal() else page, problems)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 1


def _page(
    request: Request,
    many: Many,
    fixed: Mapping[int, int],
    number: int,
    problems: Sequence[Problem],
    *,
    posted: bool = False,
) -> HttpResponse:
    page = Paginator(many.units, PAGE).get_page(number)
    shown = {unit.pk for unit in page.object_list}
    amounts = {} if many.problems(fixed) else many.amounts(fixed)
    initial = {f"share_{pk}": amount for pk, amount in fixed.items()} | {"seen": digest(amounts)}
    form = AdjustForm(request.POST if posted else None, initial=initial, units=page.object_list)
    context = {
        "target": many.target,
        "task": many.target.task,
        "pot": many.pot,
        "page": page,
        "seen": digest(amounts),
        "rows": [
            (unit, many.weights[many.places[unit.pk]], amounts.get(unit.pk), form[f"share_{unit.pk}"])
            for unit in page.object_list
        ],
        "carried": [(f"share_{pk}", amount) for pk, amount in fixed.items() if pk not in shown],
        "adjusted": len(fixed),
        "ways": queries.weighings(),
        "way": many.way,
        "below_url": with_params(request.GET, {"only": BELOW}) if request.GET.get("only") != BELOW else "",
        "problems": problems,
        "crumbs": paths.to_task(many.target.task, "分解指标"),
        "post_url": request.get_full_path(),
    }
    return render(request, "delivery/split_many.html", context, status=422 if problems else 200)
