"""What a rule needs of a clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from gongshu.core.base.problems import Citation


class Law(Citation, Protocol):
    """A clause with named values."""

    def __getitem__(self, name: str) -> Any:
        """Return a named value."""


@dataclass(frozen=True)
class FoundingLaw:
    """The clauses a founding rests on."""

    relatives: Law  # 工会法 art. 10
    form: Law  # 工会法 art. 11
    approval: Law  # 工会法 art. 12
    term: Law  # 工会法 art. 16
    size: Law
    chair: Law
    industrial: Law  # at which `levels` of local federations industrial unions are founded


@dataclass(frozen=True)
class EndingLaw:
    """The clauses the end of a union rests on."""

    grounds: Law  # 工会法 art. 13
    approval: Law  # 工会法 art. 12


@dataclass(frozen=True)
class MovingLaw:
    """The clauses another place on the leading line rests on."""

    leading: Law  # 工会法 art. 10
    structure: Law  # 工会法 art. 11
    approval: Law  # 工会法 art. 12
