"""Sharing a target out over organisations so that the shares add up exactly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import subtree
from gongshu.core.trail import actions as trail
from gongshu.delivery import queries, rules
from gongshu.delivery.enums import Permission
from gongshu.delivery.models import Share, Target
from gongshu.delivery.rules.drafts import SplitOrder


@transaction.atomic
def split(target: Target, order: SplitOrder, *, by: Actor, at: datetime) -> list[Share]:
    """Share a target, or the desk's own share of it, out over organisations below; replaces an earlier sharing.

    Raises Refused when the amounts do not add up, a receiver is not below, or one has already shared its part out.
    """
    splitter = _splitter(by)
    target = _held(target)
    pot = queries.pot_of(target, splitter)
    refuse_if(rules.split_problems(pot.amount, [1] * len(order.amounts)))
    refuse_if(rules.amount_problems(int(pot.amount), list(order.amounts.values())))
    orgs = list(subtree(splitter).filter(pk__in=list(order.amounts)).exclude(pk=splitter.pk))
    refuse_if(_receiver_problems(target, splitter, pot.share, orgs, order))
    _replace(target, pot.share, orgs, order)
    shares = list(Share.objects.filter(target=target, parent=pot.share).select_related("organisation"))
    detail = {"rule": order.rule, "shares": {share.organisation_id: share.amount for share in shares}}
    summary = f"分解指标“{target}”：{len(shares)} 个单位，合计 {int(pot.amount)}（{order.rule}）"
    trail.record("split", target.task, by=by, at=at, summary=summary, detail=detail, organisation_id=splitter.pk)
    return shares


def _held(target: Target) -> Target:
    """Hold a target for this transaction, so that what its shares are reckoned from stays as it is."""
    return Target.objects.select_for_update(of=("self",)).select_related("task__plan").get(pk=target.pk)


def _splitter(by: Actor) -> Organisation:
    if by.desk is None:
        raise Refused.because("请先选择您所在的组织，再分解指标")
    require(by, Permission.DISPATCH, at=by.desk)
    return by.desk


def _receiver_problems(
    target: Target, splitter: Organisation, mine: Share | None, orgs: list[Organisation], order: SplitOrder
) -> list[Problem]:
    strangers = set(order.amounts) - {org.pk for org in orgs}
    names = list(Organisation.objects.filter(pk__in=strangers).values_list("short_name", flat=True))
    if strangers:
        return rules.outside_problems(names or ["所选单位"], splitter.short_name)
    earlier = {share.organisation_id: share for share in queries.parts(target, mine)}
    others = Share.objects.filter(target=target, organisation__in=orgs).exclude(pk__in=[s.pk for s in earlier.values()])
    taken = list(others.values_list("organisation__short_name", flat=True))
    problems = [Problem(f"{rules.listed(taken)}已从其他单位得到此指标的份额")] if taken else []
    return [*problems, *rules.nested_problems(_nested(orgs)), *_kept(earlier, order)]


def _kept(earlier: dict[int, Share], order: SplitOrder) -> list[Problem]:
    """Return the problem that shares which were shared out further would change."""
    changed = [share.pk for pk, share in earlier.items() if order.amounts.get(pk) != share.amount]
    split_on = Share.objects.filter(pk__in=changed, parts__isnull=False).distinct()
    return rules.kept_parts_problems(list(split_on.values_list("organisation__short_name", flat=True)))


def _nested(orgs: Iterable[Organisation]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    above: list[Organisation] = []
    for org in sorted(orgs, key=lambda o: o.path):
        above = [high for high in above if org.path.startswith(high.path)]
        found += [(high.short_name, org.short_name) for high in above]
        above.append(org)
    return found


def _replace(target: Target, mine: Share | None, orgs: list[Organisation], order: SplitOrder) -> None:
    queries.parts(target, mine).exclude(organisation__in=orgs).delete()
    rows = [
        Share(
            target=target,
            organisation=org,
            parent=mine,
            amount=order.amounts[org.pk],
            rule=order.rule[:200],
            weight=order.weights.get(org.pk, 1),
        )
        for org in orgs
    ]
    Share.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["target", "organisation"],
        update_fields=["amount", "rule", "weight"],
    )


@transaction.atomic
def unsplit(target: Target, *, by: Actor, at: datetime) -> None:
    """Take back the desk's sharing out; refused while a receiver has shared its part out further."""
    splitter = _splitter(by)
    target = _held(target)
    parts = queries.parts(target, queries.pot_of(target, splitter).share)
    further = list(parts.filter(parts__isnull=False).distinct().values_list("organisation__short_name", flat=True))
    refuse_if(rules.kept_parts_problems(further))
    count, _ = parts.delete()
    summary = f"撤销分解“{target}”：{count} 个单位"
    trail.record("unsplit", target.task, by=by, at=at, summary=summary, organisation_id=splitter.pk)
