"""Machines, steps and the one ledger of open items."""

from django.apps import AppConfig


class FlowConfig(AppConfig):
    """Machines, steps and the one ledger of open items."""

    name = "gongshu.core.flow"
    label = "flow"
    verbose_name = "流转"
