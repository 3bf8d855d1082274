"""The record of meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The record of meetings."""

    name = "gongshu.meetings"
    label = "meetings"
    verbose_name = "会议"
