"""A program by itself: the words of a .pdf file from standard input, within limits of memory and time.

A small file can unpack to very much, or draw the same thing in itself again and again; nothing in the process that
serves pages should wait for that. Prints JSON: `{"text": …}`, or `{"refused": …}` with a code.
"""

import io
import json
import resource
import sys

from pypdf import PdfReader
from pypdf.errors import PyPdfError

MEMORY = 1024 * 1024 * 1024  # bytes
SECONDS = 20
BROKEN = (PyPdfError, KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError, OSError)


def limit() -> None:
    """Let this process have so much memory and time; what the machine cannot limit it cannot."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


def answer(source: bytes, most_pages: int, most_characters: int) -> dict[str, str]:
    """Return the text of a .pdf file, or why there is none: locked, pages, long, broken, heavy."""
    try:
        reader = PdfReader(io.BytesIO(source))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"refused": "locked"}
        if len(reader.pages) > most_pages:
            return {"refused": "pages"}
        pages, length = [], 0
        for page in reader.pages:
            pages.append(page.extract_text())
            length += len(pages[-1])
            if length > most_characters:
                return {"refused": "long"}
    except MemoryError:
        return {"refused": "heavy"}
    except BROKEN:
        return {"refused": "broken"}
    return {"text": "\n".join(pages)}


if __name__ == "__main__":
    limit()
    found = answer(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(json.dumps(found))
