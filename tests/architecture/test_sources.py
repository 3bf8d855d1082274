"""Sizes, names and words of the source files."""

from __future__ import annotations

import ast
import re

from tests.architecture.sources import LINES_OF_WORK, ROOT, modules, name_of, tree_of

LONGEST_FUNCTION = 40
LONGEST_FILE = 400
EMPTY_NAMES = {"utils", "util", "common", "helpers", "helper", "misc", "manager", "tools", "lib"}
STANDARD = {
    *("__init__", "apps", "enums", "rules", "machine", "models", "queries", "metrics", "actions", "forms"),
    *("views", "jobs", "tables", "exports", "urls"),
}
FOLDERS = {"migrations", "management", "templates", "static", "templatetags", "data", "__pycache__"}
FORBIDDEN = {
    "a catch-all": re.compile(r"except (Base)?Exception\b|except:"),
    "work put off": re.compile(r"\b(TODO|FIXME|XXX)\b|coming soon|敬请期待"),
    "a type silenced without its code": re.compile(r"type: ignore(?!\[)"),
    "a check silenced without its code": re.compile(r"# noqa(?!: )"),
    "a signal": re.compile(r"django\.dispatch|models\.signals|import (pre|post)_(save|delete|migrate)"),
}


def functions():
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def test_the_rules_see_the_sources():
    assert len(modules()) > 50
    assert sum(1 for _ in functions()) > 100


def test_no_function_is_longer_than_forty_lines():
    long = [
        f"{name_of(path)}:{node.lineno} {node.name} ({node.end_lineno - node.lineno + 1})"
        for path, node in functions()
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_file_is_longer_than_four_hundred_lines():
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_module_has_an_empty_name():
    assert [name_of(path) for path in modules() if EMPTY_NAMES & {path.stem, *path.relative_to(ROOT).parts}] == []


def test_lines_of_work_have_the_standard_file_names_only():
    strange = []
    for line in LINES_OF_WORK:
        for path in sorted((ROOT / "gongshu" / line).iterdir()):
            allowed = STANDARD | FOLDERS if path.is_dir() else STANDARD
            if (path.is_dir() or path.suffix == ".py") and path.stem not in allowed:
                strange.append(name_of(path))
    assert strange == []


def test_forbidden_words_do_not_occur():
    found = [
        f"{name_of(path)}:{number} {what}"
        for path in modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]
    assert found == []


def test_every_folder_with_modules_is_a_package():
    folders = {path.parent for path in modules()}
    assert [name_of(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


MAY_REVEAL = {
    "gongshu/members/actions/lasting.py",
    "gongshu/members/actions/exporting.py",
    "gongshu/members/actions/own_hand.py",  # to the person themselves
    "gongshu/organising/actions/leads.py",
    "gongshu/core/messages/texts.py",  # to the supplier, who sends a text to the person themselves
    "gongshu/core/messages/queries.py",  # words of texts, in a demonstration only
    "gongshu/api/actions/repeating.py",  # the same answer to the same caller again
    "gongshu/api/actions/delivering.py",  # the secret that signs, never shown
}
PAGES_AND_ACTIONS = {"lasting", "member"}  # modules whose own `reveal` is a page or such an action


def test_sealed_values_are_revealed_by_actions_that_ask_and_write_it_down_only():
    found = {
        name_of(path)
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        and node.attr == "reveal"
        and getattr(node.value, "id", "") not in PAGES_AND_ACTIONS
    }
    assert found == MAY_REVEAL
