"""Every template and style sheet keeps the rules; and every rule can fail."""

from pathlib import Path

import pytest
from django.template import engines

from tests.architecture.template_lint import classes_named, classes_styled, colours_outside_tokens, complaints

GONGSHU = Path(__file__).resolve().parents[2] / "gongshu"
TEMPLATES = sorted(GONGSHU.glob("**/templates/**/*.html"))
SHEETS = sorted(GONGSHU.glob("**/static/**/*.css"))


def below(path: Path, folder: str) -> str:
    return path.as_posix().rsplit(f"/{folder}/", 1)[1]


def test_the_templates_and_style_sheets_are_seen() -> None:
    assert TEMPLATES
    assert SHEETS


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: below(path, "templates"))
def test_template_compiles(path: Path) -> None:
    assert engines["django"].get_template(below(path, "templates")).origin.name == str(path)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: below(path, "templates"))
def test_template_keeps_the_rules(path: Path) -> None:
    assert complaints(below(path, "templates"), path.read_text()) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: below(path, "static"))
def test_style_sheet_names_no_colour_of_its_own(path: Path) -> None:
    assert colours_outside_tokens(path, path.read_text()) == []


STYLED = {name for path in SHEETS for name in classes_styled(path.read_text())}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: below(path, "templates"))
def test_every_class_a_template_names_has_a_style(path: Path) -> None:
    assert classes_named(path.read_text()) - STYLED == set()


def test_classes_are_read_from_templates_and_sheets() -> None:
    template = '<p class="card wide{% if a %} open{% endif %} tone-{{ tone }}"><b class="{{ kind }} pill">'

    assert classes_named(template) == {"card", "pill"}
    assert classes_styled(".card > .pill-done:hover { margin: 0.5rem } /* .not */") == {"card", "pill-done"}


BAD = {
    "inline style": ['<p style="color:red">字</p>', "<style>p {}</style>"],
    "inline script": [
        "<script>alert(1)</script>",
        '<script src="a.js">alert(1)</script>',
        '<a href="#" onclick="go()">去</a>',
        '<a href="javascript:go()">去</a>',
        '<div hx-on:click="go()"></div>',
        """<div hx-vals='js:{a: 1}'></div>""",
    ],
    "image": ['<img src="a.png">'],
    "csrf": [
        '<form method="post"><button>好</button></form>',
        '<form action="{% if a > b %}x{% endif %}" method=POST><button>好</button></form>',
    ],
    "document": ["<html><body></body></html>", "{% block content %}{% endblock %}"],
    "label": [
        '<input name="q">',
        '<label>甲</label><select name="a"></select>',
        '<textarea id="b"></textarea><label for="c">丙</label>',
    ],
    "scope": ["<th>单位</th>"],
    "elsewhere": ['<script src="https://example.org/a.js"></script>', '<img alt="" src="//example.org/a.png">'],
    "escape": ["{{ words|safe }}", "{% autoescape off %}{{ words }}{% endautoescape %}"],
    "date": ["{{ on|date:'Y-m-d' }}", "{{ at|time }}"],
    "colour": ['<rect fill="#b8141f"/>'],
}


@pytest.mark.parametrize("sample", [sample for samples in BAD.values() for sample in samples])
def test_every_bad_sample_is_found(sample: str) -> None:
    assert len(complaints("venues/venue.html", sample)) == 1


GOOD = """{% extends "ui/page.html" %}{% block content %}
<form method="post">{% csrf_token %}<input type="hidden" name="next"><label>名称 <input name="a"></label>
<label for="b">乙</label><select id="b"></select></form><form method="get"><input name="q" aria-label="搜索"></form>
<img src="{% static 'ui/mark.svg' %}" alt=""><time datetime="{{ at|date:'c' }}">{{ at|cn_time }}</time>
{# <p style="x"> #}<table><thead><tr><th scope="col">单位</th></tr></thead></table>
<script src="{% static 'a.js' %}" defer></script>
{% endblock %}"""


def test_a_good_page_passes() -> None:
    assert complaints("venues/venue.html", GOOD) == []


@pytest.mark.parametrize("sheet", ["p { color: #b8141f; }", "p { color: RGB(1 2 3); }"])
def test_a_colour_in_a_style_sheet_is_found(sheet: str) -> None:
    assert len(colours_outside_tokens(Path("static/venues/venues.css"), sheet)) == 1


def test_colours_may_be_named_in_tokens_and_by_property_elsewhere() -> None:
    assert colours_outside_tokens(Path("ui/css/tokens.css"), "p { color: #b8141f; }") == []
    assert colours_outside_tokens(Path("ui/css/card.css"), "p { color: var(--red); } /* #fff */") == []
