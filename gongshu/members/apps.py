"""Members: joining, moving, leaving, and how many there are."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Members: joining, moving, leaving, and how many there are."""

    name = "gongshu.members"
    label = "members"
    verbose_name = "会员"
