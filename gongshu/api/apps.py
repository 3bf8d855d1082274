"""Keys for other systems, the REST API, and notices sent to them."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Keys for other systems, the REST API, and notices sent to them."""

    name = "gongshu.api"
    label = "api"
    verbose_name = "接口"
