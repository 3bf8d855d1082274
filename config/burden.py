"""减负自检: every form field says who needs it and by which decision, and none asks what the ledger already holds.

Each line of work keeps a `burden.toml` beside its forms:

    [VenueForm]
    needed_by = "权益保障部门"
    basis = "《中华人民共和国工会法》第三十八条"
    [VenueForm.fields]
    name = "fact:venues.Venue.name"          # the one place where this column of the ledger is filled
    note = "input:本次巡检的说明，只进留痕"      # used once, not kept as a fact
"""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.forms import BaseForm

EVERYDAY = {"名称", "姓名", "标题", "状态", "类别", "备注", "层级", "时间", "组织", "部门", "顺序"}


@dataclass(frozen=True)
class Statement:
    """What a line says of one of its forms: who needs it, by which decision, and what each field is for."""

    needed_by: str
    basis: str
    fields: dict[str, str]


def faults() -> list[str]:
    """Return a Chinese sentence for each form or field that breaks the rule; empty when all is well."""
    return [fault for app in apps.get_app_configs() if app.name.startswith("gongshu") for fault in app_faults(app)]


def app_faults(app: AppConfig) -> list[str]:
    """Return the faults of one app's forms."""
    forms = dict(_forms(app))
    stated = _statements(Path(app.path) / "burden.toml")
    found = [f"{app.label}：burden.toml 里的 {name} 已经没有这张表" for name in stated.keys() - forms.keys()]
    for name, form in forms.items():
        if name not in stated:
            found.append(f"{app.label}.{name}：没有说明谁需要、依据什么")
            continue
        found += [f"{app.label}.{name}：{fault}" for fault in form_faults(app.label, form, stated[name])]
    return found


def form_faults(line: str, form: type[BaseForm], stated: Statement) -> Iterator[str]:
    """Yield the faults of one form of a line against what is stated of it."""
    if not stated.needed_by or not stated.basis:
        yield "没有写明谁需要、依据哪部法规或哪次决定"
    asked = set(form.base_fields)  # type: ignore[attr-defined]
    for field in sorted(stated.fields.keys() - asked):
        yield f"burden.toml 里的 {field} 已经没有这一栏"
    for field in sorted(asked):
        yield from field_faults(line, field, stated.fields.get(field, ""))


def field_faults(line: str, field: str, use: str) -> Iterator[str]:
    """Yield the faults of one field, `use` being what is stated of it."""
    sort, _, what = use.partition(":")
    if sort == "input" and what:
        return
    if sort != "fact":
        yield f"{field} 没有说明用途"
        return
    try:
        model_name, _, column_name = what.rpartition(".")
        column = apps.get_model(model_name)._meta.get_field(column_name)
    except (LookupError, ValueError, FieldDoesNotExist):
        yield f"{field} 所说的 {what} 不在台账里"
        return
    if column.model._meta.app_label != line:
        yield f"{field} 向人要 {what}，而台账（{column.model._meta.verbose_name}）已经有了"
    elif holder := _already_held(column):
        yield f"{field} 向人要“{_label(column)}”，而台账的{holder}已经有了"


def _label(column: Any) -> str:
    return str(getattr(column, "verbose_name", ""))


def _already_held(column: Any) -> str:
    """Return the name of a model that this column's model points to and that holds a column of the same label."""
    if _label(column) in EVERYDAY:
        return ""
    for link in column.model._meta.concrete_fields:
        if isinstance(link, models.ForeignKey) and link.related_model is not column.model:
            labels = {_label(other) for other in link.related_model._meta.concrete_fields}
            if _label(column) in labels:
                return str(link.related_model._meta.verbose_name)
    return ""


def _forms(app: AppConfig) -> Iterator[tuple[str, type[BaseForm]]]:
    if find_spec(f"{app.name}.forms") is None:
        return
    module = importlib.import_module(f"{app.name}.forms")
    for name, found in vars(module).items():
        if isinstance(found, type) and issubclass(found, BaseForm) and found.__module__.startswith(app.name):
            yield name, found


def _statements(path: Path) -> dict[str, Statement]:
    if not path.exists():
        return {}
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: Statement(row.get("needed_by", ""), row.get("basis", ""), row.get("fields", {}))
        for name, row in rows.items()
    }
