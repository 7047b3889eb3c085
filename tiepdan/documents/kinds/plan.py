"""Papers that settle a reception: báo cáo, kế hoạch, kịch bản."""

from __future__ import annotations

from tiepdan.documents.kinds.fields import Field, Kind
from tiepdan.documents.kinds.reception import HEADER

LEADERS_REPORT = Kind(
    code="leaders_report",
    label="Báo cáo xin ý kiến lãnh đạo",
    heading="BÁO CÁO",
    abbreviation="BC",
    subject="Xin ý kiến về việc tổ chức buổi tiếp công dân trực tuyến {so_buoi}",
    is_internal=True,
    is_letter=True,
    fields=(Field("kinh_gui", "Kính gửi", "Chủ tịch Ủy ban nhân dân tỉnh Minh Châu", is_free=True), *HEADER),
    required=("so_ky_hieu", "so_buoi", "thoi_gian", "chu_tri", "vu_viec", "diem_cau"),
)

PLAN_PAPER = Kind(
    code="plan",
    label="Kế hoạch tiếp công dân trực tuyến",
    heading="KẾ HOẠCH",
    abbreviation="KH",
    subject="Tổ chức buổi tiếp công dân trực tuyến {so_buoi}",
    fields=HEADER,
    required=("so_ky_hieu", "so_buoi", "thoi_gian", "dia_diem", "chu_tri", "vu_viec", "diem_cau"),
)

SCRIPT = Kind(
    code="script",
    label="Kịch bản buổi tiếp",
    heading="KỊCH BẢN",
    abbreviation="",
    subject="Buổi tiếp công dân trực tuyến {so_buoi}",
    fields=(
        *(field for field in HEADER if field.name in ("so_buoi", "tieu_de", "thoi_gian", "chu_tri")),
        Field(
            "muc",
            "Các mục",
            [
                {
                    "stt": "1",
                    "gio": "08:30",
                    "phut": "05",
                    "giai_doan": "Khai mạc",
                    "noi_dung": "Tuyên bố lý do, thông báo buổi tiếp được ghi âm, ghi hình",
                    "nguoi_noi": "Nguyễn Đức Ân",
                    "diem_cau": "Trung tâm",
                    "loi_dan": "Kính thưa quý vị, buổi tiếp được ghi âm, ghi hình theo Điều 24 NĐ 154/2026/NĐ-CP.",
                },
                {
                    "stt": "2",
                    "gio": "08:35",
                    "phut": "10",
                    "giai_doan": "Xác định thành phần",
                    "noi_dung": "Điểm danh các điểm cầu, xác định nhân thân công dân",
                    "nguoi_noi": "Lê Thị Mai",
                    "diem_cau": "Trung tâm; xã Thanh Lộc",
                    "loi_dan": "Đề nghị điểm cầu xã Thanh Lộc giới thiệu thành phần.",
                },
                {
                    "stt": "3",
                    "gio": "08:45",
                    "phut": "20",
                    "giai_doan": "Công dân trình bày",
                    "noi_dung": "Vụ việc VV-2026-0148: công dân trình bày nội dung, yêu cầu",
                    "nguoi_noi": "Người đại diện",
                    "diem_cau": "Xã Thanh Lộc",
                    "loi_dan": "Mời người đại diện trình bày trong 20 phút.",
                },
                {
                    "stt": "4",
                    "gio": "09:05",
                    "phut": "15",
                    "giai_doan": "Cơ quan báo cáo",
                    "noi_dung": "Kết quả xác minh giá bồi thường, loại đất",
                    "nguoi_noi": "Đặng Quốc Việt",
                    "diem_cau": "Trung tâm",
                    "loi_dan": "",
                },
            ],
            (
                Field("stt", "Số thứ tự"),
                Field("gio", "Giờ bắt đầu"),
                Field("phut", "Số phút"),
                Field("giai_doan", "Giai đoạn"),
                Field("noi_dung", "Nội dung", is_free=True),
                Field("nguoi_noi", "Người nói"),
                Field("diem_cau", "Điểm cầu"),
                Field("loi_dan", "Lời dẫn", is_free=True),
            ),
        ),
        Field("tong_phut", "Tổng số phút", "120"),
    ),
    required=("so_buoi", "thoi_gian", "muc"),
)

PLAN = (LEADERS_REPORT, PLAN_PAPER, SCRIPT)
