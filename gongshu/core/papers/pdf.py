""".docx to .pdf by LibreOffice without a window, where it is installed."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

PROGRAMS = ("soffice", "libreoffice")
TIMEOUT = 60.0  # seconds
# The document names the fonts of the standard; a server without them takes the nearest open one for the picture.
OPEN_FONTS = {
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "Noto Serif CJK SC", "Noto Serif SC", "SimSun"),
    "仿宋_GB2312": ("FangSong", "FangSong_GB2312", "Noto Serif CJK SC", "Noto Serif SC"),
    "楷体_GB2312": ("KaiTi", "KaiTi_GB2312", "AR PL UKai CN", "Noto Serif CJK SC"),
    "黑体": ("SimHei", "Noto Sans CJK SC", "Noto Sans SC"),
    "Times New Roman": ("Liberation Serif", "Noto Serif CJK SC", "Noto Serif SC"),
    "宋体": ("SimSun", "Noto Serif CJK SC", "Noto Serif SC"),
}


def pdf_available() -> bool:
    """Say whether LibreOffice is installed."""
    return _program() is not None


def to_pdf(docx: bytes, *, timeout: float = TIMEOUT) -> bytes | None:
    """Return the document as .pdf; `None` without LibreOffice, on its failure or after `timeout` seconds."""
    program = _program()
    if program is None:
        return None
    with TemporaryDirectory(prefix="gongshu-pdf-") as name:
        folder = Path(name)
        (folder / "paper.docx").write_bytes(docx)
        (folder / "fonts.conf").write_text(_font_configuration(), encoding="utf-8")
        if not _convert(program, folder, timeout):
            return None
        made = folder / "paper.pdf"
        return made.read_bytes() if made.exists() else None


def _program() -> str | None:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def _convert(program: str, folder: Path, timeout: float) -> bool:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)]
    environment = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)}
    process = subprocess.Popen(  # noqa: S603  (our own program and our own arguments)
        [*command, str(folder / "paper.docx")],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return process.wait(timeout) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


def _font_configuration() -> str:
    aliases = "".join(
        f"<alias binding='same'><family>{escape(name)}</family><prefer>"
        + "".join(f"<family>{escape(font)}</family>" for font in (name, *fonts))
        + "</prefer></alias>"
        for name, fonts in OPEN_FONTS.items()
    )
    return (
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
        f"<include ignore_missing='yes'>/etc/fonts/fonts.conf</include>{aliases}</fontconfig>"
    )
