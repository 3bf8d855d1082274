"""Sharing out whole numbers so that they add up exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from gongshu.core.base.problems import Problem

RULE_NOTE = "最大余数法取整，余数相同的按组织顺序"


def share_out(total: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Share out a whole number by weight so that the shares are whole and add up exactly.

    Largest remainder (Hamilton): each gets the whole part of its quota, what is left goes one each to the largest
    remainders, ties by order. Raises ValueError when the total or a weight is negative or no weight is above zero.
    """
    whole = sum((Fraction(w) for w in weights), Fraction(0))
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("nothing to share out, or no weight to share it by")
    quotas = [Fraction(total) * w / whole for w in weights]
    shares = [int(quota) for quota in quotas]
    order = sorted(range(len(quotas)), key=lambda n: (shares[n] - quotas[n], n))
    for n in order[: total - sum(shares)]:
        shares[n] += 1
    return shares


def share_rest(total: int, weights: Sequence[int], fixed: Mapping[int, int]) -> list[int]:
    """Share out a whole number where some shares are fixed, by place: the others get the rest by weight.

    Raises ValueError as `share_out` does, and when the fixed ones come to more than the total.
    """
    rest = total - sum(fixed.values())
    free = [0 if place in fixed else weight for place, weight in enumerate(weights)]
    if rest == 0 and min(weights) >= 0:
        return [fixed.get(place, 0) for place in range(len(weights))]
    return [fixed.get(place, share) for place, share in enumerate(share_out(rest, free))]


def fixed_problems(total: int, weights: Sequence[int], fixed: Mapping[int, int]) -> list[Problem]:
    """Return why the rest of a total cannot be shared out beside shares that are fixed by place."""
    rest = total - sum(fixed.values())
    if rest < 0:
        return [Problem(f"逐个调整的份额合计 {total - rest}，比指标数 {total} 多 {-rest}")]
    if rest and not any(weight for place, weight in enumerate(weights) if place not in fixed):
        return [Problem(f"还有 {rest} 没有分出去：其余单位的权重都是 0，请换一种办法，或再调整几个单位")]
    return []


def split_problems(total: Decimal | int, weights: Sequence[int]) -> list[Problem]:
    """Return why a total cannot be shared out by these weights."""
    if not weights:
        return [Problem("没有可以分解到的单位，请先选择承办单位")]
    if total != int(total):
        return [Problem(f"指标数 {total} 不是整数，不能分解")]
    if total <= 0:
        return [Problem("指标数为 0，没有可以分解的数")]
    if min(weights) < 0:
        return [Problem("权重不能是负数")]
    if not any(weights):
        return [Problem("所选单位的权重都是 0，无法按此办法分解，请换一种办法")]
    return []


def amount_problems(total: int, amounts: Sequence[int]) -> list[Problem]:
    """Return why shares written by hand do not fit the total."""
    if not amounts:
        return [Problem("没有可以分解到的单位，请先选择承办单位")]
    if min(amounts) < 0:
        return [Problem("份额不能是负数")]
    gap = sum(amounts) - total
    if not gap:
        return []
    return [Problem(f"各单位份额合计 {sum(amounts)}，比指标数 {total} {'多' if gap > 0 else '少'} {abs(gap)}")]
