"""Places of service: driver homes, rest stops, service centres."""

from django.apps import AppConfig


class VenuesConfig(AppConfig):
    """Places of service: driver homes, rest stops, service centres."""

    name = "gongshu.venues"
    label = "venues"
    verbose_name = "阵地"
