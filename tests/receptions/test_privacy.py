"""Personal data is found in public words, whole words only, without accents and case (khoản 2 Điều 12 NĐ 154/2026)."""

from __future__ import annotations

import unicodedata

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
    ("Số căn cước 036085001234", ["căn cước 036085001234"]),
    ("Số 0360 8500 1234", ["0360 8500 1234"]),
    ("Số 036 085 001 234", ["036 085 001 234"]),
    ("Chứng minh 123456789", ["Chứng minh 123456789"]),
    ("Hộ chiếu C1234567", ["Hộ chiếu C1234567"]),
    ("Hộ chiếu c 123 4567", ["c 123 4567"]),
    ("Gọi 02993811234", ["02993811234"]),
    ("Gọi 0912.345.678", ["0912.345.678"]),
    ("Gọi +84 912 345 678", ["+84 912 345 678"]),
    ("Thư T@VD.VN", ["T@VD.VN"]),
    ("Thu hồi đất ở thôn Đông Hạ, xã Thanh Lộc", ["thôn Đông Hạ"]),
    ("Nhà số 7", ["Nhà số 7"]),
    ("Tổ 4 phường Hòa Bình", ["Tổ 4"]),
    ("Thửa đất số 12", ["Thửa đất số 12"]),
    ("thửa 12, tờ bản đồ số 05", ["thửa 12", "tờ bản đồ số 05"]),
    ("Giấy chứng nhận BA 123456", ["BA 123456"]),
    ("Hai lần Mai Văn Thịnh và Mai Văn Thịnh", ["Mai Văn Thịnh"]),
]
# The same, written so that a comparison letter by letter would miss it.
HIDDEN = [
    ("mai\nvăn\nthịnh", ["mai văn thịnh"]),
    ("Mai\u00a0Văn\u202fThịnh", ["Mai Văn Thịnh"]),
    ("Mai V\u00adăn\u200b Thịnh", ["Mai Văn Thịnh"]),
    ("MaiVănThịnh", ["MaiVănThịnh"]),
    ("Mai_Văn_Thịnh", ["Mai_Văn_Thịnh"]),
    ("M.V. Thịnh khiếu nại", ["M.V. Thịnh"]),
    ("ông Mai V.Thịnh", ["Mai V.Thịnh"]),
    ("của ông thịnh, xã Thanh Lộc", ["ông thịnh"]),
    ("Khiếu nại của M\u0430i", ["M\u0430i"]),  # a Cyrillic letter
    ("Lê Văn Thắng", ["Lê Văn Thắng"]),  # kept as «Lê Văn Thắng và 11 người khác»
    ("do thi anh tuyet", ["do thi anh tuyet"]),  # kept with a dash
    ("số 036085 001234", ["036085 001234"]),
    ("số 036/085/001/234", ["036/085/001/234"]),
    ("số 036\u00a0085.001-234", ["036 085.001-234"]),
    ("số ０３６０８５００１２３４", ["036085001234"]),
    ("số O36O85OO1234", ["O36O85OO1234"]),
    ("CCCD 079 201 012345", ["CCCD 079 201 012345"]),
    ("cmnd: 12345678", ["cmnd: 12345678"]),
    ("thẻ 079201 01 2345", ["079201 01 2345"]),
    ("gọi 0903\u00a0111\u00a0222", ["0903 111 222"]),
    ("gọi (0903) 111-222", ["(0903) 111-222"]),
    ("gọi 0084903111222", ["0084903111222"]),
    ("(0299) 381 1234", ["(0299) 381 1234"]),
    ("thư ai.do@gmail.com", ["ai.do@gmail.com"]),
    ("thư t @ vd.vn", ["t @ vd.vn"]),
    ("ở Đông Hạ, Thanh Lộc", ["Đông Hạ"]),
    ("thôn\nđông-hạ", ["thôn đông-hạ"]),
    ("xóm số 05", ["xóm số 05"]),  # kept without a comma: «Xóm 5 xã Thanh Lộc»
    ("TDP số 4, phường Hòa Bình", ["TDP số 4"]),
    ("số nhà 12/5", ["số nhà 12/5"]),
    ("ngõ 34 Lê Lợi", ["ngõ 34"]),
    ("thua dat so 45", ["thua dat so 45"]),
    ("thửa 123/5, tờ số 7", ["thửa 123/5", "tờ số 7"]),
    ("tờ BĐ số 12", ["tờ BĐ số 12"]),
    ("lô đất số 5", ["lô đất số 5"]),
    (unicodedata.normalize("NFD", "thửa đất số 9 của ông Thịnh"), ["thửa đất số 9", "ông Thịnh"]),
]
OTHERS = [
    Human("Lê Văn Thắng và 11 người khác", "Xóm 5 xã Thanh Lộc huyện Nam Trực"),
    Human("Đỗ Thị-Ánh Tuyết", "12/5 ngõ 34 đường Lê Lợi - tổ dân phố số 3, phường Hòa Bình"),
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
    "Bà hòa giải viên; các anh thịnh vượng",
    "Quyết định số 7/QĐ-UBND, nghị quyết số 7",
    "Dự án 150 000 000 000 đồng, đợt 1 là 456 789 000 đồng",
    "Kế hoạch các năm 2025 2026 2027",
    "Mở rộng đường Lê Lợi; tổ công tác số 12; tờ trình số 5",
    "UBND phường Hòa Bình, T. Phú Thọ, hợp tác xã Đông Phong",
    "Thư tiepcongdan@minhchau.gov.vn",
    "Hỗ trợ 3 tổ, 12 hộ; gói thầu số 12",
    "",
]


@pytest.mark.parametrize(("words", "pieces"), FOUND, ids=[row[0] for row in FOUND])
def test_found(words: str, pieces: list[str]) -> None:
    assert found([Text(words)], [THINH, BINH]) == pieces


@pytest.mark.parametrize(("words", "pieces"), HIDDEN)
def test_found_however_it_is_written(words: str, pieces: list[str]) -> None:
    assert found([Text(words)], [THINH, BINH, *OTHERS]) == pieces


@pytest.mark.parametrize("words", NOT_FOUND)
def test_not_found(words: str) -> None:
    assert found([Text(words)], [THINH, BINH, *OTHERS]) == []


def test_a_hall_in_the_same_hamlet_or_with_the_same_number_names_nobody() -> None:
    places = ("Nhà văn hóa thôn Đông Hạ, xã Thanh Lộc", "Số 7, đường Lê Lợi", "Ngõ 12, tổ 4, phường Hòa Bình")
    assert found([Text(words, is_address=True) for words in places], [THINH, BINH]) == []
    assert found([Text("Số 7 thôn Đông Hạ", is_address=True)], [THINH]) == ["Số 7 thôn Đông Hạ"]


def test_a_street_that_is_called_like_somebody_is_a_street_in_an_address_only() -> None:
    assert found([Text("12 Trần Phú", is_address=True), Text("Đường Trần Phú", is_address=True)], [STREET]) == []
    assert found([Text("Nhà Trần Phú", is_address=True)], [STREET]) == ["Trần Phú"]
    assert found([Text("Khiếu nại của 2 hộ, Trần Phú đứng đơn")], [STREET]) == ["Trần Phú"]


def test_names_written_with_combined_letters_are_found() -> None:
    assert found([Text(unicodedata.normalize("NFD", "Mai Văn Thịnh"))], [THINH]) == ["Mai Văn Thịnh"]


def test_somebody_without_data_finds_nothing() -> None:
    assert found([Text("Khiếu nại về đất")], [Human("")]) == []
