"""Settings from the environment; `GONGSHU_DATABASE_URL` alone moves everything to PostgreSQL."""

from config.settings.base import *  # noqa: F403
