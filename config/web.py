"""The web server as `gongshu serve` starts it: Granian's own command, ended with the process that started it."""

from granian.cli import entrypoint

from gongshu.core.jobs.parent import end_with_parent

if __name__ == "__main__":  # its own processes look at this module again
    end_with_parent()
    entrypoint()  # type: ignore[no-untyped-call]
