from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiepdan.kernel.text import fold, masked_name


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Xã Thanh Lộc", "xa thanh loc"),
        ("ĐIỂM CẦU  đại biểu", "diem cau dai bieu"),
        ("  Ẵ ộ Ấ ỹ Ừ ", "a o a y u"),
        ("Thanh Lo\u0323\u0302c", "thanh loc"),  # the same word typed in decomposed letters
        ("BT-2026-012", "bt-2026-012"),
        ("", ""),
        ("straße 😀", "strasse 😀"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Văn Thật", "N.V.T."),
        ("Đỗ  Ánh", "Đ.Á."),
        ("Lê Văn Thắng và 11 người khác", "L.V.T. và 11 người khác"),
        ("Lê Thắng và vợ", "L.T.V.V."),
        ("", ""),
    ],
)
def test_names_are_initials(name: str, shown: str) -> None:
    assert masked_name(name) == shown
