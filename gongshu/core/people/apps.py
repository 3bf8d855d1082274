"""Natural persons and the accounts that log in."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Natural persons and the accounts that log in."""

    name = "gongshu.core.people"
    label = "people"
    verbose_name = "人员账号"
