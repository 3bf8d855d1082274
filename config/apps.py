"""The configuration as an app, so that its checks and commands are found."""

from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register


class ConfigConfig(AppConfig):
    """Checks and commands that must see every line of work."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        """Register the checks, loaded only now that models are: the catalogue they read names models."""
        checks = import_module("config.checks")
        for check in (checks.check_roles, checks.check_machines, checks.check_privacy):
            register(check)
