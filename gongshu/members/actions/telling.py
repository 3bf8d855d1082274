"""What a member is told by text when their union has decided; never what they did by their own hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gongshu.core.messages import texts
from gongshu.core.messages.texts import Told
from gongshu.members.models import Membership

WORDS = {
    "approve": "您加入{union}的申请已批准，会员卡在“我的”里出示。",
    "refuse": "您加入{union}的申请未获批准{why}。",
    "accept": "您的会籍已转入{union}。",
    "keep_here": "您转往{other}的申请未办成{why}，会籍仍在{union}。",
    "keep_parked": "您转往{other}的申请未办成{why}，会籍仍存放在{union}。",
    "send_back": "您转往{other}的申请未办成{why}，会籍仍在{union}。",
    "park_again": "您转往{other}的申请未办成{why}，会籍仍存放在{union}。",
    "park": "您的会籍已存放到{union}{why}。",
    "expel": "您的工会会籍已终止{why}，有异议请到{union}查询。",
    "lapse": "您的工会会籍已终止{why}，有异议请到{union}查询。",
}
LONGEST_WHY = 80


def after(rows: Iterable[tuple[Membership, str]], step: str, *, note: str = "", at: datetime) -> None:
    """Tell members of a step taken, each with where they were to move to before it; in the caller's transaction."""
    words = WORDS.get(step)
    if words is None:
        return
    why = f"（{note[:LONGEST_WHY]}）" if note else ""
    texts.tell_persons(
        [
            Told(row.person_id, row, words.format(union=row.organisation.name, other=other, why=why))
            for row, other in rows
        ],
        at=at,
    )
