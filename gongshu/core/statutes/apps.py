"""Clauses of laws and decisions as dated data with their citation."""

from django.apps import AppConfig
from django.core import checks

from gongshu.core.statutes.checks import check_statutes


class StatutesConfig(AppConfig):
    """Clauses of laws and decisions as dated data with their citation."""

    name = "gongshu.core.statutes"
    label = "statutes"
    verbose_name = "规范"

    def ready(self) -> None:
        """Let `manage.py check` read every instrument's file."""
        checks.register(check_statutes)
