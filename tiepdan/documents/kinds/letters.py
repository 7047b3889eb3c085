"""Papers that go out for a reception: giấy mời, thông báo, niêm yết, phiếu, hướng dẫn, biên bản giao."""

from __future__ import annotations

from tiepdan.documents.kinds.fields import Field, Kind
from tiepdan.documents.kinds.reception import HALL, HEADER, TESTS

INVITATION = Kind(
    code="invitation",
    label="Giấy mời",
    heading="GIẤY MỜI",
    abbreviation="GM",
    subject="Tham dự buổi tiếp công dân trực tuyến {so_buoi}",
    is_letter=True,
    fields=(
        *HEADER,
        Field("kinh_moi", "Kính mời", "Ông Bùi Xuân Hưởng, Chủ tịch UBND xã Thanh Lộc", is_free=True),
        *HALL,
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
        TESTS,
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
        *HEADER,
        Field("cong_dan", "Họ và tên công dân", "Lê Văn Thắng", is_personal=True, is_name=True),
        Field("dia_chi", "Địa chỉ công dân", "Thôn Đông Hạ, xã Thanh Lộc, tỉnh Minh Châu", is_personal=True),
        Field(
            "noi_dung",
            "Nội dung được tiếp",
            "Khiếu nại giá bồi thường khi thu hồi đất làm đường liên xã Thanh Lộc – Hòa Bình",
            is_free=True,
        ),
        *HALL,
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

_POSTED = tuple(field for field in HEADER if field.name not in ("vu_viec", "diem_cau", "moc", "thu_ky", "ky_thuat"))

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
        *(field for field in HEADER if field.name in ("so_buoi", "tieu_de", "thoi_gian", "dien_thoai")),
        HALL[0],
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
        *(field for field in HEADER if field.name in ("so_buoi", "tieu_de", "thoi_gian", "dien_thoai")),
        HALL[0],
        TESTS,
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
        *(field for field in HEADER if field.name in ("so_buoi", "thoi_gian", "dien_thoai")),
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

LETTERS = (INVITATION, CITIZEN_NOTICE, POSTING, CREDENTIAL_SLIP, POINT_GUIDE, HANDOVER)
