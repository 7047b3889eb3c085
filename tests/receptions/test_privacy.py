"""Personal data is found in public words, whole words only, without accents and case (khoản 2 Điều 12 NĐ 154/2026)."""

from __future__ import annotations

import pytest

from tiepdan.receptions.privacy import Human, Text, found

THINH = Human(
    "Mai Văn Thịnh", "Số 7, thôn Đông Hạ, xã Thanh Lộc, tỉnh Minh Châu", "036085001234", "0299 381 1234", "t@vd.vn"
)
BINH = Human("Nguyễn Hòa Bình", "Tổ 4, phường Hòa Bình, tỉnh Minh Châu", "C1234567", "+84 912 345 678")
STREET = Human("Trần Phú")

FOUND = [
    ("Khiếu nại của Mai Văn Thịnh", ["Mai Văn Thịnh"]),
    ("khiếu nại của MAI VAN THINH, xã Thanh Lộc", ["MAI VAN THINH"]),
    ("Thịnh Mai Văn khiếu nại", ["Thịnh Mai Văn"]),
    ("Khiếu nại của ông Thịnh", ["ông Thịnh"]),
    ("Khiếu nại của bà Văn Thịnh", ["bà Văn Thịnh"]),
    ("Số căn cước 036085001234", ["036085001234"]),
    ("Số 0360 8500 1234", ["0360 8500 1234"]),
    ("Số 036 085 001 234", ["036 085 001 234"]),
    ("Chứng minh 123456789", ["123456789"]),
    ("Hộ chiếu C1234567", ["C1234567"]),
    ("Hộ chiếu c 123 4567", ["c 123 4567"]),
    ("Gọi 02993811234", ["02993811234"]),
    ("Gọi 0912.345.678", ["0912.345.678"]),
    ("Gọi +84 912 345 678", ["+84 912 345 678"]),
    ("Thư T@VD.VN", ["t@vd.vn"]),
    ("Thu hồi đất ở thôn Đông Hạ, xã Thanh Lộc", ["thôn Đông Hạ"]),
    ("Nhà số 7", ["số 7"]),
    ("Tổ 4 phường Hòa Bình", ["Tổ 4"]),
    ("Thửa đất số 12", ["Thửa đất số 12"]),
    ("thửa 12, tờ bản đồ số 05", ["thửa 12", "tờ bản đồ số 05"]),
    ("Giấy chứng nhận BA 123456", ["BA 123456"]),
    ("Hai lần Mai Văn Thịnh và Mai Văn Thịnh", ["Mai Văn Thịnh"]),
]
NOT_FOUND = [
    "Khiếu nại về bồi thường đất, xã Thanh Lộc",
    "Kiến nghị về môi trường, phường Hòa Bình, tỉnh Minh Châu",
    "Bà con thịnh vượng",
    "Bồi thường 120.000.000 đồng cho mỗi hộ",
    "Ngày 17/12/2026, 08:30–11:00; ngày 05-12-2026 8 giờ",
    "Quyết định số 764/QĐ-UBND năm 2025",
    "Thửa đất bị thu hồi, diện tích 1.250 m²",
    "Điện thoại hỗ trợ 0299 3810 155",
    "Mai này văn minh thịnh vượng",
    "",
]


@pytest.mark.parametrize(("words", "pieces"), FOUND, ids=[row[0] for row in FOUND])
def test_found(words: str, pieces: list[str]) -> None:
    assert found([Text(words)], [THINH, BINH]) == pieces


@pytest.mark.parametrize("words", NOT_FOUND)
def test_not_found(words: str) -> None:
    assert found([Text(words)], [THINH, BINH]) == []


def test_a_street_that_is_called_like_somebody_is_a_street_in_an_address_only() -> None:
    assert found([Text("12 Trần Phú", is_address=True), Text("Đường Trần Phú", is_address=True)], [STREET]) == []
    assert found([Text("Nhà Trần Phú", is_address=True)], [STREET]) == ["Trần Phú"]
    assert found([Text("Khiếu nại của 2 hộ, Trần Phú đứng đơn")], [STREET]) == ["Trần Phú"]


def test_names_written_with_combined_letters_are_found() -> None:
    import unicodedata

    assert found([Text(unicodedata.normalize("NFD", "Mai Văn Thịnh"))], [THINH]) == ["Mai Văn Thịnh"]


def test_somebody_without_data_finds_nothing() -> None:
    assert found([Text("Khiếu nại về đất")], [Human("")]) == []
