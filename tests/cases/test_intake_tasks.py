"""What the intake of cases brings to «Việc của tôi hôm nay»."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests import case_cast, cast
from tiepdan.accounts import tasks
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role
from tiepdan.cases.models import Case
from tiepdan.cases.rules import State
from tiepdan.cases.tasks import MOST, intake_tasks

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 17, 1, 30, tzinfo=UTC)
TODAY = date(2026, 12, 17)


def rows(person: Person | None = None, now: datetime = NOW) -> list[tuple[str, str, date | None]]:
    return [(task.subject[:12], task.verb, task.due_day) for task in intake_tasks(person or cast.clerk(), now)]


def test_a_new_case_waits_to_be_screened() -> None:
    case_cast.case("VV-2026-0001", received_on=TODAY)
    assert rows() == [("VV-2026-0001", "Sàng lọc vụ việc", None)]


@pytest.mark.parametrize(
    ("received_on", "answered", "verbs"),
    [
        (date(2026, 12, 14), False, []),  # answer due 28/12, more than a week away
        (date(2026, 12, 10), False, ["Trả lời công dân"]),  # due 24/12
        (date(2026, 12, 1), False, ["Trả lời công dân"]),  # due 15/12: late
        (date(2026, 12, 1), True, []),
        (date(2026, 11, 17), True, ["Xử lý đơn đã nhận 30 ngày"]),
        (date(2026, 11, 18), True, []),
        (date(2026, 11, 1), True, ["Xử lý đơn đã nhận 46 ngày"]),
        (date(2026, 11, 1), False, ["Trả lời công dân", "Xử lý đơn đã nhận 46 ngày"]),
    ],
)
def test_answers_and_old_petitions(received_on: date, answered: bool, verbs: list[str]) -> None:
    """khoản 1 Điều 28 Luật Tiếp công dân; điểm b khoản 3 Điều 41 NĐ 154/2026"""
    case_cast.case(
        "VV-2026-0001", state=State.SCREENING, received_on=received_on, answered_at=case_cast.NOW if answered else None
    )
    assert [verb for _, verb, _ in rows()] == verbs
    for task in intake_tasks(cast.clerk(), NOW):
        assert task.citation and task.due_day


def test_papers_without_a_receipt() -> None:
    case = case_cast.case("VV-2026-0001", state=State.GUIDED)
    case_cast.item(case, "Đơn")
    case_cast.item(case, "Sổ đỏ")
    case_cast.item(case, "Quyết định", is_from_citizen=False)
    case_cast.item(case, "Nhập nhầm", removed_at=NOW)
    (row,) = rows()
    assert row[1].startswith("Lập giấy biên nhận cho 2 tài liệu")


def test_each_clerk_sees_their_own_and_those_of_nobody() -> None:
    other = cast.person("can-bo-2", "Lê Thị Hai", Role.CLERK)
    case_cast.case("VV-2026-0001", received_on=TODAY, officer=other)
    case_cast.case("VV-2026-0002", received_on=TODAY)
    assert [code for code, _, _ in rows()] == ["VV-2026-0002"]
    assert [code for code, _, _ in rows(other)] == ["VV-2026-0001", "VV-2026-0002"]
    for person in (cast.approver(), cast.inspector(), cast.admin(), cast.outsider(Role.CLERK)):
        assert rows(person) == []


def test_the_home_page_is_no_list(django_assert_max_num_queries: Any) -> None:
    def cases(numbers: range) -> None:
        for number in numbers:
            case = case_cast.case(f"VV-2026-{number:04d}", received_on=TODAY - timedelta(days=60))
            case_cast.item(case, "Đơn")

    cases(range(MOST))
    assert not [subject for subject, _, _ in rows() if "khác" in subject]
    cases(range(MOST, MOST + 5))
    for _ in range(2):
        person = cast.clerk()
        with django_assert_max_num_queries(16):
            found = list(intake_tasks(person, NOW))
        rest = {task.verb: task for task in found if task.is_rest}
        assert len(found) == 4 * MOST + len(rest) == 4 * MOST + 3  # the late ones wait for an answer and for the rest
        assert {task.subject for task in rest.values()} == {f"và {len(Case.objects.all()) - MOST} vụ việc khác"}
        assert rest["Sàng lọc vụ việc"].address == "/vu-viec/?state=received"
        assert rest["Trả lời công dân, xử lý đơn"].address == "/vu-viec/?late=on"
        cases(range(50, 60))


def test_what_is_not_shown_is_counted_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "COUNTED", 3)
    for number in range(MOST + 4):
        case_cast.case(f"VV-2026-{number:04d}", received_on=TODAY)
    assert rows()[-1][0] == "và hơn 3 vụ "


def test_dates_stand_before_no_date() -> None:
    """On SQLite too, where a missing value sorts first by itself."""
    case_cast.case("VV-2026-0001", received_on=TODAY)
    case_cast.case("VV-2026-0002", received_on=TODAY)
    Case.objects.filter(code="VV-2026-0001").update(next_due=None)
    assert [code for code, _, _ in rows()] == ["VV-2026-0002", "VV-2026-0001"]


def test_a_shared_dossier_that_asks_for_something_waits_for_the_agency() -> None:
    case = case_cast.case("VV-2026-0001")
    row = case_cast.share(case, until=TODAY)
    assert rows(case_cast.department_officer()) == []
    row.note = "Gửi báo cáo tham mưu"
    row.save()
    assert rows(case_cast.department_officer()) == [("VV-2026-0001", "Gửi tài liệu theo đề nghị", TODAY)]
    assert rows(case_cast.department_officer(), NOW + timedelta(days=1)) == []
