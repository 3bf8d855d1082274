"""Understanding text: repair, segment, find, resolve, assemble. Pure Python.

The names here are loaded when they are first used: rules and dictionaries take a second and some twenty megabytes,
which a process that reads nothing does without.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongshu.reading.formats import Unreadable, text_of
    from gongshu.reading.model import Reading
    from gongshu.reading.reader import read, read_page

__all__ = ["Reading", "Unreadable", "read", "read_page", "text_of"]

_HOMES = {
    "Reading": "model",
    "Unreadable": "formats",
    "read": "reader",
    "read_page": "reader",
    "text_of": "formats",
}


def __getattr__(name: str) -> Any:
    """Return one of the names above; raises AttributeError for others."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
