"""`python -m benchmarks [NAME]`: list the benchmarks, or run one; the exit code is 1 when a target is missed."""

import importlib
import pkgutil
import sys
from pathlib import Path
from types import ModuleType


def names() -> list[str]:
    """Return the names of the benchmarks: every module here that has a title and a run."""
    found = pkgutil.iter_modules([str(Path(__file__).parent)])
    return sorted(module.name.replace("_", "-") for module in found if not module.name.startswith("_"))


def load(name: str) -> ModuleType:
    """Return the module of a benchmark."""
    return importlib.import_module(f"benchmarks.{name.replace('-', '_')}")


def main(argv: list[str]) -> int:
    """List the benchmarks, or run the one named; return 1 for a missed target, 2 for an unknown name."""
    known = names()
    if not argv:
        for name in known:
            print(f"{name:<16}{load(name).TITLE}")
        return 0
    if argv[0] not in known:
        print(f"没有叫 {argv[0]} 的测量。可用的有：{'、'.join(known)}", file=sys.stderr)
        return 2
    return 0 if load(argv[0]).run(argv[1:]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
