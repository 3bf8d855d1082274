"""The `gongshu` command: `gongshu read …` needs no database, everything else is a management command."""

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    if sys.argv[1:2] == ["read"]:
        from gongshu.reading.cli import main as read  # keeps Django out of `gongshu read`

        sys.exit(read(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
