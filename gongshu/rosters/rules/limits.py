"""How much a roster may hold."""

from __future__ import annotations

from gongshu.core.files.sheets.lines import Limits

USUAL = Limits(
    rows=1_000_000,
    upload=200 << 20,
    thing="名册",
    entry="每人一行",
    divided="请按下级工会分成几个文件，分别导入",
)
