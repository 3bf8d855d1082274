"""Stages of building the demonstration: each done once, in order, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from gongshu.core.access.actor import Actor, system_actor
from gongshu.demo.models import DoneStage


@dataclass(frozen=True)
class Setting:
    """What every stage may know: the folder of documents (None: those that ship with the package) and the time."""

    docs: Path | None
    at: datetime

    @property
    def past(self) -> datetime:
        """Return when the demonstration's own plan was taken up: long enough ago that some of it is late by now."""
        return self.at - timedelta(days=12)

    @property
    def by(self) -> Actor:
        """Return the actor the trail names."""
        return system_actor("演示数据")


def everywhere(setting: Setting) -> str:
    """Return the scope of a stage that does not depend on the setting."""
    return ""


@dataclass(frozen=True)
class Stage:
    """A stage: code, label, what it does (returns a sentence), for which scope it counts as done.

    A stage runs in one transaction, so that it is done whole or not at all; `own_transactions` is for one that
    works with background jobs and is itself safe to run again.
    """

    code: str
    label: str
    run: Callable[[Setting], str]
    scope: Callable[[Setting], str] = everywhere
    own_transactions: bool = False


def perform(stages: Sequence[Stage], setting: Setting) -> Iterator[tuple[Stage, str, bool]]:
    """Run the stages not yet done; yield each with its sentence and whether it was run now."""
    for stage in stages:
        done = DoneStage.objects.filter(code=stage.code, scope=stage.scope(setting)).first()
        yield (stage, done.told, False) if done else (stage, _run(stage, setting), True)


def _run(stage: Stage, setting: Setting) -> str:
    if stage.own_transactions:
        return _mark(stage, setting, stage.run(setting))
    with transaction.atomic():
        return _mark(stage, setting, stage.run(setting))


def _mark(stage: Stage, setting: Setting, told: str) -> str:
    DoneStage.objects.get_or_create(
        code=stage.code, scope=stage.scope(setting), defaults={"told": told[:400], "done_at": setting.at}
    )
    return told
