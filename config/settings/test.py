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
EXPORTS_ROOT = HOME / "exports"
DATABASES["default"].setdefault("OPTIONS", {}).pop("pool", None)
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # a test has nothing to lose in a power cut
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off -c jit=off"
DATABASES["default"]["TEST"] = {
    # SQLite: a file, not memory, so that tests with a second process find it; a server: checkouts must not meet
    "NAME": str(HOME / "test.sqlite3")
    if DATABASES["default"]["ENGINE"].endswith("sqlite3")
    else f"test_{hashlib.sha1(str(ROOT).encode(), usedforsecurity=False).hexdigest()[:10]}"
}
