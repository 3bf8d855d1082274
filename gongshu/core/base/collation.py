"""The collation that compares words byte by byte, so that a prefix is one index range on both databases."""

from django.conf import settings

LAST = "\U0010ffff"


def bytewise() -> str:
    """Return the name of the bytewise collation of the database in use."""
    return "BINARY" if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") else "C"


def after_prefix(prefix: str) -> str:
    """Return the bound of the words that begin with `prefix`: `prefix <= word < bound` under the bytewise collation."""
    return prefix + LAST
