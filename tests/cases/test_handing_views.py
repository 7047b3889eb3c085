"""Pages of classifying, guiding, transferring, answering and closing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests import case_cast as stage
from tests import cast
from tiepdan.accounts.models import Person
from tiepdan.accounts.tasks import Task
from tiepdan.cases.models import Case, Handing
from tiepdan.cases.rules import Kind, State
from tiepdan.cases.tasks_decisions import find

pytestmark = pytest.mark.django_db
BASE = f"/vu-viec/{stage.CODE}/"
PAGES = ("phan-loai/", "huong-dan/", "chuyen-don/", "tra-loi/", "ket-thuc/")


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def tasks(person: Person) -> dict[str, Task]:
    return {task.verb: task for task in find(person, timezone.now())}


def today(days: int = 0) -> str:
    return f"{localdate(timezone.now()) + timedelta(days=days):%Y-%m-%d}"


def transferred(**fields: Any) -> tuple[Handing, str]:
    stage.case(**fields)
    data = {"agency": stage.department().pk, "paper": "45/PC-TCD", "wants_result": "on"}
    assert cast.browser(cast.clerk()).post(f"{BASE}chuyen-don/", data).status_code == 302
    row = Handing.objects.get(kind="transfer")
    return row, f"{BASE}chuyen-don/{row.pk}/"


@pytest.mark.parametrize("page", PAGES)
def test_strangers_and_others(page: str) -> None:
    stage.case()
    assert Client().get(BASE + page).status_code == 302
    for person in (cast.outsider(), cast.technician(), cast.approver(), cast.inspector(), stage.commune_clerk()):
        browser = cast.browser(person)
        assert (browser.get(BASE + page).status_code, browser.post(BASE + page).status_code) == (404, 404)
    assert cast.browser(cast.clerk()).get(BASE + page).status_code == 200


def test_the_buttons_stand_on_the_case_and_say_why_they_are_off() -> None:
    stage.case()
    page = text(cast.browser(cast.clerk()).get(BASE))
    for label in ("Phân loại", "Hướng dẫn", "Chuyển đơn", "Trả lời công dân", "Từ chối tiếp"):
        assert label in page
    Case.objects.update(state=State.PROPOSED, answered_at=timezone.now())
    page = text(cast.browser(cast.clerk()).get(BASE))
    assert "Đang ở trạng thái «Đã trình»." in page and "Đã trả lời công dân." in page


def test_the_table_of_the_law_is_the_form() -> None:
    stage.case(kind=Kind.RECOMMENDATION)
    browser = cast.browser(cast.clerk())
    assert "điểm b khoản 2 Điều 26 Luật Tiếp công dân" in text(browser.get(f"{BASE}phan-loai/"))
    answer = browser.post(f"{BASE}phan-loai/", {})
    assert (answer.status_code, "Chưa chọn hướng xử lý." in text(answer)) == (422, True)
    answer = browser.post(f"{BASE}phan-loai/", {"way": "other:accept"})
    assert (answer.status_code, "chỉ được chọn" in text(answer)) == (422, True)
    assert browser.post(f"{BASE}phan-loai/", {"way": "other:transfer"}).status_code == 302
    assert 'value="other:transfer" checked' in browser.get(f"{BASE}phan-loai/").content.decode()
    assert "Thuộc thẩm quyền của cơ quan khác: Chuyển đơn" in text(browser.get(BASE))


@pytest.mark.parametrize("kind", list(Kind))
def test_every_way_stands_once_in_the_form(kind: str) -> None:
    stage.case(kind=kind)
    browser = cast.browser(cast.clerk())
    page = browser.get(f"{BASE}phan-loai/").content.decode()
    assert page.count("<strong>Tách nội dung</strong>") == 1
    assert browser.post(f"{BASE}phan-loai/", {"way": "own:split"}).status_code == 422
    assert browser.post(f"{BASE}phan-loai/", {"way": "any:split"}).status_code == 302
    assert 'value="any:split" checked' in browser.get(f"{BASE}phan-loai/").content.decode()
    assert "Thuộc thẩm quyền của cơ quan nào cũng vậy: Tách nội dung" in text(browser.get(BASE))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"note": "Gửi đơn đến Tòa án."}, "Chưa chọn cơ quan có thẩm quyền"),
        ({"name": "Tòa án nhân dân tỉnh"}, "Chưa ghi nội dung hướng dẫn"),
        ({"agency": "999999", "note": "Gửi đơn."}, "Cơ quan này không còn hoạt động"),
        ({"name": "x" * 201, "note": "Gửi đơn."}, "Chỉ ghi tối đa 200 ký tự."),
    ],
)
def test_guidance_that_says_too_little_keeps_what_was_entered(data: dict[str, str], said: str) -> None:
    stage.case()
    answer = cast.browser(cast.clerk()).post(f"{BASE}huong-dan/", data)
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert data.get("note", "") in answer.content.decode()
    assert Case.objects.get().state == State.RECEIVED


def test_guidance_is_written_on_the_case() -> None:
    stage.case()
    browser = cast.browser(cast.clerk())
    data = {"name": "Tòa án nhân dân tỉnh", "note": "Khởi kiện vụ án dân sự.", "paper": "12/HD"}
    assert browser.post(f"{BASE}huong-dan/", data).status_code == 302
    page = text(browser.get(BASE))
    assert "Đã hướng dẫn" in page and "Tòa án nhân dân tỉnh, văn bản 12/HD" in page
    answer = browser.post(f"{BASE}huong-dan/", data)
    assert answer.status_code == 409


def test_a_transfer_needs_its_number() -> None:
    stage.case()
    answer = cast.browser(cast.clerk()).post(f"{BASE}chuyen-don/", {"agency": stage.department().pk})
    assert (answer.status_code, "Chưa nhập số văn bản chuyển đơn" in text(answer)) == (422, True)
    assert f'value="{stage.department().pk}" selected' in answer.content.decode()


def test_a_commune_guides_complaints_instead_of_transferring_them() -> None:
    stage.case(agency=cast.commune(), created_by=stage.commune_clerk())
    data = {"agency": stage.department().pk, "paper": "45/PC"}
    answer = cast.browser(stage.commune_clerk()).post(f"{BASE}chuyen-don/", data)
    assert answer.status_code == 409
    assert "hướng dẫn công dân đến cơ quan có thẩm quyền (điểm b khoản 1 Điều 26" in text(answer)


def test_the_two_clocks_of_a_transfer_stand_on_home() -> None:
    row, address = transferred()
    browser = cast.browser(cast.clerk())
    silent = tasks(cast.clerk())["Theo dõi, đôn đốc"]
    assert (silent.subject, silent.due) == ("1 đơn đã chuyển chưa có kết quả", None)
    assert stage.CODE in text(browser.get(silent.address))
    assert browser.post(address, {"step": "settled", "day": today()}).status_code == 302
    row.refresh_from_db()
    seven = tasks(cast.clerk())["Nhận thông báo kết quả đơn đã chuyển"]
    assert (seven.due, seven.citation) == (row.feedback_due, "khoản 2 Điều 27 Luật Tiếp công dân")
    assert "Theo dõi, đôn đốc" not in tasks(cast.clerk())
    data = {"step": "feedback", "day": today(), "result": "Công nhận."}
    assert browser.post(address, data).status_code == 302
    row.refresh_from_db()
    five = tasks(cast.clerk())["Báo công dân kết quả đơn đã chuyển"]
    assert (five.due, five.citation) == (row.citizen_due, "khoản 2 Điều 28 Luật Tiếp công dân")
    assert "Công nhận." in text(browser.get(address))
    assert browser.post(address, {"step": "told", "day": today()}).status_code == 302
    assert set(tasks(cast.clerk())) == {"Trả lời công dân"}  # khoản 1 Điều 28 is still owed
    browser.post(f"{BASE}tra-loi/", {"outcome": "passed_on", "note": "Trực tiếp."})
    assert tasks(cast.clerk()) == {}
    assert "Không có đơn đã chuyển nào đang chờ kết quả." in text(browser.get("/vu-viec/don-da-chuyen/"))


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"step": "settled", "day": ""}, 422, "Chưa nhập ngày."),
        ({"step": "settled", "day": "32/13"}, 422, "Ngày chưa đúng"),
        ({"step": "feedback", "result": "Công nhận."}, 422, "Chưa nhập ngày."),
        ({"step": "told"}, 422, ""),
    ],
)
def test_a_day_that_is_no_day(data: dict[str, str], status: int, said: str) -> None:
    _, address = transferred()
    answer = cast.browser(cast.clerk()).post(address, data)
    assert (answer.status_code, said in text(answer)) == (status, True)


@pytest.mark.parametrize("step", ["", "fly"])
def test_an_unknown_step_changes_nothing(step: str) -> None:
    row, address = transferred()
    assert cast.browser(cast.clerk()).post(address, {"step": step, "day": today()}).status_code in (404, 422)
    row.refresh_from_db()
    assert (row.resolved_on, row.told_on) == (None, None)


@pytest.mark.parametrize("who", [cast.outsider, cast.approver, stage.commune_clerk])
def test_a_transfer_is_followed_by_its_desk(who: Callable[[], Person]) -> None:
    _, address = transferred()
    assert cast.browser(who()).get(address).status_code == 404
    stage.case("VV-2026-0042")
    other = address.replace(stage.CODE, "VV-2026-0042")
    assert cast.browser(cast.clerk()).get(other).status_code == 404


def test_the_list_of_transfers_is_the_clerks() -> None:
    transferred()
    assert stage.CODE not in text(cast.browser(stage.commune_clerk()).get("/vu-viec/don-da-chuyen/"))
    assert cast.browser(cast.approver()).get("/vu-viec/don-da-chuyen/").status_code == 403
    assert Client().get("/vu-viec/don-da-chuyen/").status_code == 302


def test_the_list_asks_no_more_with_more_rows(django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        case = stage.case(f"VV-2026-03{number:02d}", state=State.TRANSFERRED, answered_at=timezone.now())
        Handing.objects.create(
            case=case, kind="transfer", to_name="Sở", paper="1", made_at=timezone.now(), made_by=cast.clerk()
        )
    desk = cast.clerk()
    browser = cast.browser(desk)
    with django_assert_max_num_queries(16):
        assert browser.get("/vu-viec/don-da-chuyen/").status_code == 200
    with django_assert_max_num_queries(14):
        assert len(list(find(desk, timezone.now()))) == 1


def test_an_answer_stops_the_clock_and_stands_on_the_case() -> None:
    stage.case()
    browser = cast.browser(cast.clerk())
    answer = browser.post(f"{BASE}tra-loi/", {"outcome": "accepted"})
    assert (answer.status_code, "Chưa ghi đã trả lời thế nào" in text(answer)) == (422, True)
    assert "checked" in answer.content.decode()
    answer = browser.post(f"{BASE}tra-loi/", {"note": "Trực tiếp."})
    assert (answer.status_code, "Chưa chọn nội dung trả lời theo khoản 1 Điều 28" in text(answer)) == (422, True)
    data = {"outcome": "accepted", "note": "Thông báo thụ lý 15/TB."}
    assert browser.post(f"{BASE}tra-loi/", data).status_code == 302
    assert "Đã được thụ lý để giải quyết. Thông báo thụ lý 15/TB." in text(browser.get(BASE))
    assert browser.post(f"{BASE}tra-loi/", data).status_code == 409


def test_closing_asks_once_more_and_says_what_is_owed() -> None:
    transferred()
    browser = cast.browser(cast.clerk())
    assert f"Kết thúc theo dõi {stage.CODE}?" in text(browser.get(f"{BASE}ket-thuc/"))
    answer = browser.post(f"{BASE}ket-thuc/")
    assert (answer.status_code, "Chưa trả lời công dân" in text(answer)) == (409, True)
    browser.post(f"{BASE}tra-loi/", {"outcome": "passed_on", "note": "Trực tiếp."})
    assert browser.post(f"{BASE}ket-thuc/").status_code == 302
    assert Case.objects.get().state == State.CLOSED


def test_of_a_protected_denouncer_nothing_is_told_to_others() -> None:
    """Khoản 2 Điều 12 NĐ 154/2026: only those who must know."""
    stage.case(kind=Kind.DENUNCIATION, is_protected=True, created_by=cast.chair())
    Handing.objects.create(
        case=Case.objects.get(), kind="guide", to_name="Thanh tra tỉnh", made_at=timezone.now(), made_by=cast.chair()
    )
    assert "Thanh tra tỉnh" not in text(cast.browser(cast.clerk()).get(BASE))
    assert "Thanh tra tỉnh" in text(cast.browser(cast.chair()).get(BASE))
