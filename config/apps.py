"""The configuration as an app, so that its checks and commands are found."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.module_loading import import_string

CHECKS = ("check_machines", "check_privacy")


class ConfigConfig(AppConfig):
    """Checks and commands that must see every line of work."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        """Register the checks."""
        for name in CHECKS:  # named, because the checks read models, which are not there yet when this file is read
            register(import_string(f"config.checks.{name}"))
