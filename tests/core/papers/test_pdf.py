"""The .pdf of an official document; what LibreOffice makes is looked at where it is installed."""

import os
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from gongshu.core.papers import pdf
from gongshu.core.papers.paper import OfficialPaper

WORDS = "各级工会要认真贯彻落实部署要求" * 120
PAPER = OfficialPaper(kind="通知", title="关于测试的通知", body=[WORDS], signer="演示省总工会", date=date(2026, 7, 5))


def program(folder: Path, script: str) -> None:
    """Put a program of this name first on the path, to stand where LibreOffice would."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_without_libreoffice_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not pdf.pdf_available()
    assert PAPER.to_pdf() is None


@pytest.mark.parametrize(("script", "timeout"), [("exit 1", 10), ("exit 0", 10), ("sleep 30", 0.3)])
def test_a_program_that_fails_writes_nothing_or_hangs_gives_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, timeout: float
) -> None:
    program(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    assert pdf.pdf_available()
    assert pdf.to_pdf(b"not a document", timeout=timeout) is None


@pytest.mark.slow
@pytest.mark.skipif(not pdf.pdf_available(), reason="没有安装 LibreOffice")
def test_the_pdf_has_twenty_two_lines_of_twenty_eight_characters() -> None:
    made = PAPER.to_pdf()
    assert made is not None
    pages = [page.extract_text().split("\n") for page in PdfReader(BytesIO(made)).pages]
    full = [text.strip() for text in pages[1] if text.strip() in WORDS]
    assert len(full) == 22
    assert {len(text) for text in full} == {28}
    assert "— 2 —" in [text.strip() for text in pages[1]]


@pytest.mark.slow
@pytest.mark.skipif(not pdf.pdf_available(), reason="没有安装 LibreOffice")
@pytest.mark.parametrize("lines", [16, 17, 18])
def test_the_signature_never_stands_on_a_page_of_its_own(lines: int) -> None:
    body = ["一行。"] * lines + ["【末段】"]
    paper = OfficialPaper(kind="通知", title="关于测试的通知", body=body, signer="演示省总工会", date=date(2026, 7, 5))
    pages = [page.extract_text() for page in PdfReader(BytesIO(paper.to_pdf() or b"")).pages]
    signed = next(text for text in pages if "演示省总工会" in text)
    assert "末段" in signed
