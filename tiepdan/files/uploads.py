"""A file that is far too large is not written to disk: its bytes are read past, the rest of the form is kept."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from tiepdan.files.actions import LARGEST


class LimitedUpload(TemporaryFileUploadHandler):
    """Beyond `LARGEST` nothing more is stored; the field gets the true size and `keep` refuses it."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.received = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received <= LARGEST:
            super().receive_data_chunk(raw_data, start)
