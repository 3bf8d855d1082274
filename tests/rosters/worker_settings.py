"""Settings of worker processes started by tests: their files and keys, and few rows a step."""

import os
from pathlib import Path

from config.settings.test import *  # noqa: F403

HOME = Path(os.environ["GONGSHU_HOME"])
MEDIA_ROOT = HOME / "files"
ROSTER_ROWS_A_STEP = 50
