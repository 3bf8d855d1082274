"""Refusals shown on a form."""

from __future__ import annotations

from collections.abc import Iterable

from django.forms import BaseForm

from gongshu.core.base.problems import Problem


def tell(form: BaseForm, problems: Iterable[Problem]) -> None:
    """Put refusals beside the fields they are about, the others above the form."""
    for problem in problems:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
