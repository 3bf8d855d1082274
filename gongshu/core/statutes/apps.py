"""Clauses of laws and decisions as dated data with their citation."""

from django.apps import AppConfig


class StatutesConfig(AppConfig):
    """Clauses of laws and decisions as dated data with their citation."""

    name = "gongshu.core.statutes"
    label = "statutes"
    verbose_name = "规范"
