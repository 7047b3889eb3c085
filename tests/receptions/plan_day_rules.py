"""More rows for test_plan_law: the day, the equipment, the people, the script, the group."""

from __future__ import annotations

from datetime import date

from tests import cast
from tests import reception_cast as stage
from tests.receptions.plan_rules import Change, case, on_day, other, row
from tiepdan.accounts.models import Post
from tiepdan.points.models import Capacity, EquipmentCheck, Point
from tiepdan.receptions.models import AgendaItem, ReceptionPoint, Seat
from tiepdan.receptions.warnings import CARE, STOP

DAY_ROWS: list[tuple[str, str, Change, str, str, str]] = [
    (
        "khoản 1 Điều 22 NĐ 154/2026",
        "who advises is of the agency that advises on this matter",
        lambda of: Seat.objects.filter(hall__reception=of, role="advisor").update(agency=cast.commune()),
        "advisor:",
        STOP,
        "Vụ việc VV-2026-0041: chưa có người của Sở Nông nghiệp và Môi trường.",
    ),
    (
        "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP; khoản 4 Điều 24 Luật Tiếp công dân",
        "five working days are over, nothing is published",
        lambda of: row(of, **on_day(date(2026, 12, 11))),
        "notice_late",
        STOP,
        "Đã quá hạn niêm yết và thông báo (thứ Sáu 04/12/2026)",
    ),
    (
        "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP; khoản 4 Điều 24 Luật Tiếp công dân",
        "an ad-hoc reception keeps its missed milestone",
        lambda of: row(of, kind="adhoc", adhoc_reason="Văn bản số 9: đoàn đông người.", **on_day(date(2026, 12, 9))),
        "notice_adhoc",
        CARE,
        "Không đạt mốc niêm yết, thông báo – tiếp đột xuất theo lý do của người đứng đầu.",
    ),
    (
        "điểm c khoản 2 Điều 18 NĐ 154/2026",
        "no camera that takes the whole hall",
        lambda of: Point.objects.filter(slug=stage.COMMUNE).update(cameras=0),
        "camera:",
        CARE,
        "thiếu camera ghi toàn cảnh nên chưa đủ điều kiện",
    ),
    (
        "điểm c khoản 2 Điều 18 NĐ 154/2026",
        "something broken at a hall",
        lambda of: EquipmentCheck.objects.create(
            point=of.halls.get(point__slug=stage.COMMUNE).point,
            part="camera",
            condition="broken",
            note="Không lên hình",
            checked_on=date(2026, 12, 1),
            made_at=stage.DESK_NOW,
            made_by=of.technician,
        ),
        "equipment:",
        CARE,
        "camera ghi toàn cảnh hỏng (Không lên hình; kiểm tra 01/12/2026)",
    ),
    (
        "khoản 2 Điều 18 NĐ 154/2026",
        "more halls than were tried",
        lambda of: Capacity.objects.create(
            agency=of.agency,
            halls=2,
            tested_on=date(2026, 12, 1),
            note="Thử",
            made_at=stage.DESK_NOW,
            made_by=of.technician,
        ),
        "capacity",
        STOP,
        "Buổi tiếp có 3 điểm cầu, nhiều hơn năng lực đã thử (2 điểm cầu, ngày 01/12/2026).",
    ),
    (
        "khoản 3 Điều 22 NĐ 154/2026",
        "a citizen who sits in another hall than the chosen one",
        lambda of: Seat.objects.filter(role="citizen").update(hall=of.halls.get(point__slug=stage.OFFICE)),
        "seat_elsewhere:",
        CARE,
        "nhưng được xếp chỗ ở điểm cầu khác",
    ),
    (
        "",
        "a day that is over",
        lambda of: row(of, **on_day(date(2026, 12, 4))),
        "past",
        STOP,
        "Thời gian tiếp thứ Sáu 04/12/2026 đã qua.",
    ),
    (
        "",
        "a hall wanted twice",
        lambda of: ReceptionPoint.objects.create(
            reception=other(of), point=Point.objects.get(slug=stage.OFFICE), is_central=True
        ),
        "hall_booked:",
        STOP,
        "Điểm cầu Sở Nông nghiệp và Môi trường đã có trong buổi tiếp BT-2026-099 của UBND tỉnh Minh Châu",
    ),
    (
        "",
        "the chair wanted twice",
        lambda of: other(of, chair=of.chair),
        "person_booked:",
        STOP,
        "Nguyễn Đức Ân (người chủ trì) đã có trong buổi tiếp BT-2026-099",
    ),
    (
        "",
        "the secretary wanted twice",
        lambda of: other(of, secretary=of.secretary),
        "person_booked:",
        STOP,
        "Lê Thị Mai (thư ký) đã có trong",
    ),
    (
        "",
        "the technician wanted twice",
        lambda of: other(of, technician=of.technician),
        "person_booked:",
        STOP,
        "(kỹ thuật)",
    ),
    (
        "",
        "somebody seated wanted twice",
        lambda of: Seat.objects.create(
            hall=ReceptionPoint.objects.create(reception=other(of), point=stage.point("hall-khac"), is_central=True),
            full_name=of.secretary.full_name,
            person=of.secretary,
        ),
        "person_booked:",
        STOP,
        "Lê Thị Mai (thư ký) đã có trong",
    ),
    (
        "",
        "two seats for one person",
        lambda of: Seat.objects.create(
            hall=of.halls.get(point__slug=stage.OFFICE), full_name=of.chair.full_name, person=of.chair
        ),
        "person_twice:",
        STOP,
        "được xếp cùng lúc ở",
    ),
    (
        "khoản 5 Điều 12 Luật Tiếp công dân",
        "the head receives in person: a deputy's day does not count",
        lambda of: row(of, is_delegated=True),
        "delegated:",
        CARE,
        "là cấp phó («ủy quyền»)",
    ),
    (
        "khoản 5 Điều 12 Luật Tiếp công dân",
        "the province's head: one day a month",
        lambda of: row(of, is_delegated=True),
        "head_days:2026-12",
        CARE,
        "Tháng 12/2026 người đứng đầu mới có 0/1 ngày tiếp",
    ),
    (
        "khoản 1 Điều 22 NĐ 154/2026",
        "who receives still holds the post on the day",
        lambda of: Post.objects.filter(person=of.chair).update(valid_to=date(2026, 12, 16)),
        "chair_post:",
        STOP,
        "không còn giữ vị trí được chủ trì",
    ),
    (
        "",
        "a year whose table nobody confirmed",
        lambda of: row(of, **on_day(date(2031, 3, 5))),
        "provisional",
        CARE,
        "Năm 2031 chưa có lịch nghỉ được xác nhận; các mốc thời hạn là tạm tính.",
    ),
    (
        "khoản 1 Điều 4 Quy chế kèm theo QĐ 764/QĐ-UBND",
        "the pilot has no ground for denunciations",
        lambda of: (row(of, profile="qd764-2025"), case(of, kind="denunciation")),
        "pilot_kind:",
        STOP,
        "bộ quy tắc QĐ 764 không có căn cứ cho vụ việc tố cáo",
    ),
    (
        "khoản 4 Điều 22 NĐ 154/2026",
        "a crowd sends representatives",
        lambda of: case(of, people_count=5),
        "unrepresented:",
        STOP,
        "Vụ việc VV-2026-0041: đoàn 5 người về một nội dung, chưa cử người đại diện dự buổi tiếp.",
    ),
    (
        "khoản 4 Điều 22 NĐ 154/2026",
        "so do two or three, of whom the law fixes no number",
        lambda of: case(of, people_count=2),
        "unrepresented:",
        CARE,
        "Vụ việc VV-2026-0041: nhiều người về một nội dung, chưa cử người đại diện dự buổi tiếp.",
    ),
    (
        "khoản 4 Điều 21, khoản 1 Điều 12 NĐ 154/2026",
        "who comes tells the number of an identity paper",
        lambda of: of.matters.get().case.petitioners.update(paper="later", paper_number=""),
        "no_paper:",
        CARE,
        "Vụ việc VV-2026-0041: công dân dự buổi tiếp chưa cung cấp số giấy tờ.",
    ),
    (
        "khoản 1 Điều 24 NĐ 154/2026",
        "the script tells everybody that they are recorded",
        lambda of: AgendaItem.objects.create(reception=of, title="Công dân trình bày", minutes=20, stage="citizen"),
        "script_notice",
        STOP,
        "Thiếu mục thông báo ghi âm, ghi hình.",
    ),
    (
        "điểm a khoản 1 Điều 7 Luật Tiếp công dân",
        "the citizen speaks before the conclusion",
        lambda of: (
            AgendaItem.objects.create(reception=of, title="Kết luận", minutes=5, stage="conclusion", order=1),
            AgendaItem.objects.create(reception=of, title="Trình bày", minutes=5, stage="citizen", order=2),
        ),
        "script_order",
        STOP,
        "Mục «Kết luận» phải đứng sau mục «Công dân trình bày».",
    ),
]
