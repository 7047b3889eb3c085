"""Papers about a case. The two forms follow the annex of NĐ 154/2026, the tờ trình Mẫu 1.4 of NĐ 30/2020."""

from __future__ import annotations

from docx.document import Document as Docx

from tiepdan.documents.kinds.desk import RECEIPT, REFUSAL, SUBMISSION, VIOLATION
from tiepdan.documents.layout import blocks
from tiepdan.documents.layout.page import each, line, listing, say, sheet, tag


def submission() -> Docx:
    paper = sheet()
    blocks.head(paper, numbered=True)
    blocks.title(paper, SUBMISSION)
    blocks.addressed(paper)
    say(paper, "Căn cứ Luật Tiếp công dân và {{ bo_quy_tac }}, kính báo cáo và đề nghị như sau:")
    say(paper, ("1. Vụ việc", "b"), keep=True)
    say(
        paper,
        "{{ loai_vu_viec }} của {{ cong_dan }} (vụ việc số {{ so_vu_viec }}; số người: {{ so_nguoi }}).",
    )
    say(paper, "Tóm tắt nội dung: {{ tom_tat }}")
    tag(paper, "{%p if qua_trinh %}")
    say(paper, ("2. Quá trình giải quyết", "b"), keep=True)
    listing(
        paper,
        (
            ("Cơ quan", 40, "{{ buoc.co_quan }}", "left"),
            ("Văn bản", 45, "{{ buoc.van_ban }}", "left"),
            ("Ngày", 25, "{{ buoc.ngay }}", "center"),
            ("Kết quả", 55, "{{ buoc.ket_qua }}", "left"),
        ),
        "buoc in qua_trinh",
    )
    line(paper, align="left", size=6, after=0)
    tag(paper, "{%p else %}")
    say(paper, ("2. Quá trình giải quyết: ", "b"), "chưa có cơ quan nào giải quyết.")
    tag(paper, "{%p endif %}")
    say(paper, ("3. Căn cứ tiếp công dân trực tuyến", "b"), keep=True)
    each(paper, "can in can_cu", "- {{ can.noi_dung }} ({{ can.dieu_khoan }}). Lý do: {{ can.ly_do }}")
    tag(paper, "{%p if y_kien %}")
    say(paper, ("4. Ý kiến đề nghị", "b"), keep=True)
    say(paper, "{{ y_kien }}", keep=True)
    tag(paper, "{%p endif %}")
    say(paper, "Kính trình xem xét, quyết định./.", keep=True)
    blocks.signature(paper)
    return paper


def refusal() -> Docx:
    """Mẫu số 01/TCD."""
    paper = sheet()
    line(paper, ("Mẫu số 01/TCD", "b"), align="right", size=12, after=6)
    blocks.head(paper, numbered=True)
    blocks.title(paper, REFUSAL)
    blocks.addressed(paper, "Ông (bà) {{ cong_dan }}")
    say(paper, "Ngày {{ ngay_den }}, ông (bà) {{ cong_dan }}")
    say(
        paper,
        "Số căn cước/giấy chứng nhận căn cước/số định danh cá nhân/số hộ chiếu (hoặc giấy tờ tùy thân): "
        "{{ so_giay_to }}{% if giay_to %} ({{ giay_to }}){% endif %}, ngày cấp: {{ ngay_cap }}, nơi cấp: {{ noi_cap }}",
    )
    say(
        paper,
        "Địa chỉ: {{ dia_chi }} đến {{ co_quan }} để {{ loai_vu_viec }} về {{ tom_tat }}.",
    )
    say(paper, "Lý do từ chối: {{ ly_do }}")
    say(
        paper,
        "Căn cứ {{ can_cu_phap_ly }}, {{ co_quan }} từ chối tiếp nhận nội dung {{ loai_vu_viec }} của ông (bà) "
        "{{ cong_dan }} và thông báo để ông (bà) được biết./.",
        keep=True,
    )
    blocks.signature(paper, hint="(Ký, ghi rõ họ tên, đóng dấu)")
    return paper


def receipt() -> Docx:
    """Mẫu số 02/TCD: no number, two signatures."""
    paper = sheet()
    line(paper, ("Mẫu số 02/TCD", "b"), align="right", size=12, after=6)
    blocks.head(paper, numbered=False)
    blocks.title(paper, RECEIPT)
    say(paper, "Vào {{ gio }} ngày {{ ngay }}, tại: {{ tai }}")
    say(paper, "Tôi là: {{ nguoi_nhan }}. Chức vụ: {{ chuc_vu_nguoi_nhan }}")
    say(paper, "Đã nhận của ông (bà): {{ cong_dan }}")
    say(
        paper,
        "Số CCCD/Hộ chiếu (hoặc giấy tờ tùy thân): {{ so_giay_to }}{% if giay_to %} ({{ giay_to }}){% endif %}, "
        "ngày cấp: {{ ngay_cap }}, nơi cấp: {{ noi_cap }}",
    )
    say(paper, "Địa chỉ: {{ dia_chi }}")
    say(paper, "các thông tin, tài liệu sau:", keep=True)
    listing(
        paper,
        (
            ("STT", 15, "{{ tep.stt }}", "center"),
            ("Tên thông tin, tài liệu", 85, "{{ tep.ten }}", "left"),
            ("Số trang", 25, "{{ tep.so_trang }}", "center"),
            ("Tình trạng", 40, "{{ tep.tinh_trang }}", "left"),
        ),
        "tep in tai_lieu",
    )
    line(paper, align="left", size=6, after=0)
    tag(paper, "{%p if thay_the %}")
    say(paper, "Giấy biên nhận này thay thế giấy biên nhận số {{ thay_the }}.")
    tag(paper, "{%p endif %}")
    say(
        paper,
        "Giấy biên nhận thông tin, tài liệu được lập thành {{ so_ban }} bản, giao cho người cung cấp thông tin, tài "
        "liệu 01 bản./.",
        keep=True,
    )
    blocks.two_hands(
        paper,
        ("NGƯỜI CUNG CẤP\nTHÔNG TIN, TÀI LIỆU", "(Ký, ghi rõ họ tên)", "{{ cong_dan }}"),
        ("NGƯỜI NHẬN", "(Ký, ghi rõ họ tên, đóng dấu nếu có)", "{{ nguoi_nhan }}"),
    )
    tag(paper, "{%p if ma_tra_cuu %}")
    # Not of the form: the public look-up page asks for what stands here.
    line(paper, ("Mã tra cứu: ", ""), ("{{ ma_tra_cuu }}", "b"), align="left", size=12, after=0)
    tag(paper, "{%p endif %}")
    return paper


def violation() -> Docx:
    """Mẫu 1.9 of NĐ 30/2020: a number, no place and date at the head; three signatures."""
    paper = sheet()
    blocks.head(paper, numbered=True, dated=False)
    blocks.title(paper, VIOLATION)
    say(paper, "Thời gian bắt đầu: {{ gio_bat_dau }}, {{ ngay_bat_dau }}")
    say(paper, "Địa điểm: {{ tai }}")
    say(paper, "Người lập biên bản: {{ nguoi_lap }}. Chức vụ: {{ chuc_vu_nguoi_lap }}")
    say(
        paper,
        "Người vi phạm: ông (bà) {{ cong_dan }}. Số căn cước/hộ chiếu (hoặc giấy tờ tùy thân): {{ so_giay_to }}"
        "{% if giay_to %} ({{ giay_to }}){% endif %}, ngày cấp: {{ ngay_cap }}, nơi cấp: {{ noi_cap }}. "
        "Địa chỉ: {{ dia_chi }}",
    )
    tag(paper, "{%p if chung_kien %}")
    say(paper, "Người chứng kiến:", keep=True)
    each(paper, "nguoi in chung_kien", "- {{ nguoi }}")
    tag(paper, "{%p endif %}")
    say(paper, ("1. Diễn biến", "b"), keep=True)
    say(paper, "{{ dien_bien }}")
    say(paper, "Hành vi vi phạm: {{ noi_dung_vi_pham }} ({{ dieu_khoan }}).")
    say(paper, ("2. Yêu cầu chấm dứt hành vi vi phạm", "b"), keep=True)
    say(paper, "{{ yeu_cau }}")
    say(paper, ("3. Ý kiến của người vi phạm", "b"), keep=True)
    say(paper, "{% if y_kien %}{{ y_kien }}{% else %}Không có ý kiến.{% endif %}")
    tag(paper, "{%p if de_nghi %}")
    say(paper, ("4. Đề nghị cơ quan chức năng", "b"), keep=True)
    say(paper, "{{ de_nghi }}")
    tag(paper, "{%p endif %}")
    say(
        paper,
        "Biên bản lập xong lúc {{ gio_ket_thuc }}, {{ ngay_ket_thuc }}, đã đọc lại cho những người có tên trên cùng "
        "nghe. Người vi phạm ký, hoặc lý do không ký: ……………………………………./.",
        keep=True,
    )
    blocks.two_hands(
        paper,
        ("NGƯỜI\nVI PHẠM", "(Ký, ghi rõ họ tên)", "{{ cong_dan }}"),
        ("NGƯỜI\nCHỨNG KIẾN", "(Ký, ghi rõ họ tên)", ""),
        ("NGƯỜI LẬP\nBIÊN BẢN", "(Ký, ghi rõ họ tên)", "{{ nguoi_lap }}"),
    )
    return paper
