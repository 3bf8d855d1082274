"""Sharing out whole numbers so that they add up exactly."""

from __future__ import annotations

from collections.abc import Sequence
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
