"""What several pages of organising do alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongshu.core.base.problems import Problem


def on_page(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems for a page without the form: they name no field there is to go to."""
    return [replace(problem, field="") for problem in problems]
