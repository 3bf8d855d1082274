"""What stands in the way of a roster's next step."""

from __future__ import annotations

from collections.abc import Mapping

from gongshu.core.base.problems import Problem

ENTERING = ("new", "known")


def checking(*, has_file: bool) -> list[Problem]:
    """Return that the file is no longer there to be read."""
    return [] if has_file else [Problem("上传的文件已按期限删除，请重新上传")]


def confirming(counts: Mapping[str, int], *, correct: bool, move: bool) -> list[Problem]:
    """Return that there is nothing to bring in, as the choices are."""
    wanted = [*ENTERING, *(["changed"] if correct else []), *(["elsewhere"] if move else [])]
    if any(counts.get(verdict) for verdict in wanted):
        return []
    return [Problem("没有可以导入的行：都已在会，或者不能导入")]
