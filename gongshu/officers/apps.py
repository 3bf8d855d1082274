"""Union officers: training, and the dated duties of the Party-building and integrity ledger."""

from django.apps import AppConfig


class OfficersConfig(AppConfig):
    """Union officers: training, and the dated duties of the Party-building and integrity ledger."""

    name = "gongshu.officers"
    label = "officers"
    verbose_name = "干部"
