"""Fields that papers about a reception share: whose reception it is, its halls, its tests."""

from __future__ import annotations

from tiepdan.documents.kinds.fields import Field

PEOPLE = (Field("ho_ten", "Họ và tên"), Field("chuc_vu", "Chức vụ"), Field("vai_tro", "Vai trò"))

HEADER = (
    Field("so_buoi", "Số buổi tiếp", "BT-2026-012"),
    Field("tieu_de", "Tên buổi tiếp", "Tiếp công dân trực tuyến về bồi thường khi thu hồi đất tại xã Thanh Lộc"),
    Field("loai_buoi", "Loại buổi tiếp", "tiếp công dân định kỳ"),
    Field("thoi_gian", "Thời gian", "08 giờ 30 phút, thứ Năm ngày 17 tháng 12 năm 2026"),
    Field("ngay_tiep", "Ngày tiếp", "17 tháng 12 năm 2026"),
    Field("dia_diem", "Địa điểm", "Phòng họp trực tuyến tầng 3, Trụ sở Tiếp công dân tỉnh, số 12 đường Trần Hưng Đạo"),
    Field("chu_tri", "Người chủ trì", "Nguyễn Đức Ân"),
    Field("chuc_vu_chu_tri", "Chức vụ người chủ trì", "Chủ tịch UBND tỉnh"),
    Field("thu_ky", "Thư ký", "Lê Thị Mai"),
    Field("ky_thuat", "Cán bộ kỹ thuật trung tâm", "Đỗ Minh Quân"),
    Field("dien_thoai", "Điện thoại hỗ trợ", "0299 3810 155"),
    Field(
        "can_cu",
        "Căn cứ",
        "Nghị định số 154/2026/NĐ-CP ngày 15 tháng 5 năm 2026 của Chính phủ quy định chi tiết một số điều và biện pháp "
        "tổ chức thi hành Luật Tiếp công dân",
        is_free=True,
    ),
    Field(
        "vu_viec",
        "Vụ việc",
        [
            {
                "stt": "1",
                "so": "VV-2026-0148",
                "noi_dung": "Khiếu nại giá bồi thường khi thu hồi đất làm đường liên xã Thanh Lộc – Hòa Bình",
                "co_quan_tham_muu": "Sở Nông nghiệp và Môi trường",
            },
            {
                "stt": "2",
                "so": "VV-2026-0163",
                "noi_dung": "Kiến nghị về ô nhiễm nguồn nước tại cụm công nghiệp Hòa Bình",
                "co_quan_tham_muu": "Sở Công Thương; UBND phường Hòa Bình",
            },
        ],
        (
            Field("stt", "Số thứ tự"),
            Field("so", "Số vụ việc"),
            Field("noi_dung", "Nội dung"),
            Field("co_quan_tham_muu", "Cơ quan tham mưu"),
        ),
    ),
    Field(
        "diem_cau",
        "Điểm cầu",
        [
            {
                "stt": "1",
                "chu": "a",
                "ten": "Điểm cầu trung tâm",
                "loai": "trung tâm",
                "dia_chi": "Trụ sở Tiếp công dân tỉnh, số 12 đường Trần Hưng Đạo, phường Minh Châu",
                "nguoi_van_hanh": "Đỗ Minh Quân",
                "dien_thoai": "0299 3810 155",
                "thanh_phan": [
                    {"ho_ten": "Nguyễn Đức Ân", "chuc_vu": "Chủ tịch UBND tỉnh", "vai_tro": "Chủ trì"},
                    {"ho_ten": "Vũ Hải Yến", "chuc_vu": "Chánh Thanh tra tỉnh", "vai_tro": "Tham dự"},
                    {
                        "ho_ten": "Đặng Quốc Việt",
                        "chuc_vu": "Giám đốc Sở Nông nghiệp và Môi trường",
                        "vai_tro": "Tham mưu",
                    },
                    {"ho_ten": "Lê Thị Mai", "chuc_vu": "Phó Trưởng ban Tiếp công dân", "vai_tro": "Thư ký"},
                ],
            },
            {
                "stt": "2",
                "chu": "b",
                "ten": "Điểm cầu xã Thanh Lộc",
                "loai": "thành phần",
                "dia_chi": "Hội trường UBND xã Thanh Lộc",
                "nguoi_van_hanh": "Hoàng Thị Ngọc Ánh",
                "dien_thoai": "0299 3810 201",
                "thanh_phan": [
                    {"ho_ten": "Bùi Xuân Hưởng", "chuc_vu": "Chủ tịch UBND xã Thanh Lộc", "vai_tro": "Tham dự"},
                    {"ho_ten": "Công dân, người đại diện: 02 người", "chuc_vu": "", "vai_tro": ""},
                ],
            },
            {
                "stt": "3",
                "chu": "c",
                "ten": "Điểm cầu phường Hòa Bình",
                "loai": "thành phần",
                "dia_chi": "Phòng họp số 2, UBND phường Hòa Bình",
                "nguoi_van_hanh": "Trịnh Văn Khoẻ",
                "dien_thoai": "0299 3810 202",
                "thanh_phan": [
                    {"ho_ten": "Phan Thị Thuỷ", "chuc_vu": "Phó Chủ tịch UBND phường Hòa Bình", "vai_tro": "Tham dự"}
                ],
            },
        ],
        (
            Field("stt", "Số thứ tự"),
            Field("chu", "Chữ cái thứ tự (a, b, c, d, đ…)"),
            Field("ten", "Tên điểm cầu"),
            Field("loai", "Loại điểm cầu"),
            Field("dia_chi", "Địa chỉ"),
            Field("nguoi_van_hanh", "Người vận hành"),
            Field("dien_thoai", "Điện thoại"),
            Field("thanh_phan", "Thành phần", [], PEOPLE),
        ),
    ),
    Field(
        "moc",
        "Các mốc thời hạn",
        [
            {
                "viec": "Niêm yết lịch, thông báo cho công dân và cơ quan tham dự",
                "han": "hết thứ Năm 10/12/2026",
                "can_cu": "khoản 3 Điều 19 NĐ 154/2026",
            },
            {
                "viec": "Kết nối thử thành công với mọi điểm cầu",
                "han": "hết thứ Tư 16/12/2026",
                "can_cu": "khoản 1 Điều 23 NĐ 154/2026",
            },
            {
                "viec": "Kết nối xong, các điểm cầu nhìn thấy và nghe rõ nhau",
                "han": "07:30, thứ Năm 17/12/2026",
                "can_cu": "khoản 1 Điều 23 NĐ 154/2026",
            },
        ],
        (Field("viec", "Việc"), Field("han", "Thời hạn"), Field("can_cu", "Căn cứ")),
    ),
)

HALL = (
    Field("diem_cau_ten", "Tên điểm cầu", "Điểm cầu xã Thanh Lộc"),
    Field("diem_cau_dia_chi", "Địa chỉ điểm cầu", "Hội trường UBND xã Thanh Lộc, tỉnh Minh Châu"),
)
TESTS = Field(
    "lich_kiem_thu",
    "Lịch kiểm thử",
    [
        "Kết nối thử: 09 giờ 20, thứ Tư ngày 16 tháng 12 năm 2026",
        "Kết nối chính thức: trước 07 giờ 30, thứ Năm ngày 17 tháng 12 năm 2026",
    ],
)
