"""Settings of worker processes started by tests of exports: their files and keys."""

from tests.rosters.worker_settings import *  # noqa: F403
from tests.rosters.worker_settings import HOME

EXPORTS_ROOT = HOME / "exports"
