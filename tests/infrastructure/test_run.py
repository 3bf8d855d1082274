"""What `make test` does about a missing server or browser, and how it counts."""

from __future__ import annotations

import psycopg
import pytest

from tests import postgres, run
from tests.run import Tally, suite

REPORT = '<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>'


def test_reports_are_added_up(tmp_path, capsys):
    (tmp_path / "1.xml").write_text(REPORT)
    tally = Tally()
    tally.add(tmp_path / "1.xml")
    tally.add(tmp_path / "1.xml")

    assert tally.end(3.2) == 1
    assert capsys.readouterr().out == "6 passed, 4 failed, 4 skipped in 3 s\n"


def test_nothing_run_is_a_failure():
    assert Tally().end(0) == 1


@pytest.mark.parametrize(("in_ci", "code"), [(False, 0), (True, 1)])
def test_a_suite_that_did_not_run_is_said_and_in_ci_a_failure(monkeypatch, capsys, in_ci, code):
    monkeypatch.setattr(run, "IN_CI", in_ci)
    tally = Tally(passed=5)
    tally.leave_out("PostgreSQL", "没有安装")

    assert tally.end(1) == code
    assert "没有运行 / did not run: PostgreSQL" in capsys.readouterr().out


def test_what_the_tests_do_without_is_said_at_the_end_and_no_failure(monkeypatch, capsys):
    monkeypatch.setattr(run, "IN_CI", True)
    tally = Tally(passed=5)
    tally.do_without("没有 LibreOffice")

    assert tally.end(1) == 0
    assert "注意 / note: 没有 LibreOffice" in capsys.readouterr().out


def test_why_tests_were_skipped_is_said_at_the_end(tmp_path, capsys):
    skipped = '<testcase><skipped type="pytest.skip" message="没有安装 LibreOffice"/></testcase>'
    (tmp_path / "1.xml").write_text(
        f'<testsuites><testsuite tests="3" skipped="2">{skipped * 2}</testsuite></testsuites>'
    )
    tally = Tally()
    tally.add(tmp_path / "1.xml")

    assert tally.end(1) == 0
    assert "跳过 / skipped 2: 没有安装 LibreOffice" in capsys.readouterr().out


def test_tests_named_by_the_arguments_replace_the_whole():
    assert suite(["-x"], without=("tests/journeys",)) == ["-n", "2", "tests", "--ignore=tests/journeys"]
    assert suite(["tests/core"], without=()) == ["-n", "2"]


@pytest.mark.slow
def test_a_temporary_server_is_started_where_none_answers_and_is_gone_afterwards(monkeypatch):
    if postgres.find_binaries() is None:
        pytest.skip("PostgreSQL is not installed here")
    monkeypatch.delenv("GONGSHU_TEST_PG", raising=False)
    monkeypatch.setattr(postgres, "LOCAL", f"postgresql://postgres@127.0.0.1:{postgres.free_port()}/postgres")
    with postgres.obtain_server() as server:
        with psycopg.connect(server.url) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
        assert server.origin.startswith("临时")

    assert not postgres.answers(server.url)


def test_a_named_server_that_does_not_answer_is_not_replaced_by_another(monkeypatch):
    dead = f"postgresql://postgres@127.0.0.1:{postgres.free_port()}/postgres"
    monkeypatch.setenv("GONGSHU_TEST_PG", dead)
    with postgres.obtain_server() as server:
        assert server == f"GONGSHU_TEST_PG 无应答 / no answer at {dead}"
