"""The tree of organisations, nothing else."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """The tree of organisations, nothing else."""

    name = "gongshu.core.orgs"
    label = "orgs"
    verbose_name = "组织"
