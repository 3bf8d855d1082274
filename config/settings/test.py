"""Settings of the tests: a fast password hash and files in a temporary folder; the database is the one asked for."""

import atexit
import hashlib
import shutil
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, ROOT

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
HOME = Path(tempfile.mkdtemp(prefix="gongshu-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
MEDIA_ROOT = HOME / "files"
DATABASES["default"].setdefault("OPTIONS", {}).pop("pool", None)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file, not memory: tests with a second process must find it
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
else:
    # two checkouts on one server must not meet
    DATABASES["default"]["TEST"] = {"NAME": f"test_gongshu_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}"}
