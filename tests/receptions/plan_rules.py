"""What NĐ 154/2026 Điều 16–24 and QĐ 764 Điều 4–6 ask of a plan: rows for test_plan_law."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests import case_cast, cast
from tests import reception_cast as stage
from tiepdan.accounts.rules import Role
from tiepdan.cases.models import Case
from tiepdan.receptions.models import AgendaItem, Reception, Seat
from tiepdan.receptions.warnings import CARE, STOP

Change = Callable[[Reception], Any]


def seats(of: Reception, **wanted: Any) -> Any:
    return Seat.objects.filter(hall__reception=of, **wanted)


def row(of: Reception, **fields: Any) -> None:
    Reception.objects.filter(pk=of.pk).update(**fields)


def case(of: Reception, **fields: Any) -> None:
    Case.objects.filter(matters__reception=of).update(**fields)


def other(of: Reception, **fields: Any) -> Reception:
    """Another reception at the same time with people and halls of its own, but for `fields`."""
    people = {name: cast.person(f"ban-{name}", f"Người {name}", Role.CHAIR) for name in ("a", "b", "c")}
    facts = {"chair": people["a"], "secretary": people["b"], "technician": people["c"], **fields}
    return stage.planned("BT-2026-099", halls=False, matter=False, **facts)


def group(of: Reception) -> None:
    """Twelve people about one matter, six of whom are seated."""
    matter = of.matters.get()
    case(of, people_count=12)
    hall = of.halls.get(point__slug=stage.COMMUNE)
    for n in range(2, 7):
        one = case_cast.petitioner(matter.case, f"Trần Thị Số {n}", number=f"03608500{n:04d}")
        Seat.objects.create(hall=hall, full_name=one.full_name, role="citizen", petitioner=one)


def on_day(day: date) -> dict[str, datetime]:
    start = datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC)
    return {"starts_at": start, "ends_at": start + timedelta(hours=2, minutes=30)}


def tet(of: Reception) -> None:
    stage.day_off(date(2027, 2, 8), "Tết Nguyên đán")
    row(of, **on_day(date(2027, 2, 8)))


# what the page cites · the rule · what differs from a plan in order · the warning's code · its level · its words
ROWS: list[tuple[str, str, Change, str, str, str]] = [
    (
        "khoản 1 Điều 16 NĐ 154/2026",
        "a place that meets the conditions of Điều 18",
        lambda of: stage.out_of_use(stage.COMMUNE),
        "inactive:",
        STOP,
        "Điểm cầu Xã Thanh Lộc đã ngừng sử dụng. Chọn điểm cầu thay thế.",
    ),
    (
        "khoản 1 Điều 17 NĐ 154/2026",
        "in proper form: on a working day, no Saturday",
        lambda of: row(of, **on_day(date(2026, 12, 19))),
        "day_off",
        CARE,
        "Thứ Bảy 19/12/2026 không phải ngày làm việc (ngày nghỉ hằng tuần).",
    ),
    (
        "khoản 1 Điều 17 NĐ 154/2026",
        "in proper form: not during Tết",
        tet,
        "day_off",
        CARE,
        "Thứ Hai 08/02/2027 không phải ngày làm việc (Tết Nguyên đán).",
    ),
    (
        "khoản 1 Điều 17 NĐ 154/2026",
        "in time: the script fits",
        lambda of: AgendaItem.objects.create(reception=of, title="Đối thoại", minutes=151),
        "script_long",
        CARE,
        "Kịch bản dài 151 phút, buổi tiếp chỉ có 150 phút.",
    ),
    (
        "khoản 1 Điều 17 NĐ 154/2026",
        "in time: the matters fit",
        lambda of: of.matters.update(minutes=200),
        "matters_long",
        CARE,
        "Các vụ việc cần 200 phút, buổi tiếp chỉ có 150 phút.",
    ),
    (
        "khoản 2 Điều 12 NĐ 154/2026",
        "the list that khoản 3 Điều 19 makes public names nobody",
        lambda of: of.matters.update(public_title=f"Khiếu nại của {case_cast.NAME}"),
        "personal",
        STOP,
        f"Danh mục công khai còn dữ liệu cá nhân: «{case_cast.NAME}». Hãy bỏ trước khi công bố.",
    ),
    (
        "Điều 20 NĐ 154/2026",
        "some matter on which the head decided",
        lambda of: of.matters.all().delete(),
        "no_matter",
        STOP,
        "Chưa có vụ việc trong buổi tiếp. Thêm vụ việc đã được đồng ý.",
    ),
    (
        "Điều 20 NĐ 154/2026",
        "only what the head agreed to",
        lambda of: case(of, state="refused"),
        "case_state:",
        STOP,
        "Vụ việc VV-2026-0041 đang ở trạng thái «Từ chối tiếp»",
    ),
    (
        "khoản 4 Điều 20 NĐ 154/2026",
        "nobody who asks to stay unknown",
        lambda of: case(of, kind="denunciation", is_protected=True),
        "protected:",
        STOP,
        "người tố cáo yêu cầu bảo vệ danh tính (khoản 4 Điều 20 NĐ 154/2026)",
    ),
    (
        "khoản 4 Điều 3 NĐ 154/2026",
        "exactly one central hall",
        lambda of: of.halls.update(is_central=False),
        "central",
        STOP,
        "Phải có đúng một điểm cầu trung tâm.",
    ),
    (
        "khoản 5 Điều 3 NĐ 154/2026",
        "some other hall",
        lambda of: (of.matters.all().delete(), of.halls.filter(is_central=False).delete()),
        "component",
        STOP,
        "Chưa chọn điểm cầu thành phần.",
    ),
    (
        "khoản 1 Điều 22 NĐ 154/2026",
        "who receives sits at the centre",
        lambda of: seats(of, role="chair").delete(),
        "central_chair",
        STOP,
        "Điểm cầu trung tâm phải có người chủ trì và cơ quan được giao tham mưu (khoản 1 Điều 22 NĐ 154/2026).",
    ),
    (
        "khoản 1 Điều 22 NĐ 154/2026",
        "who receives is not absent",
        lambda of: seats(of, role="chair").update(absence="Đi họp Chính phủ"),
        "central_chair",
        STOP,
        "Chưa có chỗ ngồi của người chủ trì.",
    ),
    (
        "khoản 1 Điều 22 NĐ 154/2026",
        "who advises sits at the centre",
        lambda of: seats(of, role="advisor").delete(),
        "advisor:",
        STOP,
        "Vụ việc VV-2026-0041: chưa có người của Sở Nông nghiệp và Môi trường.",
    ),
    (
        "khoản 1 Điều 22 NĐ 154/2026",
        "who advises sits at no other hall",
        lambda of: seats(of, role="advisor").update(hall=of.halls.get(point__slug=stage.OFFICE)),
        "advisor:",
        STOP,
        "khoản 1 Điều 22 NĐ 154/2026",
    ),
    (
        "khoản 2 Điều 22 NĐ 154/2026",
        "somebody at every other hall",
        lambda of: seats(of, hall__point__slug=stage.OFFICE).delete(),
        "empty:",
        CARE,
        "Điểm cầu Sở Nông nghiệp và Môi trường chưa có thành phần tham dự.",
    ),
    (
        "khoản 3 Điều 22 NĐ 154/2026",
        "the citizen chooses the hall",
        lambda of: of.matters.update(chosen=None),
        "not_chosen:",
        CARE,
        "Công dân của vụ việc VV-2026-0041 chưa chọn điểm cầu tham dự.",
    ),
    (
        "khoản 3 Điều 22 NĐ 154/2026",
        "the chosen hall attends the matter",
        lambda of: of.matters.get().halls.remove(of.halls.get(point__slug=stage.COMMUNE)),
        "chosen_out:",
        STOP,
        "chọn Xã Thanh Lộc, nhưng điểm cầu này không dự vụ việc đó",
    ),
    (
        "khoản 3 Điều 22 NĐ 154/2026",
        "the citizen has a seat",
        lambda of: seats(of, role="citizen").delete(),
        "no_citizen:",
        CARE,
        "Vụ việc VV-2026-0041 chưa có công dân trong thành phần tham dự.",
    ),
    (
        "Điều 29 Luật Tiếp công dân, khoản 4 Điều 22 NĐ 154/2026",
        "of a group not more than it may send",
        group,
        "group:",
        STOP,
        "Đoàn 12 người: tối đa 05 chỗ cho người đại diện.",
    ),
    (
        "điểm đ khoản 1 Điều 7 Luật Tiếp công dân",
        "an interpreter for who needs one",
        lambda of: case(of, language="tiếng Mông"),
        "interpreter:",
        CARE,
        "cần phiên dịch (tiếng Mông)",
    ),
]
