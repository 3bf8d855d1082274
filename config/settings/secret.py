"""The installation's secret, made on first use and kept outside the code and the database."""

import secrets
from pathlib import Path


def read_or_make_secret(path: Path) -> str:
    """Return the secret in `path`, making the file (mode 0600) when it is not there."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return path.read_text().strip()
    made = secrets.token_urlsafe(50)
    path.write_text(made)
    return made
