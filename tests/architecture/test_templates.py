"""Every template compiles and keeps to the strict content policy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines

from tests.architecture.sources import ROOT, name_of

TEMPLATES = sorted((ROOT / "gongshu").glob("**/templates/**/*.html"))
INLINE = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=|<style\b"),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")"),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "an address outside": re.compile(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//"),
}
each_template = pytest.mark.parametrize("path", TEMPLATES, ids=[name_of(path) for path in TEMPLATES])


def loaded_name(path: Path) -> str:
    return str(path).rpartition("/templates/")[2]


def test_the_templates_are_seen():
    assert TEMPLATES


@each_template
def test_a_template_compiles(path):
    assert engines["django"].get_template(loaded_name(path)).origin.name == str(path)


@each_template
def test_a_template_has_nothing_inline(path):
    text = path.read_text(encoding="utf-8")
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@each_template
def test_a_posting_form_carries_its_token(path):
    forms = re.findall(
        r"<form\b[^>]*method=[\"']?post.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL | re.IGNORECASE
    )
    assert [form[:80] for form in forms if "{% csrf_token %}" not in form] == []
