"""Foreign keys point downwards along the layers that import-linter keeps for imports."""

from __future__ import annotations

import tomllib

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from tests.architecture.sources import ROOT


def heights() -> dict[str, int]:
    """Return how high each app stands, from the contracts in pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    lines, kernels = (next(c["layers"] for c in contracts if c["name"] == n) for n in CONTRACTS)
    order = [name for layer in lines for name in layer.split(" : ") if name != "gongshu.core"]
    order += [f"gongshu.core.{kernel}" for kernel in kernels]
    return {name: len(order) - place for place, name in enumerate(order)}


CONTRACTS = ("Lines of work are stacked", "Kernels are stacked")


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("gongshu.")]


def test_every_app_of_ours_stands_in_a_layer():
    ours = {app.name for app in apps.get_app_configs() if app.name.startswith("gongshu.")}
    assert ours - heights().keys() == set()


def test_foreign_keys_point_downwards():
    height = heights()
    app_of = {model: model._meta.app_config.name for model in our_models()}
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field)
        and field.is_relation
        and field.related_model in app_of
        and height[app_of[field.related_model]] > height[app_of[model]]
    ]
    assert upwards == []


def test_organisation_paths_live_on_organisations_alone():
    paths = [
        f"{m._meta.label}.{f.name}" for m in our_models() for f in m._meta.fields if f.name in {"path", "org_path"}
    ]
    assert sorted(paths) == ["files.Attachment.path", "orgs.Organisation.path"]


def test_what_is_deleted_with_a_foreign_key_is_never_a_record():
    swept = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.remote_field.on_delete.__name__ == "CASCADE"
        and field.related_model._meta.label in {"orgs.Organisation", "people.Person"}
    ]
    assert swept == []
