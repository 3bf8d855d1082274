"""Uploads on their way in: what is too long for memory lies in a file without a name, so that none outlives a crash."""

from __future__ import annotations

import tempfile
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class UnnamedFileUploadHandler(FileUploadHandler):
    """Django's handler of long uploads, with a temporary file that no folder shows."""

    file: IO[bytes]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin another file."""
        super().new_file(*args, **kwargs)
        self.file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - the request closes it

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Take bytes; nobody after this one gets them."""
        self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile:
        """Return the whole file."""
        self.file.seek(0)
        return UploadedFile(
            self.file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

    def upload_interrupted(self) -> None:
        """Give the file back."""
        if hasattr(self, "file"):
            self.file.close()
