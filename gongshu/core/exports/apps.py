"""Lists handed out as spreadsheets."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Lists handed out as spreadsheets."""

    name = "gongshu.core.exports"
    label = "exports"
    verbose_name = "导出"
