"""The installation's secret, made on first use and kept outside the code and the database."""

import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def read_or_make_secret(path: Path) -> str:
    """Return the secret in `path`, making the file (mode 0600) when it is not there.

    It appears with its words in it or not at all, whoever else starts, or is killed, at the same moment.
    """
    with suppress(FileNotFoundError):
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as own:
        own.write(secrets.token_urlsafe(50))
        own.flush()
        with suppress(FileExistsError):
            path.hardlink_to(own.name)
    return path.read_text().strip()
