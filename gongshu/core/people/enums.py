"""What is told of a person."""

from django.db import models


class Gender(models.TextChoices):
    """Gender as the identity number has it (GB/T 2261.1), in one letter."""

    MAN = "m", "男"
    WOMAN = "f", "女"
    UNKNOWN = "u", "未填"
