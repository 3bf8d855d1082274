"""Notices to a person: in-app, with a door for other suppliers."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Notices to a person: in-app, with a door for other suppliers."""

    name = "gongshu.core.messages"
    label = "messages"
    verbose_name = "消息"
