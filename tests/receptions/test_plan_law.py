"""Every rule of NĐ 154/2026 Điều 16–24 and of QĐ 764 Điều 5–6 that concerns the plan, as a row with its citation.

A row changes a plan in which nothing is wrong, and says what the plan then shows: ■ blocks, ▲ takes a reason.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests import case_cast, cast
from tests import reception_cast as stage
from tests.reception_cast import DESK_NOW
from tiepdan.accounts.models import Post
from tiepdan.accounts.rules import Role
from tiepdan.cases.models import Case
from tiepdan.points.models import Point
from tiepdan.receptions.models import AgendaItem, Reception, ReceptionPoint, Seat
from tiepdan.receptions.queries import milestone_rows
from tiepdan.receptions.warnings import CARE, STOP, warnings

pytestmark = pytest.mark.django_db

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


# citation · what differs from a plan in order · the warning's code · its level · words of its sentence
ROWS: list[tuple[str, Change, str, str, str]] = [
    (
        "khoản 1 Điều 16, Điều 18 NĐ 154/2026: nơi đủ điều kiện",
        lambda of: Point.objects.filter(slug=stage.COMMUNE).update(is_active=False),
        "inactive:",
        STOP,
        "Điểm cầu Xã Thanh Lộc đã ngừng sử dụng. Chọn điểm cầu thay thế.",
    ),
    (
        "khoản 1 Điều 17: đúng thủ tục – ngày làm việc (thứ Bảy)",
        lambda of: row(of, **on_day(date(2026, 12, 19))),
        "day_off",
        CARE,
        "Thứ Bảy 19/12/2026 không phải ngày làm việc (ngày nghỉ hằng tuần).",
    ),
    ("khoản 1 Điều 17: Tết", tet, "day_off", CARE, "Thứ Hai 08/02/2027 không phải ngày làm việc (Tết Nguyên đán)."),
    (
        "khoản 1 Điều 17: thời gian – kịch bản dài hơn buổi tiếp",
        lambda of: AgendaItem.objects.create(reception=of, title="Đối thoại", minutes=151),
        "script_long",
        CARE,
        "Kịch bản dài 151 phút, buổi tiếp chỉ có 150 phút.",
    ),
    (
        "khoản 1 Điều 17: thời gian – các vụ việc dài hơn buổi tiếp",
        lambda of: of.matters.update(minutes=200),
        "matters_long",
        CARE,
        "Các vụ việc cần 200 phút, buổi tiếp chỉ có 150 phút.",
    ),
    (
        "khoản 3 Điều 19, Điều 24 Luật: danh mục công khai không có dữ liệu cá nhân",
        lambda of: of.matters.update(public_title=f"Khiếu nại của {case_cast.NAME}"),
        "personal",
        STOP,
        f"Danh mục công khai còn dữ liệu cá nhân: «{case_cast.NAME}». Hãy bỏ trước khi công bố.",
    ),
    (
        "Điều 20: vụ việc do người đứng đầu quyết định",
        lambda of: of.matters.all().delete(),
        "no_matter",
        STOP,
        "Chưa có vụ việc trong buổi tiếp. Thêm vụ việc đã được đồng ý.",
    ),
    (
        "Điều 20: chỉ vụ việc đã được đồng ý",
        lambda of: case(of, state="refused"),
        "case_state:",
        STOP,
        "Vụ việc VV-2026-0041 đang ở trạng thái «Từ chối tiếp»",
    ),
    (
        "khoản 4 Điều 20: người tố cáo yêu cầu bảo vệ danh tính",
        lambda of: case(of, kind="denunciation", is_protected=True),
        "protected:",
        STOP,
        "người tố cáo yêu cầu bảo vệ danh tính (khoản 4 Điều 20 NĐ 154/2026)",
    ),
    (
        "khoản 4 Điều 3: đúng một điểm cầu trung tâm",
        lambda of: of.halls.update(is_central=False),
        "central",
        STOP,
        "Phải có đúng một điểm cầu trung tâm.",
    ),
    (
        "khoản 5 Điều 3, khoản 2 Điều 22: có điểm cầu thành phần",
        lambda of: (of.matters.all().delete(), of.halls.filter(is_central=False).delete()),
        "component",
        STOP,
        "Chưa chọn điểm cầu thành phần.",
    ),
    (
        "khoản 1 Điều 22: người tiếp công dân ở điểm cầu trung tâm",
        lambda of: seats(of, role="chair").delete(),
        "central_chair",
        STOP,
        "Điểm cầu trung tâm phải có người chủ trì và cơ quan được giao tham mưu (khoản 1 Điều 22 NĐ 154/2026).",
    ),
    (
        "khoản 1 Điều 22: người chủ trì vắng mặt",
        lambda of: seats(of, role="chair").update(absence="Đi họp Chính phủ"),
        "central_chair",
        STOP,
        "Chưa có chỗ ngồi của người chủ trì.",
    ),
    (
        "khoản 1 Điều 22: cơ quan được giao tham mưu ở điểm cầu trung tâm",
        lambda of: seats(of, role="advisor").delete(),
        "advisor:",
        STOP,
        "Vụ việc VV-2026-0041: chưa có người của Sở Nông nghiệp và Môi trường.",
    ),
    (
        "khoản 1 Điều 22: tham mưu ngồi ở điểm cầu thành phần thì chưa đủ",
        lambda of: seats(of, role="advisor").update(hall=of.halls.get(point__slug=stage.OFFICE)),
        "advisor:",
        STOP,
        "khoản 1 Điều 22 NĐ 154/2026",
    ),
    (
        "khoản 2 Điều 22: điểm cầu thành phần có đại diện",
        lambda of: seats(of, hall__point__slug=stage.OFFICE).delete(),
        "empty:",
        CARE,
        "Điểm cầu Sở Nông nghiệp và Môi trường chưa có thành phần tham dự.",
    ),
    (
        "khoản 3 Điều 22: công dân chọn điểm cầu",
        lambda of: of.matters.update(chosen=None),
        "not_chosen:",
        CARE,
        "Công dân của vụ việc VV-2026-0041 chưa chọn điểm cầu tham dự.",
    ),
    (
        "khoản 3 Điều 22: điểm cầu công dân chọn phải dự vụ việc",
        lambda of: of.matters.get().halls.remove(of.halls.get(point__slug=stage.COMMUNE)),
        "chosen_out:",
        STOP,
        "chọn Xã Thanh Lộc, nhưng điểm cầu này không dự vụ việc đó",
    ),
    (
        "khoản 3 Điều 22: công dân có chỗ",
        lambda of: seats(of, role="citizen").delete(),
        "no_citizen:",
        CARE,
        "Vụ việc VV-2026-0041 chưa có công dân trong thành phần tham dự.",
    ),
    (
        "khoản 4 Điều 22, Điều 29 Luật: đoàn cử đại diện",
        group,
        "group:",
        STOP,
        "Đoàn 12 người: tối đa 05 chỗ cho người đại diện.",
    ),
    (
        "điểm đ khoản 1 Điều 7 Luật: người phiên dịch",
        lambda of: case(of, language="tiếng Mông"),
        "interpreter:",
        CARE,
        "cần phiên dịch (tiếng Mông)",
    ),
    (
        "khoản 1 Điều 23: 05 ngày làm việc đã qua khi kế hoạch chưa công bố",
        lambda of: row(of, **on_day(date(2026, 12, 11))),
        "notice_late",
        STOP,
        "Đã quá hạn niêm yết và thông báo (thứ Sáu 04/12/2026)",
    ),
    (
        "khoản 1 Điều 23: tiếp đột xuất có lý do của người đứng đầu",
        lambda of: row(of, kind="adhoc", adhoc_reason="Văn bản số 9: đoàn đông người.", **on_day(date(2026, 12, 9))),
        "notice_adhoc",
        CARE,
        "Không đạt mốc niêm yết, thông báo – tiếp đột xuất theo lý do của người đứng đầu.",
    ),
    (
        "khoản 1 Điều 23: ngày tiếp đã qua",
        lambda of: row(of, **on_day(date(2026, 12, 4))),
        "past",
        STOP,
        "Thời gian tiếp thứ Sáu 04/12/2026 đã qua.",
    ),
    (
        "điểm cầu trùng lịch",
        lambda of: ReceptionPoint.objects.create(
            reception=other(of), point=Point.objects.get(slug=stage.OFFICE), is_central=True
        ),
        "hall_booked:",
        STOP,
        "Điểm cầu Sở Nông nghiệp và Môi trường đã có trong buổi tiếp BT-2026-099 của UBND tỉnh Minh Châu",
    ),
    (
        "người chủ trì trùng lịch",
        lambda of: other(of, chair=of.chair),
        "person_booked:",
        STOP,
        "Nguyễn Đức Ân (người chủ trì) đã có trong buổi tiếp BT-2026-099",
    ),
    (
        "thư ký trùng lịch",
        lambda of: other(of, secretary=of.secretary),
        "person_booked:",
        STOP,
        "Lê Thị Mai (thư ký) đã có trong",
    ),
    ("kỹ thuật trùng lịch", lambda of: other(of, technician=of.technician), "person_booked:", STOP, "(kỹ thuật)"),
    (
        "người ngồi dự trùng lịch",
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
        "một người hai chỗ",
        lambda of: Seat.objects.create(
            hall=of.halls.get(point__slug=stage.OFFICE), full_name=of.chair.full_name, person=of.chair
        ),
        "person_twice:",
        STOP,
        "được xếp cùng lúc ở",
    ),
    (
        "khoản 5 Điều 12, Điều 18 Luật: cấp phó chủ trì",
        lambda of: row(of, is_delegated=True),
        "delegated:",
        CARE,
        "là cấp phó («ủy quyền»)",
    ),
    (
        "khoản 5 Điều 12 Luật: Chủ tịch tỉnh ít nhất 01 ngày mỗi tháng",
        lambda of: row(of, is_delegated=True),
        "head_days:2026-12",
        CARE,
        "Tháng 12/2026 người đứng đầu mới có 0/1 ngày tiếp",
    ),
    (
        "khoản 1 Điều 22: người chủ trì còn giữ vị trí vào ngày tiếp",
        lambda of: Post.objects.filter(person=of.chair).update(valid_to=date(2026, 12, 16)),
        "chair_post:",
        STOP,
        "không còn giữ vị trí được chủ trì",
    ),
    (
        "năm chưa có bảng ngày nghỉ",
        lambda of: row(of, **on_day(date(2031, 3, 5))),
        "provisional",
        CARE,
        "Năm 2031 chưa có lịch nghỉ được xác nhận; các mốc thời hạn là tạm tính.",
    ),
    (
        "Điều 4 QĐ 764: thí điểm không có căn cứ cho tố cáo",
        lambda of: (row(of, profile="qd764-2025"), case(of, kind="denunciation")),
        "pilot_kind:",
        STOP,
        "bộ quy tắc QĐ 764 không có căn cứ cho vụ việc tố cáo",
    ),
]


@pytest.fixture(autouse=True)
def _confirmed_year() -> None:
    stage.day_off(date(2026, 1, 1), "Tết Dương lịch")


def test_the_plan_from_which_the_rows_start_is_in_order() -> None:
    assert warnings(stage.planned(), DESK_NOW) == []


@pytest.mark.parametrize(("citation", "change", "code", "level", "words"), ROWS, ids=[one[0] for one in ROWS])
def test_a_rule_about_the_plan(citation: str, change: Change, code: str, level: str, words: str) -> None:
    of = stage.planned()
    before = {one.code for one in warnings(of, DESK_NOW)}
    change(of)
    found = [one for one in warnings(stage.fresh(of), DESK_NOW) if one.code.startswith(code)]
    assert found and not any(one.startswith(code) for one in before), citation
    assert {one.level for one in found} == {level}
    assert any(words in one.sentence for one in found), found


# -- what must be done before the day: example of screens S09, the reception of Thursday 17/12/2026, 08:30

NOTICE, TRIAL, CONNECTED = date(2026, 12, 10), date(2026, 12, 16), datetime(2026, 12, 17, 0, 30, tzinfo=UTC)
DATES = [
    ("nd154-2026", "notice", NOTICE, "khoản 1 Điều 23 NĐ 154/2026"),
    ("nd154-2026", "trial", TRIAL, "khoản 1 Điều 23 NĐ 154/2026"),
    ("nd154-2026", "connected", CONNECTED, "khoản 1 Điều 23 NĐ 154/2026"),
    ("qd764-2025", "notice", NOTICE, "khoản 1 Điều 23 NĐ 154/2026"),
    ("qd764-2025", "trial", TRIAL, "khoản 1 Điều 23 NĐ 154/2026"),
    ("qd764-2025", "connected", CONNECTED, "khoản 1 Điều 23 NĐ 154/2026"),
    ("qd764-2025", "leaders_report", date(2026, 12, 12), "điểm a khoản 1 Điều 6 Quy chế kèm theo QĐ 764"),
    ("qd764-2025", "invitation", date(2026, 12, 14), "điểm b khoản 1 Điều 6 Quy chế kèm theo QĐ 764"),
    ("qd764-2025", "first_test", date(2026, 12, 16), "điểm a khoản 1 Điều 6 Quy chế kèm theo QĐ 764"),
    ("qd764-2025", "second_test", datetime(2026, 12, 16, 23, 30, tzinfo=UTC), "điểm a khoản 1 Điều 6"),
]


@pytest.mark.parametrize(("profile", "code", "due", "citation"), DATES, ids=[f"{row[0]}-{row[1]}" for row in DATES])
def test_a_milestone_of_the_plan(profile: str, code: str, due: Any, citation: str) -> None:
    rows = {one.milestone.code: one for one in milestone_rows(stage.planned(profile=profile), DESK_NOW)}
    assert rows[code].due == due and rows[code].milestone.citation.startswith(citation)
    assert not rows[code].is_late


def test_the_pilot_takes_no_milestone_of_the_law_away() -> None:
    law = {one.milestone.code for one in milestone_rows(stage.planned(), DESK_NOW)}
    pilot = {one.milestone.code for one in milestone_rows(stage.planned("BT-2026-013", profile="qd764-2025"), DESK_NOW)}
    assert law == {"notice", "trial", "connected"} and law < pilot


def test_an_ad_hoc_reception_keeps_its_missed_milestone() -> None:
    reason = {"kind": "adhoc", "adhoc_reason": "Văn bản số 9: đoàn đông người, gay gắt."}
    of = stage.planned(**reason, **on_day(date(2026, 12, 9)))
    notice = next(one for one in milestone_rows(of, DESK_NOW) if one.milestone.code == "notice")
    assert (notice.is_late, notice.is_excused) == (True, True)
