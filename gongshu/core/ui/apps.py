"""Components, base pages, style sheets and icons."""

from django import forms
from django.apps import AppConfig


class UiConfig(AppConfig):
    """Components, base pages, style sheets and icons."""

    name = "gongshu.core.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        """Say in plain words that a field is empty, on every form."""
        forms.Field.default_error_messages["required"] = "请填写"
        forms.ChoiceField.default_error_messages["required"] = "请选择"
