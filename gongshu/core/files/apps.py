"""Attachments, kept by content."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Attachments, kept by content."""

    name = "gongshu.core.files"
    label = "files"
    verbose_name = "附件"
