"""One picture of the data a page: what a page reads in several statements belongs to one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
V = TypeVar("V", bound=View)
READS = ("GET", "HEAD")
CONFLICTS = ("40001", "40P01")  # SQLSTATE: serialisation failure, deadlock


@contextmanager
def snapshot() -> Iterator[None]:
    """Read from one moment until the block ends; within a transaction, and on SQLite, it changes nothing.

    On PostgreSQL writes are allowed but fail where somebody else wrote the same row since.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def own_snapshot(view: V) -> V:
    """Leave it to a view to say what it reads from one moment, as one must that writes beside reading every time."""
    view.own_snapshot = True  # type: ignore[attr-defined]
    return view


class SnapshotMiddleware:
    """Answer each page that is only looked at from one moment, so that nobody sees a tree half moved.

    A page that writes beside reading (a code made at first sight) and meets another writer is answered anew without it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on to the other middlewares."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> HttpResponseBase | None:
        """Run the view here where it only reads; None lets Django run it."""
        if request.method not in READS or getattr(view, "own_snapshot", False):
            return None
        try:
            with snapshot():
                return view(request, *args, **kwargs)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in CONFLICTS:
                raise
        return None
