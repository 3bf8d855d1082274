"""The unions that rows name: by name, short name, code for joining, division code or path, within somebody's reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from gongshu.core.base.identity import quoted
from gongshu.core.base.problems import Problem
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import everywhere
from gongshu.members.models import JoinCode
from gongshu.members.queries.joining import takes_in
from gongshu.members.rules import standing
from gongshu.rosters.queries.scope import Reach

REMEMBERED = 20_000
AT_ONCE = 500
CODE_LENGTHS = (6, 9, 12)


@dataclass(frozen=True)
class Found:
    """The union a row names, or why there is none."""

    pk: int | None
    problem: Problem | None = None


class Unions:
    """Finds the unions that rows name, a block of rows at a time; remembers them."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self._known: dict[str, Found] = {"": _judged([reach.organisation], "")}

    def look_up(self, names: Iterable[str]) -> None:
        """Find what is not known yet, in a few queries."""
        new = sorted(set(names) - self._known.keys())
        if len(self._known) + len(new) > REMEMBERED:
            self._known = {"": self._known[""]}
        for start in range(0, len(new), AT_ONCE):
            some = new[start : start + AT_ONCE]
            found = self._found(some)
            for name in some:
                self._known[name] = _judged(found.get(name, []), name)

    def of(self, name: str) -> Found:
        """Return what `look_up` found for a name; the organisation itself for none."""
        return self._known[name]

    def _found(self, names: Sequence[str]) -> dict[str, list[Organisation]]:
        found: dict[str, list[Organisation]] = {}
        for key, org in self._rows(names):
            found.setdefault(key, []).append(org)
        rest = [name for name in names if name not in found]
        if rest:
            for org in everywhere().filter(self.reach.within(), short_name__in=rest):
                found.setdefault(org.short_name, []).append(org)
        return found

    def _rows(self, names: Sequence[str]) -> Iterator[tuple[str, Organisation]]:
        within = self.reach.within()
        for org in everywhere().filter(within, name__in=names):
            yield org.name, org
        numbers = [name for name in names if name.isascii() and name.isdecimal()]
        if numbers:
            codes = [number for number in numbers if len(number) in CODE_LENGTHS]
            for org in everywhere().filter(within, Q(path__in=numbers) | Q(division_code__in=codes)):
                yield (org.path if org.path in numbers else org.division_code), org
        codes = [name for name in names if name.isascii() and name.isalnum()]
        if codes:
            held = JoinCode.objects.filter(code__in=codes).select_related("organisation")
            for row in held:
                if self.reach.holds(row.organisation.path):
                    yield row.code, row.organisation


def _judged(found: Sequence[Organisation], name: str) -> Found:
    unions = {org.pk: org for org in found if org.ended_on is None} or {org.pk: org for org in found}
    if not unions:
        return _no(f"没有找到“{quoted(name, 40)}”，或者不在您的管理范围内。请写工会全称，或工会的入会码")
    if len(unions) > 1:
        return _no(f"叫“{quoted(name, 40)}”的工会有{len(unions)}个，请改写工会的入会码")
    org = next(iter(unions.values()))
    for problem in standing(org.name, org.ended_on):
        return _no(problem.message)
    if not takes_in(org):
        return _no(f"{org.short_name}不直接吸收会员，请写明会员所在的基层工会")
    return Found(org.pk)


def _no(words: str) -> Found:
    return Found(None, Problem(words, field="union"))
