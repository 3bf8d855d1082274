"""The names the package gives away: each is loaded when it is first used, and no others are there."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gongshu import reading


def test_every_name_it_promises_is_there() -> None:
    assert all(callable(getattr(reading, name)) for name in reading.__all__)


def test_a_name_it_does_not_have_is_refused_as_by_any_module() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'write'"):
        _ = reading.write


def test_nothing_is_loaded_before_it_is_used() -> None:
    words = "import sys, gongshu.reading; print('jieba' in sys.modules, 'gongshu.reading.reader' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
