"""Pages that join lines of work: inbox, overview wall."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages that join lines of work: inbox, overview wall."""

    name = "gongshu.desk"
    label = "desk"
    verbose_name = "工作台"
