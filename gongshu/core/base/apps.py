"""Identifiers, problems, Chinese text, working days: what everything may use."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Identifiers, problems, Chinese text, working days: what everything may use."""

    name = "gongshu.core.base"
    label = "base"
    verbose_name = "基础"
