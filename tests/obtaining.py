"""Finding a program the tests need, or installing Debian's where we may."""

from __future__ import annotations

import os
import shutil
import subprocess

INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")


def may_install() -> bool:
    """Tell whether Debian's packages may be installed here: by root, where apt-get is."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> bool:
    """Install Debian's packages; tell whether it went well."""
    return quietly("apt-get", "update") and quietly(*INSTALL, *packages)


def quietly(*command: str) -> bool:
    """Run a command without its output; tell whether it went well."""
    surroundings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=surroundings, capture_output=True, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
