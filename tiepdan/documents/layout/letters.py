"""Papers that go out: giấy mời (Mẫu 1.7), thông báo cho công dân, niêm yết, phiếu tài khoản, hướng dẫn."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Docx

from tiepdan.documents.kinds.letters import CITIZEN_NOTICE, CREDENTIAL_SLIP, HANDOVER, INVITATION, POINT_GUIDE, POSTING
from tiepdan.documents.layout import blocks
from tiepdan.documents.layout.page import BODY, Piece, each, grid, line, listing, rule, say, sheet, tag, text_width


def _say(paper: Docx, *pieces: Piece, **looks: Any) -> None:
    """Single spacing: a letter to a few halls stays on one page."""
    say(paper, *pieces, **{"spacing": 1.0} | looks)


def invitation() -> Docx:
    """Mẫu 1.7, Phụ lục III NĐ 30/2020."""
    paper = sheet()
    blocks.head(paper, numbered=True)
    blocks.title(paper, INVITATION)
    _say(paper, "{{ co_quan }} trân trọng kính mời: {{ kinh_moi }}.")
    _say(paper, "Tới dự buổi {{ loai_buoi }} bằng hình thức trực tuyến ({{ so_buoi }}).")
    _say(paper, "Nội dung: {{ tieu_de }}.")
    _say(paper, "Chủ trì: {{ chu_tri }}, {{ chuc_vu_chu_tri }}.")
    _say(paper, "Thời gian: {{ thoi_gian }}.")
    _say(
        paper,
        "Địa điểm: {{ diem_cau_ten }}, {{ diem_cau_dia_chi }}"
        "{% if loai_diem_cau != 'trung tâm' %}. Điểm cầu trung tâm: {{ dia_diem }}{% endif %}.",
    )
    _say(paper, ("Các điểm cầu tham gia:", "i"), keep=True)
    each(paper, "cau in danh_sach_diem_cau", "- {{ cau }}" + blocks.STOP, spacing=1.0)
    tag(paper, "{%p if lich_kiem_thu %}")
    _say(paper, ("Lịch kiểm thử kết nối:", "i"), keep=True)
    each(paper, "lan in lich_kiem_thu", "- {{ lan }}" + blocks.STOP, spacing=1.0)
    tag(paper, "{%p endif %}")
    _say(
        paper,
        ("Thông tin đăng nhập của điểm cầu: ", "i"),
        "tên đăng nhập ",
        ("{{ ten_dang_nhap }}", "b"),
        "; mật khẩu {{ cach_nhan_mat_khau }}.{% if huong_dan %} {{ huong_dan }}{% endif %}",
    )
    _say(
        paper,
        "Buổi tiếp được ghi âm, ghi hình theo Điều 24 Nghị định số 154/2026/NĐ-CP. Đề nghị đăng ký người dự và xác "
        "nhận tham dự. Hỗ trợ kỹ thuật: {{ ky_thuat }}{% if dien_thoai %}, điện thoại "
        "{{ dien_thoai }}{% endif %}./.",
        keep=True,
    )
    blocks.signature(paper)
    return paper


def citizen_notice() -> Docx:
    paper = sheet()
    blocks.head(paper, numbered=True)
    blocks.title(paper, CITIZEN_NOTICE)
    line(paper, "Kính gửi: Ông (bà) {{ cong_dan }}", align="center", size=BODY, after=0)
    tag(paper, "{%p if dia_chi %}")
    line(paper, "Địa chỉ: {{ dia_chi }}", align="center", size=BODY, after=0)
    tag(paper, "{%p endif %}")
    line(paper, align="left", size=6, after=6)
    say(
        paper,
        "{% if can_cu %}Căn cứ Luật Tiếp công dân và {{ can_cu }}, {% endif %}{{ co_quan }} thông báo để ông (bà) được "
        "biết và đến dự buổi tiếp công dân trực tuyến ({{ so_buoi }}) như sau:",
    )
    say(paper, "1. Nội dung: {{ noi_dung }}.")
    say(paper, "2. Thời gian: {{ thoi_gian }}.")
    say(paper, "3. Địa điểm: {{ diem_cau_ten }}, {{ diem_cau_dia_chi }}.")
    say(paper, "4. Người chủ trì: {{ chu_tri }}, {{ chuc_vu_chu_tri }}.")
    say(paper, "5. Khi đến, ông (bà) mang theo: {{ giay_to_mang_theo }}.")
    say(paper, "6. {{ ghi_am }}")
    say(
        paper,
        "Nếu cần đổi điểm cầu, cần người phiên dịch hoặc hỗ trợ đi lại, ông (bà) "
        "{% if dien_thoai %}gọi số {{ dien_thoai }}{% else %}báo cho {{ co_quan }}{% endif %}./.",
        keep=True,
    )
    blocks.signature(paper)
    return paper


def posting() -> Docx:
    paper = sheet()
    blocks.head(paper, numbered=True)
    blocks.title(paper, POSTING)
    say(
        paper,
        "{% if can_cu %}Căn cứ Luật Tiếp công dân và {{ can_cu }}, {% endif %}{{ co_quan }} thông báo lịch tiếp công "
        "dân trực tuyến ({{ so_buoi }}{% if phien_ban %}, phiên bản {{ phien_ban }}, thay lịch đã niêm yết{% endif %}) "
        "như sau:",
    )
    say(paper, "1. Thời gian: {{ thoi_gian }}.")
    say(paper, "2. Người chủ trì: {{ chuc_vu_chu_tri }}.")
    say(paper, "3. Nội dung tiếp công dân:", keep=True)
    each(paper, "viec in vu_viec_cong_khai", "- {{ viec }}" + blocks.STOP)
    say(paper, "4. Điểm cầu mà công dân được đến:", keep=True)
    listing(
        paper,
        (
            ("Điểm cầu", 62, "{{ cau.ten }}", "left"),
            ("Loại", 30, "{{ cau.loai }}", "center"),
            ("Địa chỉ", 73, "{{ cau.dia_chi }}", "left"),
        ),
        "cau in diem_cau_cong_khai",
    )
    line(paper, align="left", size=6, after=0)
    tag(paper, "{%p if co_quan_tham_du %}")
    say(paper, "5. Cơ quan tham dự:", keep=True)
    each(paper, "noi in co_quan_tham_du", "- {{ noi }}" + blocks.STOP)
    tag(paper, "{%p endif %}")
    say(
        paper,
        "Buổi tiếp được ghi âm, ghi hình theo Điều 24 Nghị định số 154/2026/NĐ-CP. Công dân cần hỏi thêm hoặc đăng ký "
        "điểm cầu, {% if dien_thoai %}gọi số {{ dien_thoai }}{% else %}liên hệ {{ co_quan }}{% endif %}./.",
        keep=True,
    )
    blocks.signature(paper)
    return paper


def credential_slip() -> Docx:
    """Half a page to be folded; the password is written by hand, it is never stored."""
    paper = sheet()
    blocks.head(paper, numbered=False, dated=False)
    blocks.title(paper, CREDENTIAL_SLIP)
    width = text_width(paper)
    table = grid(paper, (55, width - 55), 5, bordered=True)
    rows = (
        ("Điểm cầu", "{{ diem_cau_ten }}"),
        ("Tên đăng nhập", "{{ ten_dang_nhap }}"),
        ("Mật khẩu (ghi tay)", "_ _ _ _  –  _ _ _ _  –  _ _ _ _"),
        ("Có hiệu lực", "từ {{ hieu_luc_tu }} đến {{ hieu_luc_den }}"),
        ("Hỗ trợ kỹ thuật", "{{ dien_thoai }}"),
    )
    for row, (label, words) in zip(table.rows, rows, strict=True):
        line(row.cells[0], label, align="left", size=BODY, after=6, before=6)
        line(row.cells[1], (words, "b"), align="left", size=BODY, after=6, before=6)
    line(paper, align="left", size=6, after=0)
    say(
        paper,
        "Người nhận phiếu không cho người khác biết mật khẩu. Mất phiếu hoặc nghi lộ mật khẩu thì gọi ngay điểm cầu "
        "trung tâm để cấp lại; mật khẩu cũ hết hiệu lực ngay.",
    )
    blocks.two_hands(paper, ("NGƯỜI NHẬN", "(Ký, ghi rõ họ tên)", ""), ("NGƯỜI GIAO", "(Ký, ghi rõ họ tên)", ""))
    return paper


def point_guide() -> Docx:
    paper = sheet()
    blocks.head(paper, numbered=False, dated=False)
    blocks.title(paper, POINT_GUIDE)
    say(paper, ("Điểm cầu: ", "b"), "{{ diem_cau_ten }}")
    say(paper, ("Thời gian buổi tiếp: ", "b"), "{{ thoi_gian }}")
    tag(paper, "{%p if lich_kiem_thu %}")
    say(paper, ("Lịch kiểm thử", "b"), keep=True)
    each(paper, "lan in lich_kiem_thu", "- {{ lan }}" + blocks.STOP)
    tag(paper, "{%p endif %}")
    say(paper, ("Các bước thực hiện", "b"), keep=True)
    each(paper, "buoc in cac_buoc", "{{ loop.index }}. {{ buoc }}")
    rule(paper, text_width(paper), text_width(paper), after=6)
    say(
        paper,
        ("Khi cần hỗ trợ, gọi điểm cầu trung tâm{% if dien_thoai %}: {{ dien_thoai }}{% else %}.{% endif %}", "b"),
        indent=0,
    )
    return paper


def handover() -> Docx:
    """Mẫu 1.9, Phụ lục III NĐ 30/2020; what only the moment knows is written by hand."""
    paper = sheet()
    blocks.head(paper, numbered=False, dated=False)
    blocks.title(paper, HANDOVER)
    by_hand = {"align": "left", "spacing": 1.3}
    say(paper, "Hồi …… giờ …… phút, ngày …… tháng …… năm ………, tại …………", **by_hand)
    say(
        paper,
        "1. Bên giao: {{ co_quan }}; người giao: {{ ben_giao }}"
        "{% if chuc_vu_ben_giao %}, {{ chuc_vu_ben_giao }}{% endif %}.",
    )
    say(paper, "2. Bên nhận: {{ ben_nhan }}{% if dia_chi %}, {{ dia_chi }}{% endif %}.")
    say(paper, "Người trực tiếp nhận: …………………………………………………", **by_hand)
    say(paper, "Chức vụ hoặc quan hệ với người được gửi: ……………………………", **by_hand)
    say(
        paper,
        "3. Văn bản giao: 01 bản {{ ten_van_ban }} số {{ so_van_ban }} {{ ngay_van_ban_giao }} về buổi tiếp công dân "
        "trực tuyến {{ so_buoi }}, {{ thoi_gian }}.",
    )
    say(paper, "4. Ý kiến của bên nhận (dự hay không dự; họ tên, chức vụ người dự):", **by_hand)
    for _ in range(3):
        say(paper, "……………………………………………………………………………", indent=0, **by_hand)
    say(
        paper,
        "Biên bản được lập thành 02 bản, mỗi bên giữ 01 bản"
        "{% if dien_thoai %}. Điện thoại liên hệ: {{ dien_thoai }}{% endif %}./.",
        keep=True,
    )
    blocks.two_hands(
        paper,
        ("NGƯỜI NHẬN", "(Ký, ghi rõ họ tên)", ""),
        ("NGƯỜI GIAO", "(Ký, ghi rõ họ tên)", "{{ ben_giao }}"),
    )
    return paper
