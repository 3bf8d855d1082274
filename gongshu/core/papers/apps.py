"""Official documents in GB/T 9704 layout."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Official documents in GB/T 9704 layout."""

    name = "gongshu.core.papers"
    label = "papers"
    verbose_name = "公文"
