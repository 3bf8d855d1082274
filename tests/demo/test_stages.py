"""Stages: each done once, in order, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongshu.core.orgs.actions import add
from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.demo.models import DoneStage
from gongshu.demo.stages import Setting, Stage, perform
from tests.worlds import NOW, union

SETTING = Setting(None, NOW)


def founding(name: str) -> Stage:
    def run(setting: Setting) -> str:
        add(union(name, Level.NATION))
        return f"建{name}"

    return Stage(name, name, run)


def failing(setting: Setting) -> str:
    add(union("半途工会", Level.NATION))
    raise RuntimeError("中断")


def told(stages: tuple[Stage, ...], setting: Setting = SETTING) -> list[tuple[str, bool]]:
    return [(said, is_new) for _, said, is_new in perform(stages, setting)]


def test_a_stage_is_done_once_and_says_later_what_it_did(db: None):
    stages = (founding("甲工会"), founding("乙工会"))
    assert told(stages) == [("建甲工会", True), ("建乙工会", True)]
    assert told(stages) == [("建甲工会", False), ("建乙工会", False)]
    assert Organisation.objects.count() == 2


def test_a_stage_that_breaks_leaves_nothing_and_runs_again(db: None):
    broken = Stage("b", "断", failing)
    with pytest.raises(RuntimeError):
        told((founding("甲工会"), broken))
    assert [row.name for row in Organisation.objects.all()] == ["甲工会"]
    assert [row.code for row in DoneStage.objects.all()] == ["甲工会"]


def test_a_stage_with_its_own_transactions_keeps_what_it_did_before_it_broke(db: None):
    broken = Stage("b", "断", failing, own_transactions=True)
    with pytest.raises(RuntimeError):
        told((broken,))
    assert [row.name for row in Organisation.objects.all()] == ["半途工会"]
    assert DoneStage.objects.count() == 0


def test_other_documents_are_another_scope(db: None):
    stage = Stage("docs", "文件", lambda setting: f"读{setting.docs}", scope=lambda setting: str(setting.docs))
    first, second = Setting(Path("/甲"), NOW), Setting(Path("/乙"), NOW)
    assert told((stage,), first) == [("读/甲", True)]
    assert told((stage,), second) == [("读/乙", True)]
    assert told((stage,), first) == [("读/甲", False)]
