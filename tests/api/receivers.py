"""A small server that is told events, and answers as a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import takewhile
from textwrap import dedent
from typing import Any

from tests.architecture.sources import ROOT


@dataclass
class Receiver:
    """What came in, and with which status it is answered."""

    url: str = ""
    status: int = 204
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def told(self) -> list[dict[str, Any]]:
        """Return the events that came in."""
        return [json.loads(body) for _, body in self.came]


def is_genuine(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Check a signature with the very lines docs/api.md gives to receivers."""
    text = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    lines = text[text.index("    import base64") :].splitlines()
    code = list(takewhile(lambda line: not line or line.startswith("    "), lines))
    given: dict[str, Any] = {}
    exec(dedent("\n".join(code)), given)
    return bool(given["is_genuine"](secret, headers, body))


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver on this machine."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.came.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(receiver.status)
            self.send_header("Location", receiver.url)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_address[1]}/told?a=1"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
