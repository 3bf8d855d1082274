from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

PAGES = ("", "list/", "form/", "wall/", "sign-in/")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_gallery_answers(client, path):
    assert client.get(f"/ui/{path}").status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "detail/"])
def test_a_page_names_no_element_twice(client, path):
    tree = LexborHTMLParser(client.get(f"/ui/{path}").content)

    names = [node.attributes["id"] for node in tree.css("[id]")]
    assert sorted(names) == sorted(set(names))


def test_a_refusal_answers_422(client):
    assert client.get("/ui/detail/").status_code == 422
    assert client.post("/ui/form/", {}).status_code == 422


@pytest.mark.parametrize("status", [400, 403, 404, 422, 500])
def test_an_error_page_is_a_plain_sentence(client, status):
    answer = client.get(f"/ui/error/{status}/")

    tree = LexborHTMLParser(answer.content)
    assert answer.status_code == status
    assert len(tree.css("h1")) == 1
    assert tree.css_first("main a.button").attributes["href"] == "/"


def test_no_other_error_page_exists(client):
    assert client.get("/ui/error/418/").status_code == 404


def test_the_list_is_downloaded_as_it_is_shown(client):
    answer = client.get("/ui/list/", {"export": "xlsx", "q": "江州"})

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content[:2] == b"PK"


def test_finished_work_is_not_asked_for_again(client):
    assert "hx-get" not in client.get("/ui/progress/").content.decode()


def test_the_frame_shows_where_we_are_and_what_waits(client):
    tree = LexborHTMLParser(client.get("/ui/list/").content)

    assert [node.text(strip=True) for node in tree.css(".menu [aria-current=page]")] == ["阵地名录"]
    assert tree.css_first(".bell").attributes["aria-label"] == "待办 12 件"
    assert [node.attributes["value"] for node in tree.css("button[name=seat]")] == ["1", "2"]
    assert len(tree.css(".bar-top form input[name=csrfmiddlewaretoken]")) == 2


def test_htmx_may_not_run_words_as_code(client):
    tree = LexborHTMLParser(client.get("/ui/").content)

    assert '"allowEval":false' in tree.css_first("meta[name=htmx-config]").attributes["content"]
