"""The system checks find what they are for."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import checks
from gongshu.core.flow.machine import Machine, State, Step


def ids(found: list[object]) -> list[str]:
    return [error.id for error in found]  # type: ignore[attr-defined]


def test_a_grant_nobody_declares_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "PERMISSIONS", ())
    assert "gongshu.E001" in ids(checks.check_roles())


def test_a_machine_with_a_dead_state_or_a_stranger_s_model_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (Step("finish", ("open",), "done", "办结", needs="x"),)
    lone = Machine("access.Appointment", "任职", (State("open", "在"), State("done", "止"), State("lost", "失")), steps)
    monkeypatch.setattr(checks, "MACHINES", (lone,))
    assert ids(checks.check_machines()) == ["gongshu.E002", "gongshu.E003"]


def test_personal_data_without_a_line_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = tmp_path / "privacy.toml"
    lines.write_text('["people.Person.shoe"]\npurpose = "x"\n', encoding="utf-8")
    monkeypatch.setattr(checks, "PRIVACY", lines)
    found = ids(checks.check_privacy())
    assert found.count("gongshu.E005") == 1
    assert found.count("gongshu.E006") == 1
    assert found.count("gongshu.E004") >= 4


def test_ours_are_whole() -> None:
    assert checks.check_roles() == []
    assert checks.check_machines() == []
    assert checks.check_privacy() == []
