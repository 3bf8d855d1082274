"""Components, base pages, style sheets and icons."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Components, base pages, style sheets and icons."""

    name = "gongshu.core.ui"
    label = "ui"
    verbose_name = "界面"
