"""Background work: progress, cancel, survives a killed worker."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work: progress, cancel, survives a killed worker."""

    name = "gongshu.core.jobs"
    label = "jobs"
    verbose_name = "后台任务"
