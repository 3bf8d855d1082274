"""Links that keep the rest of the query string, so that a filtered view is a link."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, QueryDict


def with_params(params: QueryDict, changes: Mapping[str, str | int | None]) -> str:
    """Return `?…` with these parameters set, or taken out where the value is None or empty."""
    copy = params.copy()
    for name, value in changes.items():
        if value is None or value == "":
            copy.pop(name, None)
        else:
            copy[name] = str(value)
    return "?" + copy.urlencode()


def public_address(request: HttpRequest, path: str) -> str:
    """Return the whole address of a path for print; https where the operator says so, also behind a proxy."""
    address = request.build_absolute_uri(path)
    return address.replace("http://", "https://", 1) if settings.SESSION_COOKIE_SECURE else address
