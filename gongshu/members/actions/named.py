"""The steps of a membership by name, as pages and other systems ask for them: with a note where one is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from gongshu.core.access.actor import Actor
from gongshu.members.actions import joining, lasting, moving
from gongshu.members.models import Membership

Act = Callable[[Membership, str, Actor, datetime], Membership]
STEPS: dict[str, Act] = {
    "review": lambda m, note, by, at: joining.review(m, by=by, at=at),
    "approve": lambda m, note, by, at: joining.approve(m, by=by, at=at),
    "refuse": lambda m, note, by, at: joining.refuse(m, reason=note, by=by, at=at),
    "withdraw": lambda m, note, by, at: joining.withdraw(m, by=by, at=at, note=note),
    "release": lambda m, note, by, at: moving.release(m, by=by, at=at, note=note),
    "keep_here": lambda m, note, by, at: moving.keep_here(m, reason=note, by=by, at=at),
    "accept": lambda m, note, by, at: moving.accept(m, by=by, at=at, note=note),
    "send_back": lambda m, note, by, at: moving.send_back(m, reason=note, by=by, at=at),
    "stop_move": lambda m, note, by, at: moving.stop(m, by=by, at=at, note=note),
    "keep": lambda m, note, by, at: lasting.keep(m, reason=note, by=by, at=at),
    "resume": lambda m, note, by, at: lasting.resume(m, by=by, at=at, note=note),
    "park": lambda m, note, by, at: moving.park(m, reason=note, by=by, at=at),
    "settle": lambda m, note, by, at: lasting.settle(m, by=by, at=at, note=note),
    "leave": lambda m, note, by, at: lasting.finish(m, "leave", reason=note, by=by, at=at),
    "expel": lambda m, note, by, at: lasting.finish(m, "expel", reason=note, by=by, at=at),
    "end": lambda m, note, by, at: lasting.finish(m, "end", reason=note, by=by, at=at),
}
