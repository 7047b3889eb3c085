"""Papers that prepare a reception: báo cáo, kế hoạch, kịch bản."""

from __future__ import annotations

from docx.document import Document as Docx

from tiepdan.documents.kinds.plan import LEADERS_REPORT, PLAN_PAPER, SCRIPT
from tiepdan.documents.layout import blocks
from tiepdan.documents.layout.page import each, line, listing, say, sheet, tag


def leaders_report() -> Docx:
    paper = sheet()
    blocks.head(paper, numbered=True)
    blocks.title(paper, LEADERS_REPORT)
    tag(paper, "{%p if kinh_gui %}")
    blocks.addressed(paper)
    tag(paper, "{%p endif %}")
    say(
        paper,
        "{% if can_cu %}Thực hiện {{ can_cu }}, kính{% else %}Kính{% endif %} báo cáo và xin ý kiến về việc tổ chức "
        "{{ loai_buoi }} bằng hình thức trực tuyến như sau:",
    )
    _frame(paper)
    _matters(paper, "2. Vụ việc dự kiến tiếp")
    _halls(paper, "3. Điểm cầu và thành phần tham dự")
    _dates(paper, "4. Các mốc chuẩn bị")
    say(paper, ("5. Nội dung xin ý kiến", "b"), keep=True)
    say(
        paper,
        "Đề nghị cho ý kiến về thời gian, người chủ trì, vụ việc, điểm cầu và thành phần nêu trên để hoàn thiện kế "
        "hoạch, kịch bản trước khi công bố lịch tiếp công dân./.",
        keep=True,
    )
    blocks.signature(paper)
    return paper


def plan() -> Docx:
    paper = sheet()
    blocks.head(paper, numbered=True)
    blocks.title(paper, PLAN_PAPER)
    say(
        paper,
        "{% if can_cu %}Thực hiện {{ can_cu }}, {% endif %}{{ co_quan }} ban hành kế hoạch tổ chức {{ loai_buoi }} "
        "bằng hình thức trực tuyến như sau:",
    )
    _frame(paper)
    _matters(paper, "2. Vụ việc")
    _halls(paper, "3. Điểm cầu và thành phần tham dự")
    _dates(paper, "4. Tiến độ chuẩn bị")
    say(paper, ("5. Tổ chức thực hiện", "b"), keep=True)
    say(
        paper,
        "a) Cơ quan tham mưu chuẩn bị báo cáo, hồ sơ vụ việc và có mặt tại điểm cầu trung tâm trong suốt buổi tiếp.",
    )
    say(
        paper,
        "b) Đơn vị quản lý điểm cầu bố trí phòng, thiết bị, đường truyền, người vận hành; tham gia kiểm thử đúng lịch.",
    )
    say(
        paper,
        "c) Buổi tiếp được ghi âm, ghi hình toàn bộ theo Điều 24 Nghị định số 154/2026/NĐ-CP. Đầu mối kỹ thuật: "
        "{{ ky_thuat }}{% if dien_thoai %}, điện thoại {{ dien_thoai }}{% endif %}.",
    )
    say(
        paper,
        "Trong quá trình thực hiện, nếu có vướng mắc, các cơ quan, đơn vị báo cáo về {{ co_quan }} để xem xét, chỉ "
        "đạo./.",
        keep=True,
    )
    blocks.signature(paper)
    return paper


def script() -> Docx:
    """A wide table, so the page lies on its side (khoản 2 Mục I Phần I Phụ lục I NĐ 30/2020)."""
    paper = sheet(landscape=True)
    blocks.head(paper, numbered=False)
    blocks.title(paper, SCRIPT)
    say(paper, ("Nội dung: ", "b"), "{{ tieu_de }} ({{ so_buoi }}).")
    say(paper, ("Thời gian: ", "b"), "{{ thoi_gian }}. ", ("Chủ trì: ", "b"), "{{ chu_tri }}.", keep=True)
    listing(
        paper,
        (
            ("TT", 12, "{{ muc_con.stt }}", "center"),
            ("Giờ", 18, "{{ muc_con.gio }}", "center"),
            ("Phút", 16, "{{ muc_con.phut }}", "center"),
            ("Giai đoạn", 32, "{{ muc_con.giai_doan }}", "left"),
            ("Nội dung", 50, "{{ muc_con.noi_dung }}", "left"),
            ("Người nói", 30, "{{ muc_con.nguoi_noi }}", "left"),
            ("Điểm cầu", 30, "{{ muc_con.diem_cau }}", "left"),
            ("Lời dẫn", 64, "{{ muc_con.loi_dan }}", "left"),
        ),
        "muc_con in muc",
    )
    line(paper, align="left", size=6, after=0)
    # A line of text below the table: it goes with the signature onto the next page, which no table row would.
    say(paper, ("Tổng thời gian: ", "b"), "{{ tong_phut }} phút./.", keep=True)
    blocks.signature(paper)
    return paper


def _frame(paper: Docx) -> None:
    say(paper, ("1. Thời gian, địa điểm, người chủ trì", "b"), keep=True)
    say(paper, "a) Buổi tiếp: {{ tieu_de }} ({{ so_buoi }}).")
    say(paper, "b) Thời gian: {{ thoi_gian }}.")
    say(paper, "c) Địa điểm (điểm cầu trung tâm): {{ dia_diem }}.")
    say(paper, "d) Chủ trì: {{ chu_tri }}, {{ chuc_vu_chu_tri }}. Thư ký: {{ thu_ky }}.")


def _matters(paper: Docx, heading: str) -> None:
    say(paper, (heading, "b"), keep=True)
    listing(
        paper,
        (
            ("TT", 12, "{{ viec.stt }}", "center"),
            ("Số vụ việc", 35, "{{ viec.so }}", "center"),
            ("Nội dung", 68, "{{ viec.noi_dung }}", "left"),
            ("Cơ quan tham mưu", 50, "{{ viec.co_quan_tham_muu }}", "left"),
        ),
        "viec in vu_viec",
    )
    line(paper, align="left", size=6, after=0)


def _halls(paper: Docx, heading: str) -> None:
    say(paper, (heading, "b"), keep=True)
    tag(paper, "{%p for cau in diem_cau %}")
    say(
        paper,
        "{{ cau.chu }}) ",
        ("{{ cau.ten }}", "i"),
        "{% if cau.loai %} ({{ cau.loai }}){% endif %}: {{ cau.dia_chi }}."
        "{% if cau.nguoi_van_hanh %} Người vận hành: {{ cau.nguoi_van_hanh }}"
        "{% if cau.dien_thoai %}, điện thoại {{ cau.dien_thoai }}{% endif %}."
        "{% elif cau.dien_thoai %} Điện thoại: {{ cau.dien_thoai }}.{% endif %}",
        keep=True,
    )
    each(
        paper,
        "nguoi in cau.thanh_phan",
        "- {{ nguoi.ho_ten }}{% if nguoi.chuc_vu %}, {{ nguoi.chuc_vu }}{% endif %}"
        "{% if nguoi.vai_tro %} ({{ nguoi.vai_tro }}){% endif %}" + blocks.STOP,
    )
    tag(paper, "{%p endfor %}")


def _dates(paper: Docx, heading: str) -> None:
    tag(paper, "{%p if moc %}")
    say(paper, (heading, "b"), keep=True)
    listing(
        paper,
        (
            ("Việc", 75, "{{ buoc.viec }}", "left"),
            ("Thời hạn", 45, "{{ buoc.han }}", "left"),
            ("Căn cứ", 45, "{{ buoc.can_cu }}", "left"),
        ),
        "buoc in moc",
    )
    line(paper, align="left", size=6, after=0)
    tag(paper, "{%p endif %}")
