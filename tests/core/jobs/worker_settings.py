"""Settings of worker processes started by tests."""

from config.settings.test import *  # noqa: F403

CATALOGUE = "tests.core.jobs.catalogue"
