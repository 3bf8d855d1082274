"""Files far too large, or small ones that unpack to far too much: one sentence, nothing stored, memory bounded."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import ClientHandler
from docx import Document as Word

from gongshu.core.files.models import Attachment
from gongshu.intake.models import Document
from gongshu.reading.formats import portable
from tests.intake.papers import NEWS
from tests.worlds import World

MB = 1024 * 1024
PLACE = "/intake/receive/"
SECRET = "a" * 32


def stored() -> tuple[int, int, list[Path]]:
    """Return how many documents and attachments there are, and what lies on disk that nobody asked for."""
    left = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file() and path.stat().st_size > MB]
    return Document.objects.count(), Attachment.objects.count(), left


def sent_over_the_wire(client: Client, name: str, piece: bytes, size: int, folder: Path) -> tuple[int, str, int]:
    """Post a file as a server would get it; return status, page, and the most memory it took (bytes)."""
    head = (
        f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{SECRET}\r\n'
        '--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n\r\n'
        f'--x\r\nContent-Disposition: form-data; name="upload"; filename="{name}"\r\n\r\n'
    ).encode()
    body = folder / "body"
    with body.open("wb") as file:
        file.write(head)
        for _ in range(size // len(piece)):
            file.write(piece)
        file.write(b"\r\n--x--\r\n")
    client.cookies["csrftoken"] = SECRET
    with body.open("rb") as file:
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": PLACE,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": str(body.stat().st_size),
            "HTTP_COOKIE": client.cookies.output(header="", attrs=[], sep=";"),
            "wsgi.input": file,
            "wsgi.url_scheme": "http",
            "wsgi.errors": io.StringIO(),
        }
        serve = ClientHandler(enforce_csrf_checks=True)
        tracemalloc.start()
        try:
            answer = serve(environ)
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    return answer.status_code, answer.content.decode(), most


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("大.txt", "工会会议要求。".encode() * 5000),
        ("大.docx", b"PK\x03\x04" + bytes(range(256)) * 400),
        ("大.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 400),
    ],
    ids=["txt", "docx", "pdf"],
)
def test_fifty_megabytes_are_refused_in_words_without_being_held(world: World, client_of, tmp_path, name, piece):
    client = client_of("贵州省总")
    client.get("/intake/")

    status, page, most = sent_over_the_wire(client, name, piece, 50 * MB, tmp_path)

    assert status == 422
    assert "文件超过 20 MB，请拆分或只上传正文" in page
    assert most < 15 * MB
    assert stored() == (0, 0, [])


def test_more_than_any_upload_needs_is_not_even_read(client_of):
    client = client_of("贵州省总")
    answer = client.post(PLACE, {"words": "x"}, CONTENT_LENGTH=str(settings.LARGEST_REQUEST + 1))
    assert answer.status_code == 400
    assert stored() == (0, 0, [])


def word_file(inside: str, times: int, more: dict[str, bytes] | None = None) -> bytes:
    """Return a .docx whose body holds the same thing very often."""
    plain, held = io.BytesIO(), io.BytesIO()
    Word().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + (inside * times).encode())
            target.writestr(entry.filename, content)
        for name, content in (more or {}).items():
            target.writestr(name, content)
    return held.getvalue()


def pdf_of(content: bytes, *, drawn: int = 0) -> bytes:
    """Return a .pdf of one page; with `drawn`, forms that draw the next one ten times each, so many deep."""
    packed = zlib.compress(content, 9)
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]%s/Length %d>>stream\n%s\nendstream"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    for depth in range(drawn):
        inner = b"/F Do " * 10
        named = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + depth) if depth + 1 < drawn else b""
        objects.append(form % (named, len(inner), inner))
    file, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + end


PARAGRAPH = "<w:p><w:r><w:t>会</w:t></w:r></w:p>"
CELLS = "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 60 + "</w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("弹.docx", lambda: word_file(PARAGRAPH, 800_000), "Word 文件解压后过大，请只上传正文"),
        ("行.docx", lambda: word_file(PARAGRAPH, 200_000), "Word 文件解压后过大，请只上传正文"),
        ("格.docx", lambda: word_file(CELLS, 5_000), "Word 文件解压后过大，请只上传正文"),
        ("图.docx", lambda: word_file("", 1, {"word/media/a.png": bytes(70 * MB)}), "Word 文件解压后过大"),
        ("弹.pdf", lambda: pdf_of(b"0 0 m " * (40 * MB // 6)), "PDF 文件没有文字层"),
        ("套.pdf", lambda: pdf_of(b"/F Do " * 10, drawn=9), "PDF 文件没有文字层"),
    ],
    ids=["docx", "lines", "cells", "picture", "pdf", "forms"],
)
def test_a_small_file_that_unpacks_to_very_much_is_refused(world: World, client_of, name, make, sentence):
    content = make()
    assert len(content) < MB
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    answer = client_of("贵州省总").post(PLACE, {"upload": SimpleUploadedFile(name, content), "words": ""})

    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert grown < 400
    assert stored() == (0, 0, [])


def test_what_is_just_long_enough_is_still_read(world: World, client_of):
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in NEWS.splitlines())
    upload = SimpleUploadedFile("会.docx", word_file(lines, 1, {"word/media/a.png": bytes(15 * MB)}))
    assert client_of("贵州省总").post(PLACE, {"upload": upload, "words": ""}).status_code == 302
    assert Document.objects.count() == 1


@pytest.mark.parametrize("program", ["while True: pass", "bytes(3 * 1024 ** 3)", "raise SystemExit(1)"])
def test_a_pdf_that_takes_too_long_or_too_much_is_given_up(world: World, client_of, monkeypatch, tmp_path, program):
    script = tmp_path / "words.py"
    limits = "import sys, resource; resource.setrlimit(resource.RLIMIT_AS, (2 ** 30, 2 ** 30)); sys.stdin.read()"
    script.write_text(f"{limits}\n{program}\n")
    monkeypatch.setattr(portable, "_PROGRAM", script)
    monkeypatch.setattr(portable, "_PATIENCE", 1)
    upload = SimpleUploadedFile("会.pdf", b"%PDF-1.7 ")

    answer = client_of("贵州省总").post(PLACE, {"upload": upload, "words": ""})

    assert answer.status_code == 422
    assert "PDF 文件内容过于复杂，读不出来，请另存为 .docx 或只上传正文" in answer.content.decode()


def test_the_program_that_reads_a_pdf_keeps_its_limits():
    path = Path(portable.__file__).with_name("pdf_words.py")
    code = f"import runpy, resource; runpy.run_path({str(path)!r})['limit'](); "
    code += "print(resource.getrlimit(resource.RLIMIT_AS)[0])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert int(done.stdout) == 1024 * MB
