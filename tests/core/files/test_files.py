"""Keeping uploads and handing them out."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import Http404
from django.utils import timezone

from gongshu.core.access.actor import system_actor
from gongshu.core.base.keyring import Tampered
from gongshu.core.base.problems import Refused
from gongshu.core.files import actions, queries
from gongshu.core.files.models import Attachment
from gongshu.core.files.names import harmless
from gongshu.core.files.queries import sealed_by_key
from gongshu.core.files.responses import serve
from gongshu.core.files.uploads import UnnamedFileUploadHandler
from gongshu.core.jobs import housekeeping
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.people.protected import ring
from gongshu.core.people.resealing import add_active_keys

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("测试")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
CONTENT_TYPES = "[Content_Types].xml"


def package(*parts: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def keep(name: str, content: bytes, **options) -> Attachment:
    return actions.keep(SimpleUploadedFile(name, content), by=SYSTEM, **options)


def stored() -> list[Path]:
    return [path for path in Path(actions.settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_an_upload_is_on_disk_under_its_hash_with_a_row(world):
    actor = world.actor("铜仁市总")
    attachment = actions.keep(SimpleUploadedFile("通知.txt", "各级工会".encode()), by=actor)

    digest = hashlib.sha256("各级工会".encode()).hexdigest()
    assert (attachment.sha256, attachment.size, attachment.name) == (digest, 12, "通知.txt")
    assert (attachment.media_type, attachment.created_by_id) == ("text/plain", actor.account_id)
    assert attachment.location.read_bytes() == "各级工会".encode()
    assert stored() == [attachment.location]


def test_a_sealed_upload_is_never_in_clear_on_disk(settings):
    content = b"name,phone\n" + b"13800001111,\n" * 20_000
    seen: list[bytes] = []

    class Watched(SimpleUploadedFile):
        def chunks(self, chunk_size=None):
            for start in range(0, len(content), 10_000):
                seen.extend(path.read_bytes() for path in stored())
                yield content[start : start + 10_000]

    kept = actions.keep(Watched("名册.csv", content), by=SYSTEM, is_sealed=True)

    assert (kept.is_sealed, kept.size, kept.media_type) == (True, len(content), "text/csv")
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert max(map(len, seen)) > 100_000
    assert not any(b"1380000" in each for each in [*seen, kept.location.read_bytes()])
    assert kept.location.stat().st_mode & 0o077 == 0
    with kept.opened() as plain:
        assert plain.read() == content
    assert b"".join(serve(kept).streaming_content) == content
    assert stored() == [kept.location]
    assert sealed_by_key([Path(settings.MEDIA_ROOT)]) == {ring().active: 1}


def test_sealed_uploads_share_no_file_and_cannot_change_places():
    one, other = keep("甲.txt", b"same", is_sealed=True), keep("甲.txt", b"same", is_sealed=True)

    assert len(stored()) == 2
    shutil.copy(one.location, other.location)
    with pytest.raises(Tampered):
        other.opened()


def test_a_sealed_upload_of_another_kind_leaves_nothing():
    with pytest.raises(Refused, match="不符"):
        keep("名册.xlsx", b"no package", is_sealed=True)

    assert stored() == []


def test_a_sealed_upload_goes_with_its_row_and_as_an_orphan(django_capture_on_commit_callbacks):
    gone, orphan, fresh = (keep("甲.txt", b"same", is_sealed=True) for _ in range(3))
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(gone, at=timezone.now())
    later = timezone.now() + timedelta(days=2)
    assert stored_names() == {orphan.path, fresh.path}
    Attachment.objects.filter(pk=orphan.pk).delete()
    Attachment.objects.filter(pk=fresh.pk).update(created_at=later)

    assert actions.remove_orphans(at=later) == 1
    assert stored_names() == {fresh.path}


def stored_names() -> set[str]:
    return {f"{path.parent.name}/{path.name}" for path in stored()}


def test_rotating_seals_files_anew_in_their_place(settings, monkeypatch):
    one, two, plain = (keep("甲.txt", b"same" * 99, is_sealed=sealed) for sealed in (True, True, False))
    before, reading = two.location.read_bytes(), one.opened()
    call_command("keys", "rotate")
    sealed_files = queries.sealed_files()
    Worker().drain()

    assert Job.objects.get(name="keys.reseal").result["files"] == 2
    assert sealed_by_key([Path(settings.MEDIA_ROOT)]) == {ring().active: 2}
    assert [read(each) for each in (one, two, plain)] == [b"same" * 99] * 3
    with reading:
        assert (reading.read(), before == two.location.read_bytes()) == (b"same" * 99, False)
    assert len(stored()) == 3
    assert actions.reseal_file(one.location) is False
    one.location.unlink()
    assert [actions.reseal_file(place) for place in sealed_files] == [False, False]


def read(kept: Attachment) -> bytes:
    with kept.opened() as file:
        return file.read()


def test_a_file_that_was_touched_is_told_and_does_not_hold_the_others_up():
    kept, other = keep("甲.txt", b"same", is_sealed=True), keep("乙.txt", b"other", is_sealed=True)
    content = kept.location.read_bytes()[:-1] + b"\0"
    kept.location.write_bytes(content)
    add_active_keys("aes-256-gcm")
    enqueue(housekeeping.reseal)
    Worker().drain()

    result = Job.objects.get(name="keys.reseal").result
    assert (result["files"], result["unreadable"]) == (1, 1)
    assert (kept.location.read_bytes(), read(other), len(stored())) == (content, b"other", 2)


def test_a_long_upload_lies_in_no_folder_on_its_way(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    handler = UnnamedFileUploadHandler()
    handler.new_file("upload", "名册.csv", "text/csv", 12)
    for piece in (b"name,", b"phone\n1"):
        assert handler.receive_data_chunk(piece, 0) is None

    assert list(tmp_path.iterdir()) == []
    upload = handler.file_complete(12)
    assert (upload.name, upload.size, upload.read()) == ("名册.csv", 12, b"name,phone\n1")
    handler.upload_interrupted()
    assert upload.file.closed
    UnnamedFileUploadHandler().upload_interrupted()


def test_the_same_bytes_twice_are_two_rows_and_one_file():
    first, second = keep("甲.txt", b"same"), keep("乙.txt", b"same")

    assert (first.path, first.pk != second.pk, len(stored())) == (second.path, True, 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.docx", package(CONTENT_TYPES, "word/document.xml")),
        ("a.xlsx", package(CONTENT_TYPES, "xl/workbook.xml")),
        ("a.PNG", PNG),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.txt", "各级工会组织".encode("gb18030")),
        ("a.txt", "各级工会组织".encode("utf-16")),
        ("a.html", "<p>会议</p><script>alert(1)</script>".encode()),
        ("a.txt", ("会" * 5000).encode()),  # the head is cut in the middle of a character
    ],
)
def test_allowed_types_are_kept(name, content):
    assert keep(name, content).size == len(content)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.txt", b"", "“a.txt”是空文件，请检查后重新上传"),
        ("a.txt", b"x" * (1024 * 1024 + 1), "“a.txt”超过 1 MB，请压缩或分开上传"),
        ("a.exe", b"MZ", "“a.exe”的类型不能上传；请用 PDF、.docx、.xlsx、.csv、图片、文本或网页文件"),
        ("无扩展名", b"text", "“无扩展名”的类型不能上传；请用 PDF、.docx、.xlsx、.csv、图片、文本或网页文件"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "“a.doc”是旧格式，请另存为 .docx 后再上传"),
        ("a.pdf", b"MZ\x90\0", "“a.pdf”的内容与扩展名 .pdf 不符，或文件已损坏，请检查后重新上传"),
        ("a.png", b"<svg/>", "“a.png”的内容与扩展名 .png 不符，或文件已损坏，请检查后重新上传"),
        ("a.txt", b"MZ\x90\0\3", "“a.txt”的内容与扩展名 .txt 不符，或文件已损坏，请检查后重新上传"),
        ("a.docx", b"PK\3\4broken", "“a.docx”的内容与扩展名 .docx 不符，或文件已损坏，请检查后重新上传"),
        (
            "a.docx",
            package(CONTENT_TYPES, "word/document.xml", "word/vbaProject.bin"),
            "“a.docx”的内容与扩展名 .docx 不符，或文件已损坏，请检查后重新上传",
        ),
        (
            "a.docx",
            package(CONTENT_TYPES, "xl/workbook.xml"),
            "“a.docx”的内容与扩展名 .docx 不符，或文件已损坏，请检查后重新上传",
        ),
    ],
)
def test_what_is_not_allowed_is_refused_with_a_sentence_and_nothing_is_stored(name, content, sentence):
    with pytest.raises(Refused) as refusal:
        keep(name, content, limit=1024 * 1024)

    assert [problem.message for problem in refusal.value.problems] == [sentence]
    assert (stored(), Attachment.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\公文\\通知.docx", "通知.docx"),
        ("通知\x00\r\n\u202etxt.pdf", "通知txt.pdf"),
        ('a<b>"c"|d?.txt', "abcd.txt"),
        ("", "未命名"),
        (".txt", "未命名.txt"),
        ("  . . ", "未命名"),
        ("长" * 300 + ".docx", "长" * 95 + ".docx"),
    ],
)
def test_names_are_made_harmless(given, name):
    assert harmless(given) == name


def test_a_file_is_served_as_a_download_and_never_as_a_page():
    attachment = keep("表 格.html", b"<script>alert(1)</script>")
    response = serve(attachment)
    content = b"".join(response.streaming_content)
    response.close()

    assert content == b"<script>alert(1)</script>"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E8%A1%A8%20%E6%A0%BC.html"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_gone_is_not_found():
    attachment = keep("a.txt", b"text")
    attachment.location.unlink()

    with pytest.raises(Http404):
        serve(attachment)


def test_orphans_are_removed_after_a_day_and_shared_bytes_stay():
    long_ago = timezone.now() - timedelta(days=3)
    orphan = keep("a.txt", b"orphan", at=long_ago)
    shared = keep("b.txt", b"shared", at=long_ago)
    fresh = keep("c.txt", b"shared")
    for path in stored():
        os.utime(path, (time.time() - 3 * 86400,) * 2)

    assert actions.remove_orphans(at=timezone.now()) == 3  # two rows and one file
    assert not orphan.location.exists()
    assert shared.location.exists()
    assert list(Attachment.objects.values_list("pk", flat=True)) == [fresh.pk]


def test_the_command_says_how_many_it_removed(capsys):
    keep("a.txt", b"orphan", at=timezone.now() - timedelta(days=3))
    call_command("files", "tidy")

    assert capsys.readouterr().out == "已清理 1 个\n"


def test_files_just_uploaded_are_left_alone():
    attachment = keep("a.txt", b"text")

    assert actions.remove_orphans(at=timezone.now()) == 0
    assert attachment.location.exists()
