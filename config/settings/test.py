"""Settings of the tests: a fast password hash and files in a temporary folder; the database is the one asked for."""

import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
HOME = Path(tempfile.mkdtemp(prefix="gongshu-test-"))
MEDIA_ROOT = HOME / "files"
DATABASES["default"].setdefault("OPTIONS", {}).pop("pool", None)
