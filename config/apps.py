"""The configuration as an app, so that its checks and commands are found."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Checks and commands that must see every line of work."""

    name = "config"
    label = "config"
