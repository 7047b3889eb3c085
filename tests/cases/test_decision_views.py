"""Tab «Căn cứ tiếp trực tuyến», the head's page, and what home shows: journey J1 steps 4 to 6."""

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
from tiepdan.accounts.models import Delegation, Person
from tiepdan.accounts.queries import remember
from tiepdan.accounts.tasks import Task
from tiepdan.cases.actions.grounds import submit
from tiepdan.cases.models import Case, Screening, Submission
from tiepdan.cases.queries_decisions import draft_of
from tiepdan.cases.rules import ItemKind, Kind, State
from tiepdan.cases.tasks import MOST
from tiepdan.cases.tasks_decisions import find

pytestmark = pytest.mark.django_db
GROUNDS = f"/vu-viec/{stage.CODE}/can-cu/"
DECISION = f"/vu-viec/{stage.CODE}/quyet-dinh/"
WITHDRAW = f"/vu-viec/{stage.CODE}/rut-trinh/"
WHY = "Kéo dài ba năm, liên quan bốn cơ quan."


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def entered(case: Case, *ticked: str, step: str = "save", rules: str = "nd154-2026", **fields: str) -> dict[str, str]:
    """What the form posts; reasons as `reason-nd154.a=…`."""
    data = {"profile": rules, "seen": draft_of(case, localdate(timezone.now())).seen, "step": step}
    return data | {f"tick-{code}": "on" for code in ticked} | fields


def tasks(person: Person) -> dict[str, Task]:
    return {task.verb: task for task in find(person, timezone.now())}


# The tab


def test_a_stranger_is_sent_to_the_door() -> None:
    stage.case()
    assert Client().get(GROUNDS).status_code == 302
    assert Client().post(GROUNDS).status_code == 302


@pytest.mark.parametrize("who", [cast.outsider, cast.technician, cast.secretary, cast.admin, stage.commune_clerk])
def test_nobody_else_is_told_that_the_case_exists(who: Callable[[], Person]) -> None:
    stage.submitted()
    browser = cast.browser(who())
    for address in (GROUNDS, DECISION):
        assert browser.get(address).status_code == 404
    for address in (GROUNDS, DECISION, WITHDRAW):
        assert browser.post(address, {"submission": "1", "step": "approve"}).status_code == 404
    assert Submission.objects.get().decision == ""


@pytest.mark.parametrize("who", [cast.approver, cast.chair, cast.inspector])
def test_readers_read_and_do_not_write(who: Callable[[], Person]) -> None:
    case = stage.case()
    browser = cast.browser(who())
    page = browser.get(GROUNDS)
    assert page.status_code == 200
    assert "Chỉ cán bộ phụ trách vụ việc được chọn căn cứ và trình." in text(page)
    assert browser.post(GROUNDS, entered(case, "nd154.a")).status_code == 404


def test_the_tab_shows_the_list_of_the_law_and_what_the_dossier_lacks() -> None:
    case = stage.case()
    stage.item(case, "Báo cáo số 88", kind=ItemKind.REPORT)
    page = text(cast.browser(cast.clerk()).get(GROUNDS))
    assert "Chưa chọn căn cứ. Đọc từng mục và nêu lý do cụ thể." in page
    for citation in ("khoản 1", "khoản 2", "khoản 3", "khoản 4", "khoản 5"):
        assert f"{citation} Điều 20 NĐ 154/2026" in page
    assert "Báo cáo của cơ quan tham mưu : Báo cáo số 88" in page
    assert "Văn bản đã giải quyết: chưa có" in page
    assert "Không áp dụng cho vụ việc khiếu nại" in page  # khoản 4 is for denunciations


def test_the_pilots_list_is_chosen_for_one_case() -> None:
    case = stage.case()
    browser = cast.browser(cast.clerk())
    page = text(browser.get(f"{GROUNDS}?bo-quy-tac=qd764-2025"))
    assert "Căn cứ theo QĐ 764/2025" in page and "đ)" in page and "Điều 20 NĐ 154" not in page
    answer = browser.post(GROUNDS, entered(case, "qd764.c", rules="qd764-2025", **{"reason-qd764.c": WHY}))
    assert answer.status_code == 302
    assert Screening.objects.get().profile == "qd764-2025"
    assert "Căn cứ theo QĐ 764/2025" in text(browser.get(GROUNDS))
    assert "Căn cứ theo NĐ 154/2026" in text(browser.get(f"{GROUNDS}?bo-quy-tac=khong-co"))


def test_a_draft_is_saved_and_says_when() -> None:
    case = stage.case()
    browser = cast.browser(cast.clerk())
    answer = browser.post(GROUNDS, entered(case, "nd154.a", note="Đề nghị sớm", **{"reason-nd154.a": WHY}))
    assert (answer.status_code, answer["Location"]) == (302, GROUNDS)
    page = browser.get(GROUNDS)
    assert re.search(r"Đã lưu \d\d:\d\d", text(page))
    assert WHY in page.content.decode() and "Đề nghị sớm" in page.content.decode()


REFUSED: list[tuple[dict[str, Any], tuple[str, ...], dict[str, str], int, str]] = [
    ({}, (), {}, 422, "Chưa chọn căn cứ nào."),
    ({}, ("nd154.a",), {}, 422, "Căn cứ a: chưa nêu lý do cụ thể."),
    ({}, ("nd154.e",), {"reason-nd154.e": "Vì cần."}, 422, "Căn cứ «khác» phải ghi rõ lý do."),
    (
        {"is_remote": True},
        ("nd154.b",),
        {"reason-nd154.b": WHY},
        422,
        "Căn cứ b cần nguyện vọng của công dân; chưa ghi nhận.",
    ),
    (
        {"kind": Kind.DENUNCIATION, "is_protected": True},
        ("nd154.d",),
        {"reason-nd154.d": WHY},
        409,
        "Không tiếp trực tuyến vụ việc này: người tố cáo yêu cầu bảo vệ danh tính (khoản 4 Điều 20 NĐ 154/2026). "
        "Hãy tiếp trực tiếp và áp dụng biện pháp bảo vệ.",
    ),
]


@pytest.mark.parametrize(("facts", "ticked", "fields", "status", "said"), REFUSED)
def test_a_submission_that_does_not_stand_says_why_and_keeps_what_was_entered(
    facts: dict[str, Any], ticked: tuple[str, ...], fields: dict[str, str], status: int, said: str
) -> None:
    case = stage.case(**facts)
    answer = cast.browser(cast.clerk()).post(GROUNDS, entered(case, *ticked, step="submit", note="Còn đây", **fields))
    page = answer.content.decode()
    assert (answer.status_code, said in text(answer)) == (status, True)
    assert "Còn đây" in page and all(value in page for value in fields.values())
    assert Case.objects.get().state == State.RECEIVED
    assert draft_of(case, localdate(timezone.now())).note == "Còn đây"  # the refusal lost nothing


def test_after_a_refusal_the_same_page_can_be_sent_again() -> None:
    case = stage.case()
    browser = cast.browser(cast.clerk())
    answer = browser.post(GROUNDS, entered(case, step="submit"))
    seen = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())
    assert seen is not None
    again = entered(case, "nd154.a", step="submit", **{"reason-nd154.a": WHY, "seen": seen[1]})
    assert browser.post(GROUNDS, again).status_code == 302
    assert Case.objects.get().state == State.PROPOSED


def test_the_pilot_has_no_ground_for_a_denunciation() -> None:
    stage.case(kind=Kind.DENUNCIATION)
    page = text(cast.browser(cast.clerk()).get(f"{GROUNDS}?bo-quy-tac=qd764-2025"))
    assert "Bộ quy tắc QĐ 764 không có căn cứ cho vụ việc tố cáo." in page
    assert 'name="tick-' not in cast.browser(cast.clerk()).get(f"{GROUNDS}?bo-quy-tac=qd764-2025").content.decode()


def test_the_second_who_saves_reads_who_was_first_and_keeps_the_words() -> None:
    case = stage.case()
    mine = entered(case, "nd154.a", **{"reason-nd154.a": "Của tôi"})
    stage.ready_to_submit()
    answer = cast.browser(cast.clerk()).post(GROUNDS, mine)
    assert answer.status_code == 409
    assert "vừa được Phạm Thị Hoa thay đổi lúc" in text(answer)
    assert "Của tôi" in answer.content.decode()


def test_a_reason_that_is_too_long_is_told_at_its_box() -> None:
    case = stage.case()
    answer = cast.browser(cast.clerk()).post(GROUNDS, entered(case, "nd154.a", **{"reason-nd154.a": "x" * 4001}))
    assert (answer.status_code, "Chỉ ghi tối đa 4000 ký tự." in text(answer)) == (422, True)


def test_what_was_submitted_is_locked_and_can_be_taken_back() -> None:
    row = stage.submitted()
    browser = cast.browser(cast.clerk())
    page = browser.get(GROUNDS)
    assert "Danh sách căn cứ đã khóa." in text(page) and "Rút trình" in text(page)
    assert browser.post(GROUNDS, entered(row.case, "nd154.c")).status_code == 409
    answer = browser.post(WITHDRAW, {"submission": row.pk})
    assert (answer.status_code, Case.objects.get().state) == (302, State.SCREENING)
    assert browser.post(WITHDRAW, {"submission": row.pk}).status_code == 409
    assert browser.post(WITHDRAW, {"submission": "abc"}).status_code == 404


# The head's page


def test_the_head_sees_the_case_on_one_page() -> None:
    case = stage.ready_to_submit(place=cast.commune(), since_year=2021, wishes_online=True)
    stage.item(case, "Ý kiến Thanh tra tỉnh", kind=ItemKind.OPINION)
    made = submit(case, by=cast.clerk(), at=timezone.now())
    page = cast.browser(cast.approver()).get(DECISION)
    shown = text(page)
    assert WHY in shown and "khoản 1 Điều 20 NĐ 154/2026" in shown
    assert "Ý kiến Thanh tra tỉnh" in shown and "Phạm Thị Hoa" in shown and "Điều gì diễn ra tiếp theo" in shown
    assert stage.NAME not in shown and stage.NUMBER not in shown
    summary = page.content.decode().split('id="summary"')[1].split("</dl>")[0]
    assert summary.count("<dt>") <= 10
    assert f'name="submission" value="{made.pk}"' in page.content.decode()


@pytest.mark.parametrize(
    ("step", "note", "state"),
    [("approve", "", "approved"), ("return", "Bổ sung.", "returned"), ("decline", "Tiếp trực tiếp.", "declined")],
)
def test_the_three_answers(step: str, note: str, state: str) -> None:
    row = stage.submitted()
    browser = cast.browser(cast.approver())
    answer = browser.post(DECISION, {"submission": row.pk, "step": step, "note": note})
    assert (answer.status_code, answer["Location"]) == (302, DECISION)
    assert Case.objects.get().state == state
    page = text(browser.get(DECISION))
    assert "Các lần trình" in page and note in page


def test_a_return_without_words_is_refused_and_nothing_is_lost() -> None:
    row = stage.submitted()
    answer = cast.browser(cast.approver()).post(DECISION, {"submission": row.pk, "step": "return", "note": " "})
    assert (answer.status_code, "Phải ghi nội dung cần bổ sung." in text(answer)) == (422, True)
    assert Case.objects.get().state == State.PROPOSED


def test_who_submitted_sees_why_the_buttons_are_off() -> None:
    row = stage.submitted(by=cast.approver())
    browser = cast.browser(cast.approver())
    page = browser.get(DECISION)
    assert "Bạn là người trình vụ việc này nên không thể tự phê duyệt." in text(page)
    assert page.content.decode().count("disabled") >= 3
    answer = browser.post(DECISION, {"submission": row.pk, "step": "approve"})
    assert (answer.status_code, Case.objects.get().state) == (403, State.PROPOSED)


def test_the_clerk_reads_the_page_and_may_not_decide() -> None:
    row = stage.submitted()
    browser = cast.browser(cast.clerk())
    assert browser.get(DECISION).status_code == 200
    assert browser.post(DECISION, {"submission": row.pk, "step": "approve"}).status_code == 403


def test_a_delegated_right_is_named() -> None:
    row = stage.submitted()
    today = localdate(timezone.now())
    Delegation.objects.create(
        agency=cast.province(),
        giver=cast.approver(),
        receiver=cast.secretary(),
        valid_from=today,
        valid_to=today,
        made_at=timezone.now(),
    )
    browser = cast.browser(cast.secretary())
    assert "Quyết định theo ủy quyền của Trần Văn Bình" in text(browser.get(DECISION))
    assert browser.post(DECISION, {"submission": row.pk, "step": "approve"}).status_code == 302
    assert "Lê Thị Mai (theo ủy quyền của Trần Văn Bình)" in text(browser.get(DECISION))


def test_an_old_page_of_the_second_head_says_who_decided() -> None:
    row = stage.submitted()
    form = {"submission": str(row.pk), "step": "decline", "note": "Không cần."}
    cast.browser(cast.approver()).post(DECISION, {"submission": row.pk, "step": "approve"})
    answer = cast.browser(cast.chair()).post(DECISION, form)
    assert answer.status_code == 409
    assert re.search(r"Nội dung này vừa được Trần Văn Bình thay đổi lúc \d\d:\d\d\.", text(answer))
    assert Case.objects.get().state == State.APPROVED


@pytest.mark.parametrize("data", [{}, {"step": "approve"}, {"step": "approve", "submission": "x"}, {"step": "fly"}])
def test_a_broken_decision_changes_nothing(data: dict[str, str]) -> None:
    stage.submitted()
    assert cast.browser(cast.approver()).post(DECISION, data).status_code in (404, 422)
    assert Case.objects.get().state == State.PROPOSED


def test_a_submission_of_another_case_is_not_decided_here() -> None:
    stage.submitted()
    other = stage.submitted("VV-2026-0042")
    answer = cast.browser(cast.approver()).post(DECISION, {"submission": other.pk, "step": "approve"})
    assert answer.status_code == 404


def test_a_case_that_was_never_submitted_says_so() -> None:
    stage.case()
    assert "Vụ việc chưa được trình lãnh đạo." in text(cast.browser(cast.approver()).get(DECISION))


# Home


def test_home_shows_who_has_to_do_what() -> None:
    row = stage.submitted()
    assert tasks(cast.clerk()) == {}
    waiting = tasks(cast.approver())["Quyết định tiếp trực tuyến"]
    assert (waiting.is_decision, waiting.address, waiting.due) == (True, DECISION, row.case.next_due)
    cast.browser(cast.approver()).post(DECISION, {"submission": row.pk, "step": "return", "note": "Bổ sung."})
    assert tasks(cast.approver()) == {}
    assert tasks(cast.clerk())["Bổ sung, trình lại"].address == GROUNDS
    Case.objects.update(state=State.APPROVED)
    assert stage.CODE in tasks(cast.clerk())["Xếp buổi tiếp"].address
    Case.objects.update(officer=cast.secretary())
    assert tasks(cast.clerk()) == {}  # given to somebody else
    assert tasks(cast.outsider()) == {}


def test_ones_own_submission_does_not_wait_for_oneself() -> None:
    stage.submitted(by=cast.approver())
    assert tasks(cast.approver()) == {}
    assert "Quyết định tiếp trực tuyến" in tasks(cast.chair())


def test_the_pages_do_not_ask_more_with_more_rows(django_assert_max_num_queries: Any) -> None:
    person, desk = cast.approver(), cast.clerk()
    remember(person)  # as the page does
    for start in (0, 12):
        for number in range(start, start + 12):
            stage.submitted(f"VV-2026-01{number:02d}")
            stage.case(f"VV-2026-02{number:02d}", state=State.APPROVED)
        with django_assert_max_num_queries(5):
            assert len(list(find(person, timezone.now()))) == start + 12
        with django_assert_max_num_queries(14):
            assert len(list(find(desk, timezone.now()))) == min(start + 12, MOST + 1)
    row = stage.submitted()
    for number in range(8):
        decided = {"decision": "return", "decided_at": timezone.now(), "decided_by": person, "decision_note": "Thiếu."}
        Submission.objects.create(
            case=row.case,
            profile="nd154-2026",
            submitted_at=timezone.now() - timedelta(days=number + 1),
            submitted_by=desk,
            **decided,
        )
        stage.item(row.case, f"Báo cáo {number}", kind=ItemKind.REPORT)
    browser = cast.browser(person)
    with django_assert_max_num_queries(45):
        assert browser.get(DECISION).status_code == 200


def test_what_is_missing_is_said_at_the_note_itself() -> None:
    """On a telephone the top of the page is two screens away."""
    submission = stage.submitted()
    address = f"/vu-viec/{submission.case.code}/quyet-dinh/"
    answer = cast.browser(cast.approver()).post(address, {"submission": submission.pk, "step": "return", "note": " "})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="id_note_error"' in page and "Phải ghi nội dung cần bổ sung." in page
    assert page.count("Phải ghi nội dung cần bổ sung.") == 1
