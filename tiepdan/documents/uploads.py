"""An upload is read and checked before anything of it is stored."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from tiepdan.files.rules import size_text
from tiepdan.kernel.refusals import Invalid


def bytes_of(upload: UploadedFile[Any] | bytes, *, largest: int, name: str = "") -> tuple[bytes, str]:
    """The bytes and the name. Raises Invalid when it is empty or too large."""
    if isinstance(upload, bytes):
        size, data, name = len(upload), upload, name
    else:
        size, name, data = upload.size or 0, name or upload.name or "", b""
    if not size:
        raise Invalid(f"Tệp «{name}» rỗng, không có nội dung. Hãy chọn lại tệp.", code="empty")
    if size > largest:
        raise Invalid(
            f"Tệp «{name}» nặng {size_text(size)}, lớn hơn mức cho phép {size_text(largest)}. Hãy bỏ bớt hình ảnh.",
            code="too_large",
        )
    if not isinstance(upload, bytes):
        upload.seek(0)
        data = upload.read()
    return data, name
