"""Papers about a case: tờ trình, 01/TCD, 02/TCD, biên bản vi phạm."""

from __future__ import annotations

from tiepdan.documents.kinds.fields import Field, Kind

_IDENTITY = (
    Field("cong_dan", "Họ và tên công dân", "Lê Văn Thắng", is_personal=True, is_name=True),
    Field("giay_to", "Loại giấy tờ", "Căn cước"),
    Field("so_giay_to", "Số giấy tờ", "036085001234", is_personal=True),
    Field("ngay_cap", "Ngày cấp", "15/3/2022", is_personal=True),
    Field("noi_cap", "Nơi cấp", "Cục Cảnh sát quản lý hành chính về trật tự xã hội"),
    Field("dia_chi", "Địa chỉ", "Thôn Đông Hạ, xã Thanh Lộc, tỉnh Minh Châu", is_personal=True),
)

SUBMISSION = Kind(
    code="submission",
    label="Tờ trình đề nghị tiếp công dân trực tuyến",
    heading="TỜ TRÌNH",
    abbreviation="TTr",
    subject="Về việc đề nghị tiếp công dân trực tuyến vụ việc số {so_vu_viec}",
    is_internal=True,
    is_letter=True,
    fields=(
        Field("kinh_gui", "Kính gửi", "Chủ tịch Ủy ban nhân dân tỉnh Minh Châu", is_free=True),
        Field("so_vu_viec", "Số vụ việc", "VV-2026-0148"),
        Field("loai_vu_viec", "Loại vụ việc", "Khiếu nại"),
        Field("cong_dan", "Họ và tên công dân", "Lê Văn Thắng và 11 người khác", is_personal=True, is_name=True),
        Field("so_nguoi", "Số người", "12"),
        Field(
            "tom_tat",
            "Tóm tắt nội dung",
            "Công dân khiếu nại việc áp giá bồi thường, hỗ trợ khi Nhà nước thu hồi 1.250 m² đất trồng lúa để xây "
            "dựng tuyến đường liên xã Thanh Lộc – Hòa Bình; đề nghị xác định lại loại đất, vị trí đất và bố trí tái "
            "định cư.",
            is_free=True,
        ),
        Field(
            "qua_trinh",
            "Quá trình giải quyết",
            [
                {
                    "co_quan": "UBND xã Thanh Lộc",
                    "van_ban": "Quyết định số 215/QĐ-UBND",
                    "ngay": "12/3/2026",
                    "ket_qua": "Không công nhận nội dung khiếu nại",
                },
                {
                    "co_quan": "Sở Nông nghiệp và Môi trường",
                    "van_ban": "Báo cáo số 88/BC-SNNMT",
                    "ngay": "05/8/2026",
                    "ket_qua": "Đề nghị đối thoại với công dân trước khi ban hành quyết định lần hai",
                },
            ],
            (
                Field("co_quan", "Cơ quan đã giải quyết"),
                Field("van_ban", "Văn bản"),
                Field("ngay", "Ngày"),
                Field("ket_qua", "Kết quả", is_free=True),
            ),
        ),
        Field(
            "can_cu",
            "Căn cứ tiếp trực tuyến",
            [
                {
                    "noi_dung": "Vụ việc phức tạp, kéo dài, cần sự phối hợp của nhiều cơ quan",
                    "dieu_khoan": "khoản 1 Điều 20 Nghị định số 154/2026/NĐ-CP",
                    "ly_do": "Vụ việc đã qua hai cấp xem xét, liên quan ba cơ quan ở tỉnh và một xã.",
                },
                {
                    "noi_dung": "Người già yếu có nguyện vọng được tiếp trực tuyến",
                    "dieu_khoan": "khoản 2 Điều 20 Nghị định số 154/2026/NĐ-CP",
                    "ly_do": "Người đại diện 74 tuổi, đi lại khó khăn, có đơn đề nghị được tiếp tại xã.",
                },
            ],
            (
                Field("noi_dung", "Nội dung căn cứ"),
                Field("dieu_khoan", "Điều khoản"),
                Field("ly_do", "Lý do cụ thể", is_free=True),
            ),
        ),
        Field(
            "y_kien",
            "Ý kiến của đơn vị trình",
            "Ban Tiếp công dân kính đề nghị Chủ tịch Ủy ban nhân dân tỉnh đồng ý tiếp công dân trực tuyến vụ việc nêu "
            "trên trong tháng 12 năm 2026, điểm cầu thành phần đặt tại trụ sở UBND xã Thanh Lộc.",
            is_free=True,
        ),
        Field("bo_quy_tac", "Bộ quy tắc áp dụng", "Nghị định số 154/2026/NĐ-CP"),
    ),
    required=("so_ky_hieu", "so_vu_viec", "tom_tat", "can_cu"),
)

REFUSAL = Kind(
    code="refusal",
    label="Thông báo từ chối tiếp công dân (Mẫu 01/TCD)",
    heading="THÔNG BÁO",
    abbreviation="TB",
    subject="Về việc từ chối tiếp công dân",
    is_letter=True,
    kept="hồ sơ",
    fields=(
        *_IDENTITY,
        Field("ngay_den", "Ngày công dân đến", "02 tháng 12 năm 2026"),
        Field("loai_vu_viec", "Loại vụ việc (khiếu nại, tố cáo, kiến nghị, phản ánh)", "khiếu nại"),
        Field(
            "tom_tat", "Tóm tắt nội dung", "việc bồi thường khi thu hồi đất làm đường liên xã năm 2019", is_free=True
        ),
        Field(
            "ly_do",
            "Lý do từ chối",
            "Vụ việc đã được giải quyết đúng pháp luật tại Quyết định số 1188/QĐ-UBND ngày 14/5/2023; UBND tỉnh đã "
            "kiểm tra, rà soát và có Thông báo số 57/TB-UBND ngày 20/9/2024, đã tiếp và giải thích ngày 03/10/2024 "
            "nhưng công dân vẫn cố tình khiếu nại kéo dài.",
            is_free=True,
        ),
        Field(
            "can_cu_phap_ly",
            "Căn cứ pháp lý",
            "khoản 3 Điều 9 Luật Tiếp công dân và điểm h khoản 1 Điều 4 Nghị định số 154/2026/NĐ-CP ngày 15 tháng 5 "
            "năm 2026 của Chính phủ quy định chi tiết một số điều và biện pháp tổ chức thi hành Luật Tiếp công dân",
        ),
    ),
    required=("so_ky_hieu", "cong_dan", "so_giay_to", "ly_do", "can_cu_phap_ly"),
    receiver="cong_dan",
    form="Mẫu số 01/TCD, Nghị định số 154/2026/NĐ-CP",
)

RECEIPT = Kind(
    code="receipt",
    label="Giấy biên nhận thông tin, tài liệu (Mẫu 02/TCD)",
    heading="GIẤY BIÊN NHẬN",
    abbreviation="",
    subject="Thông tin, tài liệu",
    fields=(
        Field("gio", "Giờ nhận", "09 giờ 15"),
        Field("ngay", "Ngày nhận", "02 tháng 12 năm 2026"),
        Field("tai", "Nơi nhận tài liệu", "Trụ sở Tiếp công dân tỉnh Minh Châu"),
        Field("nguoi_nhan", "Người nhận", "Phạm Thị Hoa"),
        Field("chuc_vu_nguoi_nhan", "Chức vụ người nhận", "Chuyên viên Ban Tiếp công dân tỉnh"),
        *_IDENTITY,
        Field(
            "tai_lieu",
            "Thông tin, tài liệu đã nhận",
            [
                {"stt": "1", "ten": "Đơn khiếu nại ngày 28/11/2026", "so_trang": "03", "tinh_trang": "bản chính"},
                {
                    "stt": "2",
                    "ten": "Giấy chứng nhận quyền sử dụng đất số BK 482915",
                    "so_trang": "04",
                    "tinh_trang": "bản sao công chứng",
                },
                {
                    "stt": "3",
                    "ten": "Quyết định số 215/QĐ-UBND ngày 12/3/2026 của UBND xã Thanh Lộc",
                    "so_trang": "06",
                    "tinh_trang": "bản phô tô",
                },
            ],
            (
                Field("stt", "Số thứ tự"),
                Field("ten", "Tên tài liệu"),
                Field("so_trang", "Số trang"),
                Field("tinh_trang", "Tình trạng"),
            ),
        ),
        Field("so_ban", "Số bản của giấy biên nhận", "02"),
        Field("thay_the", "Thay thế giấy biên nhận số (để trống nếu không)", ""),
        Field("ma_tra_cuu", "Mã tra cứu (để trống nếu không tra cứu được)", "KM4T-9XQR"),
    ),
    required=("gio", "ngay", "nguoi_nhan", "cong_dan", "tai_lieu", "so_ban"),
    receiver="cong_dan",
    form="Mẫu số 02/TCD, Nghị định số 154/2026/NĐ-CP",
)

VIOLATION = Kind(
    code="violation",
    label="Biên bản vi phạm nội quy nơi tiếp công dân",
    heading="BIÊN BẢN",
    abbreviation="BB",
    subject="Về việc vi phạm nội quy nơi tiếp công dân",
    fields=(
        Field("gio_bat_dau", "Giờ bắt đầu", "09 giờ 15"),
        Field("ngay_bat_dau", "Ngày bắt đầu", "ngày 02 tháng 12 năm 2026"),
        Field("gio_ket_thuc", "Giờ kết thúc", "09 giờ 40"),
        Field("ngay_ket_thuc", "Ngày kết thúc", "ngày 02 tháng 12 năm 2026"),
        Field("tai", "Địa điểm", "Trụ sở Tiếp công dân tỉnh Minh Châu"),
        Field("nguoi_lap", "Người lập biên bản", "Phạm Thị Hoa"),
        Field("chuc_vu_nguoi_lap", "Chức vụ người lập biên bản", "Chuyên viên Ban Tiếp công dân tỉnh"),
        Field(
            "chung_kien",
            "Người chứng kiến, mỗi dòng một người",
            ["Ông Hoàng Văn Sơn, bảo vệ Trụ sở Tiếp công dân", "Bà Đỗ Thị Lan, chuyên viên Thanh tra tỉnh"],
            is_personal=True,
        ),
        *_IDENTITY,
        Field(
            "dien_bien",
            "Diễn biến",
            "Trong khi trình bày, công dân tự ý dùng điện thoại phát trực tiếp sau khi người chủ trì đã yêu cầu không "
            "phát để bảo vệ dữ liệu cá nhân của người khác trong phòng.",
            is_free=True,
        ),
        Field(
            "noi_dung_vi_pham",
            "Hành vi vi phạm",
            "Người tự ý ghi âm, ghi hình, phát trực tiếp khi người chủ trì đã yêu cầu không",
        ),
        Field("dieu_khoan", "Điều khoản", "điểm c khoản 1 Điều 4 Nghị định số 154/2026/NĐ-CP"),
        Field(
            "yeu_cau",
            "Yêu cầu đã đưa ra",
            "Người tiếp công dân đã hai lần yêu cầu dừng phát, lúc 09 giờ 20 và 09 giờ 25; công dân không dừng.",
            is_free=True,
        ),
        Field(
            "y_kien",
            "Ý kiến của người vi phạm (để trống nếu không có)",
            "Công dân cho rằng mình có quyền ghi hình nơi công cộng.",
            is_free=True,
        ),
        Field(
            "de_nghi",
            "Đề nghị cơ quan chức năng (để trống nếu không có)",
            "Đề nghị Công an phường Hòa Bình xử lý theo quy định của pháp luật.",
            is_free=True,
        ),
    ),
    required=("so_ky_hieu", "gio_bat_dau", "tai", "nguoi_lap", "cong_dan", "dien_bien", "yeu_cau"),
    receiver="cong_dan",
    form="Mẫu 1.9, Phụ lục III Nghị định số 30/2020/NĐ-CP",
)

DESK = (SUBMISSION, REFUSAL, RECEIPT, VIOLATION)
