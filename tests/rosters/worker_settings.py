"""Settings of worker processes started by tests: their files and keys, few rows a step, a reader of their own."""

import os
from pathlib import Path

from config.settings.test import *  # noqa: F403
from gongshu.core.files.sheets import book

HOME = Path(os.environ["GONGSHU_HOME"])
MEDIA_ROOT = HOME / "files"
ROSTER_ROWS_A_STEP = 50
ROSTER_QUICK_BYTES, book.APART_BYTES = 0, -1  # workbooks are read by a process of their own
