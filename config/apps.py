"""The configuration as an app, so that its checks and commands are found."""

from django.apps import AppConfig
from django.core.checks import register

from config import checks


class ConfigConfig(AppConfig):
    """Checks and commands that must see every line of work."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        """Register the checks."""
        for check in (checks.check_machines, checks.check_privacy):
            register(check)
