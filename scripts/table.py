"""The short table of the demo: where to go and how to sign in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

STANDIN = " (mô phỏng, tự chạy)"


def width(text: str) -> int:
    """Columns on a terminal: combining marks take none."""
    return sum(1 for letter in unicodedata.normalize("NFC", text) if not unicodedata.combining(letter))


def columns(rows: Sequence[Sequence[str]], indent: str = "  ") -> list[str]:
    """Rows with their cells under each other."""
    if not rows:
        return []
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [indent + line(row, widths) for row in rows]


def line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip()


def table(demo: Mapping[str, Any]) -> str:
    """What a newcomer needs, and no more."""
    reception = demo["reception"]
    people = [("Vai trò", "Tên đăng nhập", "Mật khẩu", "Họ tên")]
    people += [(one["role"], one["username"], one["password"], one["full_name"]) for one in demo["people"]]
    points = [("Điểm cầu", "Tên điểm cầu", "Mật khẩu")]
    points += [
        (one["name"] + (STANDIN if one["standin"] else ""), one["username"], one["password"]) for one in demo["points"]
    ]
    lines = [
        "",
        f"Địa chỉ:  {demo['address']}",
        f"Buổi tiếp hôm nay:  {reception['code']}  {reception['title']}",
        "",
        "Cán bộ đăng nhập bằng tài khoản:",
        *columns(people),
        "  (Tỉnh thử nghiệm không bắt buộc xác thực hai lớp; muốn thử: bấm tên mình ở góc phải, «Xác thực hai lớp».)",
        "",
        "Điểm cầu đăng nhập ở cửa sổ trình duyệt khác (hoặc cửa sổ ẩn danh):",
        *columns(points),
        "",
    ]
    return "\n".join(lines)
