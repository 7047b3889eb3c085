"""Papers that go out: giấy mời (Mẫu 1.7), thông báo cho công dân, niêm yết, phiếu tài khoản, hướng dẫn."""

from __future__ import annotations

from docx.document import Document as Docx

from tiepdan.documents.kinds.plan import CITIZEN_NOTICE, CREDENTIAL_SLIP, INVITATION, POINT_GUIDE, POSTING
from tiepdan.documents.layout import blocks
from tiepdan.documents.layout.page import BODY, each, grid, line, listing, rule, say, sheet, tag, text_width


def invitation() -> Docx:
    """Mẫu 1.7, Phụ lục III NĐ 30/2020."""
    paper = sheet()
    blocks.head(paper, numbered=True)
    blocks.title(paper, INVITATION)
    say(paper, "{{ co_quan }} trân trọng kính mời: {{ kinh_moi }}.")
    say(paper, "Tới dự: {{ tieu_de }}, {{ loai_buoi }} bằng hình thức trực tuyến ({{ so_buoi }}).")
    say(paper, "Chủ trì: {{ chu_tri }}, {{ chuc_vu_chu_tri }}.")
    say(paper, "Thời gian: {{ thoi_gian }}.")
    say(paper, "Địa điểm: {{ diem_cau_ten }}, {{ diem_cau_dia_chi }}. Điểm cầu trung tâm: {{ dia_diem }}.")
    say(paper, ("Các điểm cầu tham gia:", "i"), keep=True)
    each(paper, "cau in danh_sach_diem_cau", "- {{ cau }}" + blocks.STOP)
    tag(paper, "{%p if lich_kiem_thu %}")
    say(paper, ("Lịch kiểm thử kết nối:", "i"), keep=True)
    each(paper, "lan in lich_kiem_thu", "- {{ lan }}" + blocks.STOP)
    tag(paper, "{%p endif %}")
    say(
        paper,
        ("Thông tin đăng nhập của điểm cầu: ", "i"),
        "tên đăng nhập ",
        ("{{ ten_dang_nhap }}", "b"),
        "; mật khẩu nhận {{ cach_nhan_mat_khau }}.",
    )
    tag(paper, "{%p if huong_dan %}")
    say(paper, "{{ huong_dan }}")
    tag(paper, "{%p endif %}")
    say(
        paper,
        "Buổi tiếp được ghi âm, ghi hình theo Điều 24 Nghị định số 154/2026/NĐ-CP. Hỗ trợ kỹ thuật: {{ ky_thuat }}, "
        "điện thoại {{ dien_thoai }}./.",
        keep=True,
    )
    blocks.signature(paper)
    return paper


def citizen_notice() -> Docx:
    paper = sheet()
    blocks.head(paper, numbered=True)
    blocks.title(paper, CITIZEN_NOTICE)
    line(paper, "Kính gửi: Ông (bà) {{ cong_dan }}", align="center", size=BODY, after=0)
    line(paper, "Địa chỉ: {{ dia_chi }}", align="center", size=BODY, after=12)
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
        "Nếu cần đổi điểm cầu, cần người phiên dịch hoặc hỗ trợ đi lại, ông (bà) gọi số {{ dien_thoai }}./.",
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
        "dân trực tuyến ({{ so_buoi }}{% if phien_ban %}, lịch phiên bản {{ phien_ban }}{% endif %}) như sau:",
    )
    say(paper, "1. Thời gian: {{ thoi_gian }}.")
    say(paper, "2. Người chủ trì: {{ chuc_vu_chu_tri }}.")
    say(paper, "3. Nội dung tiếp công dân:", keep=True)
    each(paper, "viec in vu_viec_cong_khai", "- {{ viec }}" + blocks.STOP)
    say(paper, "4. Điểm cầu mà công dân được đến:", keep=True)
    listing(
        paper,
        (
            ("Điểm cầu", 60, "{{ cau.ten }}", "left"),
            ("Loại", 35, "{{ cau.loai }}", "left"),
            ("Địa chỉ", 70, "{{ cau.dia_chi }}", "left"),
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
        "điểm cầu, gọi số {{ dien_thoai }}./.",
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
    say(paper, ("Khi cần hỗ trợ, gọi điểm cầu trung tâm: {{ dien_thoai }}", "b"), indent=0)
    return paper
