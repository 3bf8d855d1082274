"""Plans, programmes, tasks, targets, supervision and reports."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Plans, programmes, tasks, targets, supervision and reports."""

    name = "gongshu.delivery"
    label = "delivery"
    verbose_name = "部署落实"
