"""Makes meetings and plans out of confirmed text."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Makes meetings and plans out of confirmed text."""

    name = "gongshu.intake"
    label = "intake"
    verbose_name = "收文"
