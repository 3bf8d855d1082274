"""A measure declared once, rolled up the tree."""

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    """A measure declared once, rolled up the tree."""

    name = "gongshu.core.metrics"
    label = "metrics"
    verbose_name = "指标"
