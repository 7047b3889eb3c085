"""What the log's codes of halls are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tiepdan.audit import words
from tiepdan.receptions.models import ReceptionPoint

# Why a hall could not sign in: codes of the refusals of `actions/credentials.py`.
NOT_LET_IN = {
    "wrong": "sai tên hoặc mật khẩu",
    "locked": "tạm khóa vì nhập sai nhiều lần",
    "not_yet": "tài khoản chưa đến giờ có hiệu lực",
    "expired": "tài khoản đã hết hiệu lực",
    "revoked": "tài khoản đã bị thu hồi",
}


def register() -> None:
    words.register("hall", halls)
    words.register("point.sign_in_refused:code", words.listed(NOT_LET_IN))


def halls(values: Collection[str]) -> Mapping[str, str]:
    """«p12» as «Xã Thanh Lộc»."""
    ids = [value[1:] for value in values if value[:1] == "p" and value[1:].isdecimal()]
    rows = ReceptionPoint.objects.filter(pk__in=ids).select_related("point")
    return {row.key: str(row) for row in rows}
