"""Papers about a reception: báo cáo, kế hoạch, kịch bản, giấy mời, thông báo, niêm yết, phiếu, hướng dẫn."""

from __future__ import annotations

from tiepdan.documents.kinds.fields import Field, Kind

_PEOPLE = (Field("ho_ten", "Họ và tên"), Field("chuc_vu", "Chức vụ"), Field("vai_tro", "Vai trò"))

_HEADER = (
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
            Field("thanh_phan", "Thành phần", [], _PEOPLE),
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

_HALL = (
    Field("diem_cau_ten", "Tên điểm cầu", "Điểm cầu xã Thanh Lộc"),
    Field("diem_cau_dia_chi", "Địa chỉ điểm cầu", "Hội trường UBND xã Thanh Lộc, tỉnh Minh Châu"),
)
_TESTS = Field(
    "lich_kiem_thu",
    "Lịch kiểm thử",
    [
        "Kết nối thử: 09 giờ 20, thứ Tư ngày 16 tháng 12 năm 2026",
        "Kết nối chính thức: trước 07 giờ 30, thứ Năm ngày 17 tháng 12 năm 2026",
    ],
)

LEADERS_REPORT = Kind(
    code="leaders_report",
    label="Báo cáo xin ý kiến lãnh đạo",
    heading="BÁO CÁO",
    abbreviation="BC",
    subject="Xin ý kiến về việc tổ chức buổi tiếp công dân trực tuyến {so_buoi}",
    is_internal=True,
    is_letter=True,
    fields=(Field("kinh_gui", "Kính gửi", "Chủ tịch Ủy ban nhân dân tỉnh Minh Châu", is_free=True), *_HEADER),
    required=("so_ky_hieu", "so_buoi", "thoi_gian", "chu_tri", "vu_viec", "diem_cau"),
)

PLAN_PAPER = Kind(
    code="plan",
    label="Kế hoạch tiếp công dân trực tuyến",
    heading="KẾ HOẠCH",
    abbreviation="KH",
    subject="Tổ chức buổi tiếp công dân trực tuyến {so_buoi}",
    fields=_HEADER,
    required=("so_ky_hieu", "so_buoi", "thoi_gian", "dia_diem", "chu_tri", "vu_viec", "diem_cau"),
)

SCRIPT = Kind(
    code="script",
    label="Kịch bản buổi tiếp",
    heading="KỊCH BẢN",
    abbreviation="",
    subject="Buổi tiếp công dân trực tuyến {so_buoi}",
    fields=(
        *(field for field in _HEADER if field.name in ("so_buoi", "tieu_de", "thoi_gian", "chu_tri")),
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

INVITATION = Kind(
    code="invitation",
    label="Giấy mời",
    heading="GIẤY MỜI",
    abbreviation="GM",
    subject="Tham dự buổi tiếp công dân trực tuyến {so_buoi}",
    is_letter=True,
    fields=(
        *_HEADER,
        Field("kinh_moi", "Kính mời", "Ông Bùi Xuân Hưởng, Chủ tịch UBND xã Thanh Lộc", is_free=True),
        *_HALL,
        Field("loai_diem_cau", "Loại điểm cầu (trung tâm, thành phần)", "thành phần"),
        Field(
            "danh_sach_diem_cau",
            "Danh sách điểm cầu",
            [
                "Điểm cầu trung tâm: Trụ sở Tiếp công dân tỉnh",
                "Điểm cầu xã Thanh Lộc: Hội trường UBND xã Thanh Lộc",
                "Điểm cầu phường Hòa Bình: Phòng họp số 2, UBND phường Hòa Bình",
            ],
        ),
        _TESTS,
        Field("ten_dang_nhap", "Tên đăng nhập của điểm cầu", "xa-thanh-loc"),
        Field(
            "cach_nhan_mat_khau",
            "Cách nhận mật khẩu",
            "nhận theo phiếu riêng do điểm cầu trung tâm giao trực tiếp",
            is_free=True,
        ),
        Field("huong_dan", "Hướng dẫn", "Người vận hành chuẩn bị theo hướng dẫn điểm cầu gửi kèm.", is_free=True),
    ),
    required=("so_ky_hieu", "kinh_moi", "thoi_gian", "dia_diem", "chu_tri", "diem_cau_ten", "ten_dang_nhap"),
    receiver="diem_cau_ten",
    form="Mẫu 1.7, Phụ lục III Nghị định số 30/2020/NĐ-CP",
)

CITIZEN_NOTICE = Kind(
    code="citizen_notice",
    label="Thông báo cho công dân",
    heading="THÔNG BÁO",
    abbreviation="TB",
    subject="Về việc tiếp công dân trực tuyến",
    is_letter=True,
    fields=(
        *_HEADER,
        Field("cong_dan", "Họ và tên công dân", "Lê Văn Thắng", is_personal=True, is_name=True),
        Field("dia_chi", "Địa chỉ công dân", "Thôn Đông Hạ, xã Thanh Lộc, tỉnh Minh Châu", is_personal=True),
        Field(
            "noi_dung",
            "Nội dung được tiếp",
            "Khiếu nại giá bồi thường khi thu hồi đất làm đường liên xã Thanh Lộc – Hòa Bình",
            is_free=True,
        ),
        *_HALL,
        Field(
            "ghi_am",
            "Thông báo ghi âm, ghi hình",
            "Buổi tiếp được ghi âm, ghi hình theo Điều 24 Nghị định số 154/2026/NĐ-CP.",
        ),
        Field(
            "giay_to_mang_theo",
            "Giấy tờ mang theo",
            "Căn cước hoặc giấy tờ tùy thân; văn bản cử người đại diện; tài liệu, chứng cứ liên quan (nếu có)",
            is_free=True,
        ),
    ),
    required=("so_ky_hieu", "cong_dan", "thoi_gian", "diem_cau_ten", "ghi_am"),
    receiver="cong_dan",
)

_POSTED = tuple(field for field in _HEADER if field.name not in ("vu_viec", "diem_cau", "moc", "thu_ky", "ky_thuat"))

POSTING = Kind(
    code="posting",
    label="Niêm yết lịch tiếp công dân",
    heading="THÔNG BÁO",
    abbreviation="TB",
    subject="Lịch tiếp công dân trực tuyến ngày {ngay_tiep}",
    fields=(
        *_POSTED,
        Field(
            "vu_viec_cong_khai",
            "Vụ việc (lời công khai)",
            [
                "Khiếu nại về bồi thường khi thu hồi đất, xã Thanh Lộc",
                "Kiến nghị về môi trường, phường Hòa Bình",
            ],
        ),
        Field(
            "diem_cau_cong_khai",
            "Điểm cầu",
            [
                {"ten": "Trụ sở Tiếp công dân tỉnh", "loai": "trung tâm", "dia_chi": "Số 12 đường Trần Hưng Đạo"},
                {"ten": "UBND xã Thanh Lộc", "loai": "thành phần", "dia_chi": "Hội trường UBND xã Thanh Lộc"},
                {"ten": "UBND phường Hòa Bình", "loai": "thành phần", "dia_chi": "Phòng họp số 2"},
            ],
            (Field("ten", "Tên"), Field("loai", "Loại"), Field("dia_chi", "Địa chỉ")),
        ),
        Field(
            "co_quan_tham_du",
            "Cơ quan tham dự",
            ["Thanh tra tỉnh", "Sở Nông nghiệp và Môi trường", "UBND xã Thanh Lộc", "UBND phường Hòa Bình"],
        ),
        Field("phien_ban", "Phiên bản lịch", "1"),
    ),
    required=("thoi_gian", "diem_cau_cong_khai", "vu_viec_cong_khai"),
)

CREDENTIAL_SLIP = Kind(
    code="credential_slip",
    label="Phiếu tài khoản điểm cầu",
    heading="PHIẾU TÀI KHOẢN ĐIỂM CẦU",
    abbreviation="",
    subject="Buổi tiếp công dân trực tuyến {so_buoi}",
    fields=(
        *(field for field in _HEADER if field.name in ("so_buoi", "tieu_de", "thoi_gian", "dien_thoai")),
        _HALL[0],
        Field("ten_dang_nhap", "Tên đăng nhập", "xa-thanh-loc"),
        Field("hieu_luc_tu", "Có hiệu lực từ", "08:00, thứ Tư 16/12/2026"),
        Field("hieu_luc_den", "Có hiệu lực đến", "12:00, thứ Năm 17/12/2026"),
    ),
    required=("diem_cau_ten", "ten_dang_nhap", "hieu_luc_tu", "hieu_luc_den"),
    receiver="diem_cau_ten",
)

POINT_GUIDE = Kind(
    code="point_guide",
    label="Hướng dẫn điểm cầu",
    heading="HƯỚNG DẪN ĐIỂM CẦU",
    abbreviation="",
    subject="Chuẩn bị và tham gia buổi tiếp công dân trực tuyến {so_buoi}",
    fields=(
        *(field for field in _HEADER if field.name in ("so_buoi", "tieu_de", "thoi_gian", "dien_thoai")),
        _HALL[0],
        _TESTS,
        Field(
            "cac_buoc",
            "Các bước",
            [
                "Mở máy tính, đăng nhập bằng tên và mật khẩu ghi trên phiếu tài khoản.",
                "Cho phép trình duyệt dùng camera và micro; chỉnh camera thấy cả bàn công dân.",
                "Bật loa, nghe câu chào; đọc to câu trên màn hình để kiểm tra micro và tiếng vọng.",
                "Kiểm tra đường truyền, gọi thử với điểm cầu trung tâm.",
                "Ký xác nhận kết quả kiểm thử; giữ nguyên máy và đường truyền đến hết buổi tiếp.",
            ],
            is_free=True,
        ),
    ),
    required=("thoi_gian", "diem_cau_ten", "cac_buoc", "dien_thoai"),
    receiver="diem_cau_ten",
)

HANDOVER = Kind(
    code="handover",
    label="Biên bản giao nhận giấy mời",
    heading="BIÊN BẢN",
    abbreviation="",
    subject="Giao nhận {ten_van_ban} buổi tiếp công dân trực tuyến {so_buoi}",
    fields=(
        *(field for field in _HEADER if field.name in ("so_buoi", "thoi_gian", "dien_thoai")),
        Field("ten_van_ban", "Tên văn bản giao", "giấy mời"),
        Field("so_van_ban", "Số văn bản giao", "05/GM-UBND"),
        Field("ngay_van_ban_giao", "Ngày văn bản giao", "ngày 07 tháng 12 năm 2026"),
        Field("ben_giao", "Người giao", "Phạm Thị Hoa"),
        Field("chuc_vu_ben_giao", "Chức vụ người giao", "Chuyên viên Ban Tiếp công dân"),
        Field("ben_nhan", "Bên nhận", "Lê Văn Thắng", is_personal=True, is_name=True),
        Field("dia_chi", "Địa chỉ giao", "Thôn Đông Hạ, xã Thanh Lộc, tỉnh Minh Châu", is_personal=True),
        Field("noi_nhan_giay", "Điểm cầu của bên nhận", "Điểm cầu xã Thanh Lộc"),
    ),
    required=("so_van_ban", "ben_giao", "ben_nhan"),
    receiver="noi_nhan_giay",
    form="Mẫu 1.9, Phụ lục III Nghị định số 30/2020/NĐ-CP",
)

PLAN = (
    LEADERS_REPORT,
    PLAN_PAPER,
    SCRIPT,
    INVITATION,
    CITIZEN_NOTICE,
    POSTING,
    CREDENTIAL_SLIP,
    POINT_GUIDE,
    HANDOVER,
)
