"""What a page reads in several statements belongs to one moment."""

from __future__ import annotations

import psycopg.errors
import pytest
from django.db import OperationalError, connection
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from gongshu.core.base.snapshot import SnapshotMiddleware

ONLY_POSTGRESQL = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has no levels of isolation")


def answer(view, method: str = "get") -> HttpResponse | None:
    request = getattr(RequestFactory(), method)("/")
    return SnapshotMiddleware(lambda request: HttpResponse("past it")).process_view(request, view, (), {})


def level(request) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        return HttpResponse(cursor.fetchone()[0])


def clash(error: type[Exception]) -> OperationalError:
    raised = OperationalError("could not")
    raised.__cause__ = error()
    return raised


@ONLY_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_looked_at_reads_from_one_moment() -> None:
    assert answer(level).content == b"repeatable read"
    assert level(None).content == b"read committed"


@pytest.mark.django_db
def test_what_is_posted_goes_its_own_way() -> None:
    assert answer(lambda request: HttpResponse("here"), "post") is None
    assert answer(lambda request: HttpResponse("here")).content == b"here"


@pytest.mark.django_db
def test_a_page_that_met_another_writer_is_answered_anew_and_other_errors_are_told() -> None:
    def failing(error: Exception):
        def view(request) -> HttpResponse:
            raise error

        return view

    assert answer(failing(clash(psycopg.errors.SerializationFailure))) is None
    with pytest.raises(OperationalError):
        answer(failing(clash(psycopg.errors.DiskFull)))
    with pytest.raises(Http404):
        answer(failing(Http404()))
