"""System checks over all lines of work: roles, machines, and an account of personal data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error

from config.catalogue import MACHINES, PERMISSIONS
from gongshu.core.access.roles import roles

PRIVACY = Path(__file__).parent / "privacy.toml"
PERSONAL_WORDS = ("姓名", "电话", "手机", "身份证", "出生", "性别", "住址", "邮箱", "用户名", "何人", "密码", "人员名")
STATED = ("purpose", "basis", "keep", "then")


def check_roles(**_: Any) -> list[CheckMessage]:
    """Return an error for each granted permission that no line of work declares."""
    known = {str(code) for group in PERMISSIONS for code in group}
    return [
        Error(f"roles.toml: role {role.code} grants unknown permission {grant}", id="gongshu.E001")
        for role in roles().values()
        for grant in sorted(role.grants - known)
    ]


def check_machines(**_: Any) -> list[CheckMessage]:
    """Return an error for each state no step reaches and each machine whose model is not there or is not its own."""
    found: list[CheckMessage] = []
    for machine in MACHINES:
        found += [
            Error(f"{machine.model}: state {s} is never reached", id="gongshu.E002") for s in machine.unreachable()
        ]
        model: Any = apps.get_model(machine.model)
        if getattr(model, "machine", None) is not machine:
            found.append(Error(f"{machine.model}: the model does not carry this machine", id="gongshu.E003"))
    return found


def check_privacy(**_: Any) -> list[CheckMessage]:
    """Return an error for each column of personal data without a full line, and each line without a column."""
    stated: dict[str, dict[str, str]] = tomllib.loads(PRIVACY.read_text(encoding="utf-8"))
    columns = dict(_columns())
    missing = [name for name, personal in columns.items() if personal and name not in stated]
    stale = [name for name in stated if name not in columns]
    thin = [name for name, row in stated.items() if not all(row.get(key) for key in STATED)]
    return [
        *(Error(f"privacy.toml: {name} is personal data without a line", id="gongshu.E004") for name in missing),
        *(Error(f"privacy.toml: {name} is no column", id="gongshu.E005") for name in stale),
        *(Error(f"privacy.toml: {name} lacks one of {STATED}", id="gongshu.E006") for name in thin),
    ]


def _columns() -> Iterator[tuple[str, bool]]:
    """Yield every column of our models and whether its label says that it is about a person."""
    for model in apps.get_models():
        if model.__module__.startswith("gongshu."):
            for field in model._meta.concrete_fields:
                label = str(field.verbose_name)
                yield f"{model._meta.label}.{field.name}", not field.is_relation and _is_personal(label)


def _is_personal(label: str) -> bool:
    return any(word in label for word in PERSONAL_WORDS)
