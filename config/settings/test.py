"""Settings of the tests: a fast password hash and files in a temporary folder; the database is the one asked for."""

import hashlib
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, ROOT

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
HOME = Path(tempfile.mkdtemp(prefix="gongshu-test-"))
MEDIA_ROOT = HOME / "files"
DATABASES["default"].setdefault("OPTIONS", {}).pop("pool", None)
DATABASES["default"]["TEST"] = {
    "NAME": None
    if DATABASES["default"]["ENGINE"].endswith("sqlite3")
    else f"test_{hashlib.sha1(str(ROOT).encode(), usedforsecurity=False).hexdigest()[:10]}"
}
