"""The gallery on its own: the ui kernel stands below access, so its tests run without it."""

from __future__ import annotations

import pytest
from django.test import Client

ABOVE = ("gongshu.core.access.idle.idle_middleware", "gongshu.core.access.middleware.actor_middleware")
CONTEXT = "config.context.furniture"


@pytest.fixture
def bare(settings):
    """Mount the gallery alone, without the kernels above."""
    settings.ROOT_URLCONF = "tests.core.ui.gallery_urls"
    settings.MIDDLEWARE = [
        name
        for name in settings.MIDDLEWARE
        if name not in ABOVE and not name.startswith(("django.contrib.sessions", "django.contrib.auth"))
    ]
    engine = settings.TEMPLATES[0]
    options = engine["OPTIONS"] | {
        "context_processors": [name for name in engine["OPTIONS"]["context_processors"] if name != CONTEXT]
    }
    settings.TEMPLATES = [engine | {"OPTIONS": options}]
    return settings


@pytest.fixture
def client(bare) -> Client:
    """Return a client for the gallery."""
    return Client()
