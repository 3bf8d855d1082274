"""Builds the demonstration federation."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Builds the demonstration federation."""

    name = "gongshu.demo"
    label = "demo"
    verbose_name = "演示"
