"""The dialog «Từ chối tiếp», the draft of 01/TCD, signing and issuing: journey J2."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests import case_cast as stage
from tests import cast
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import Task
from tiepdan.cases.actions.refusal import marker
from tiepdan.cases.models import Case, Refusal
from tiepdan.cases.rules import ItemKind, Kind, RefusalState, State
from tiepdan.cases.tasks_decisions import find
from tiepdan.documents.actions import draft
from tiepdan.documents.models import Document

pytestmark = pytest.mark.django_db
REFUSE = f"/vu-viec/{stage.CODE}/tu-choi/"
REASON = "Ngày 07/12/2026 công dân trình bày việc mua bán dân sự giữa hai hộ."
SAID = "Đã giải thích đây là tranh chấp dân sự."


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def entered(code: str = "N4.g", step: str = "explain", **fields: Any) -> dict[str, Any]:
    today = f"{localdate(timezone.now()):%Y-%m-%d}"
    return {"code": code, "grounds_on": today, "reason": REASON, "said": SAID, "step": step, **fields}


def rewritten(row: Refusal, step: str = "put", **fields: Any) -> dict[str, Any]:
    """The form of the draft as the page has it now."""
    row.refresh_from_db()
    return entered(row.code, step, seen=marker(row), **fields)


def proofs(case: Case) -> list[int]:
    kinds = {"Kết quả rà soát": ItemKind.REVIEW, "Thông báo 57": ItemKind.NOTICE}
    return [stage.item(case, title, kind=kind).pk for title, kind in kinds.items()]


def tasks(person: Person) -> dict[str, Task]:
    return {task.verb: task for task in find(person, timezone.now())}


def drafted() -> tuple[Refusal, str]:
    case = stage.case()
    cast.browser(cast.clerk()).post(REFUSE, entered("L9.3", "write"))
    row = Refusal.objects.get(case=case)
    return row, f"{REFUSE}{row.pk}/"


def submitted() -> tuple[Refusal, str]:
    row, address = drafted()
    data = rewritten(row, proofs=proofs(row.case), was_received="on", earlier="Ngày 03/10/2024, tại trụ sở.")
    assert cast.browser(cast.clerk()).post(address, data).status_code == 302
    row.refresh_from_db()
    assert row.state == RefusalState.SUBMITTED
    return row, address


def test_a_stranger_is_sent_to_the_door() -> None:
    _, address = drafted()
    for place in (REFUSE, address):
        assert Client().get(place).status_code == 302
        assert Client().post(place).status_code == 302
    assert Client().post(f"{address}quyet-dinh/").status_code == 302


@pytest.mark.parametrize("who", [cast.outsider, cast.technician, cast.secretary, stage.commune_clerk])
def test_nobody_else_is_told(who: Callable[[], Person]) -> None:
    row, address = submitted()
    browser = cast.browser(who())
    assert {browser.get(place).status_code for place in (REFUSE, address)} == {404}
    assert browser.post(REFUSE, entered()).status_code == 404
    assert browser.post(f"{address}quyet-dinh/", {"step": "issue"}).status_code == 404
    row.refresh_from_db()
    assert row.state == RefusalState.SUBMITTED


def test_the_head_and_the_inspector_do_not_write_refusals() -> None:
    stage.case()
    for person in (cast.approver(), cast.inspector()):
        browser = cast.browser(person)
        assert (browser.get(REFUSE).status_code, browser.post(REFUSE, entered()).status_code) == (404, 404)
    _, address = drafted()
    assert cast.browser(cast.approver()).get(address).status_code == 200
    assert cast.browser(cast.approver()).post(address, entered("L9.3", "put")).status_code == 403


def test_of_a_protected_denouncer_only_those_who_must_know() -> None:
    stage.case(kind=Kind.DENUNCIATION, is_protected=True, created_by=cast.chair())
    assert cast.browser(cast.clerk()).get(REFUSE).status_code == 404


def test_papers_of_a_protected_denouncer_are_read_by_nobody_else() -> None:
    """The file names the citizen (khoản 2 Điều 12 NĐ 154/2026)."""
    case = stage.case()
    row, _ = submitted()
    row.refresh_from_db()
    receipt = case.receipts.create(
        number=1, giver=case.petitioners.get(), place="đây", made_at=stage.NOW, made_by=cast.clerk()
    )
    papers = [row.document, draft("receipt", receipt, by=cast.clerk(), at=stage.NOW)]
    Case.objects.update(kind=Kind.DENUNCIATION, is_protected=True, created_by=cast.secretary())
    allowed = {cast.approver(), cast.chair()}
    for paper in papers:
        assert paper is not None
        for person in (cast.clerk(), cast.inspector(), cast.secretary(), cast.admin(), *allowed):
            for rest in ("", "tep/word/", "pdf/"):
                answer = cast.browser(person).get(f"/van-ban/{paper.pk}/{rest}")
                assert answer.status_code == (200 if person in allowed else 404), (person, rest)


def test_all_thirteen_grounds_stand_with_their_form_and_proofs() -> None:
    stage.case()
    page = cast.browser(cast.clerk()).get(REFUSE)
    shown = text(page)
    assert page.content.decode().count('name="code"') == 13
    assert shown.count("Người đứng đầu ký thông báo 01/TCD trong 03 ngày làm việc") == 2
    assert shown.count("Người tiếp công dân giải thích trực tiếp") == 11
    assert "Phải chứng minh: văn bản kiểm tra, rà soát; văn bản thông báo; lần tiếp, giải thích trước" in shown
    assert "Không áp dụng cho vụ việc khiếu nại" in shown  # N4.h


def test_j2_1_an_explanation_ends_it_and_offers_no_notice() -> None:
    stage.case()
    browser = cast.browser(cast.clerk())
    answer = browser.post(REFUSE, entered())
    assert (answer.status_code, Case.objects.get().state) == (302, State.REFUSED)
    row = Refusal.objects.get()
    page = text(browser.get(f"{REFUSE}{row.pk}/"))
    assert SAID in page and "Phát hành" not in page and "Trình ký" not in page
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"reason": "Ngoài phạm vi."}, 422, "Không được từ chối để né tránh trách nhiệm: phải nêu sự việc cụ thể."),
        ({"said": ""}, 422, "Phải ghi lời đã giải thích"),
        ({"code": ""}, 422, "Chưa chọn căn cứ từ chối."),
        ({"grounds_on": "hôm qua"}, 422, "Hãy nhập ngày theo dạng"),
        ({"code": "L9.3"}, 409, "phải từ chối bằng thông báo 01/TCD"),
        ({"step": "write"}, 409, "chỉ cần giải thích trực tiếp, không ban hành thông báo 01/TCD"),
        ({"code": "N4.h"}, 422, "Căn cứ N4.h không áp dụng cho vụ việc khiếu nại"),
        ({"proofs": ["99999"]}, 422, ""),
    ],
)
def test_what_does_not_stand_says_why_and_keeps_the_words(fields: dict[str, Any], status: int, said: str) -> None:
    stage.case()
    data = entered(**fields)
    answer = cast.browser(cast.clerk()).post(REFUSE, data)
    assert (answer.status_code, said in text(answer)) == (status, True)
    assert data["reason"] in answer.content.decode() and data["said"] in answer.content.decode()
    assert (Case.objects.get().state, Refusal.objects.count()) == (State.RECEIVED, 0)


@pytest.mark.parametrize("state", [State.PROPOSED, State.APPROVED, State.PLANNED])
def test_a_case_on_another_way_shows_the_buttons_off(state: str) -> None:
    stage.case(state=state)
    browser = cast.browser(cast.clerk())
    page = browser.get(REFUSE)
    assert "Không từ chối được khi vụ việc đang ở trạng thái" in text(page)
    assert page.content.decode().count('name="step"') == page.content.decode().count("disabled>Ghi nhận") + 1
    assert browser.post(REFUSE, entered()).status_code == 409


def test_j2_2_the_notice_shows_its_deadline_and_asks_for_the_three_facts() -> None:
    row, address = drafted()
    browser = cast.browser(cast.clerk())
    page = text(browser.get(address))
    assert re.search(r"Còn 0[23] ngày làm việc", page)
    assert "khoản 3 Điều 4 NĐ 154/2026" in page
    assert "Mẫu in ghi «điểm g»; khoản 3 Điều 4 dẫn «điểm h». Kiểm tra trước khi ký." in page
    assert "Hồ sơ chưa có." in page
    assert browser.get(REFUSE)["Location"] == address  # the dialog leads to the draft
    answer = browser.post(address, rewritten(row, basis="Căn cứ của tôi"))
    assert answer.status_code == 422
    assert "Căn cứ L9.3 cần đủ ba tài liệu" in text(answer) and "Căn cứ của tôi" in answer.content.decode()
    papers = proofs(row.case)
    half = rewritten(row, proofs=papers, was_received="on")
    assert "Chưa ghi lần tiếp, giải thích trước" in text(browser.post(address, half))
    whole = {**half, "earlier": "Ngày 03/10/2024, tại Trụ sở."}
    assert browser.post(address, whole).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.proofs.count()) == (RefusalState.SUBMITTED, 2)
    shown = text(browser.get(address))
    assert "Đã trình ký" in shown and "Lưu nháp" not in shown


def test_j2_3_the_head_uploads_the_signed_paper_and_issues() -> None:
    _, address = submitted()
    browser = cast.browser(cast.approver())
    assert "Phát hành" in text(browser.get(address))
    scan = SimpleUploadedFile("01-tcd.pdf", b"%PDF-1.7 quet", "application/pdf")
    answer = browser.post(f"{address}quyet-dinh/", {"step": "issue", "signed": scan})
    assert answer.status_code == 302
    assert Case.objects.get().state == State.REFUSED
    assert re.fullmatch(r"01/TB-\w+", Document.objects.get().code)
    assert "01/TB-" in text(browser.get(address))
    section = text(cast.browser(cast.clerk()).get(f"/vu-viec/{stage.CODE}/"))
    assert "L9.3: đã từ chối, thông báo số 01/TB-" in section


def test_who_put_it_forward_sees_why_the_buttons_are_off() -> None:
    _, address = submitted()
    Refusal.objects.update(submitted_by=cast.approver())
    browser = cast.browser(cast.approver())
    assert "Bạn là người trình vụ việc này nên không thể tự phê duyệt." in text(browser.get(address))
    assert browser.post(f"{address}quyet-dinh/", {"step": "issue"}).status_code == 403
    assert Case.objects.get().state == State.RECEIVED


def test_a_return_needs_words_and_reaches_the_clerk() -> None:
    _, address = submitted()
    browser = cast.browser(cast.approver())
    answer = browser.post(f"{address}quyet-dinh/", {"step": "return", "note": ""})
    assert (answer.status_code, "Phải ghi nội dung cần bổ sung." in text(answer)) == (422, True)
    assert browser.post(f"{address}quyet-dinh/", {"step": "return", "note": "Ghi rõ ngày."}).status_code == 302
    page = text(cast.browser(cast.clerk()).get(address))
    assert "Ghi rõ ngày." in page and "Trình ký" in page
    assert tasks(cast.clerk())["Bổ sung, trình ký lại 01/TCD"].address == address


def test_a_renamed_file_is_not_taken_and_nothing_is_half_done() -> None:
    row, address = submitted()
    fake = SimpleUploadedFile("01-tcd.pdf", b"PK\x03\x04 not a pdf", "application/pdf")
    answer = cast.browser(cast.approver()).post(f"{address}quyet-dinh/", {"step": "issue", "signed": fake})
    assert (answer.status_code, "không phải là PDF" in text(answer)) == (422, True)
    row.refresh_from_db()
    assert (row.state, Document.objects.get().number) == (RefusalState.SUBMITTED, None)


def test_the_draft_is_dropped_on_purpose_only() -> None:
    row, address = drafted()
    page = cast.browser(cast.clerk()).get(address).content.decode()
    assert f'hx-confirm="Bỏ dự thảo thông báo từ chối của {stage.CODE}?"' in page
    assert cast.browser(cast.clerk()).post(address, {"step": "drop"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, Case.objects.get().state) == (RefusalState.DROPPED, State.RECEIVED)


def test_a_refusal_of_another_case_is_not_found_here() -> None:
    row, _ = drafted()
    stage.case("VV-2026-0042")
    assert cast.browser(cast.clerk()).get(f"/vu-viec/VV-2026-0042/tu-choi/{row.pk}/").status_code == 404


def test_home_counts_the_three_working_days() -> None:
    row, address = drafted()
    mine = tasks(cast.clerk())["Trình ký thông báo 01/TCD"]
    assert (mine.due, mine.citation, mine.address) == (row.due_on, "khoản 3 Điều 4 NĐ 154/2026", address)
    assert tasks(cast.approver()) == {}
    row.refresh_from_db()
    data = rewritten(row, proofs=proofs(row.case), was_received="on", earlier="Ngày 03/10/2024.")
    cast.browser(cast.clerk()).post(address, data)
    waiting = tasks(cast.approver())["Ký thông báo từ chối 01/TCD"]
    assert (waiting.is_decision, waiting.due) == (True, row.due_on)
    assert tasks(cast.clerk()) == {}


def test_a_late_notice_says_so() -> None:
    _, address = drafted()
    Refusal.objects.update(due_on=localdate(timezone.now()) - timedelta(days=14))
    assert re.search(r"Quá hạn \d\d ngày làm việc", text(cast.browser(cast.clerk()).get(address)))


def test_the_next_step_leads_to_the_draft() -> None:
    _, address = drafted()
    page = cast.browser(cast.clerk()).get(f"/vu-viec/{stage.CODE}/can-cu/")
    assert f'href="{address}">Mở dự thảo' in page.content.decode()
    assert "Vụ việc đang có dự thảo từ chối tiếp." in text(page)


def test_of_two_who_write_at_the_draft_the_second_is_told_and_loses_no_word() -> None:
    row, address = drafted()
    both = rewritten(row, "save", basis="Căn cứ của tôi")
    assert cast.browser(cast.clerk()).post(address, both).status_code == 302
    colleague = cast.person("can-bo-2", "Đào Văn Hải", Role.CLERK, cast.province())
    answer = cast.browser(colleague).post(address, {**both, "reason": f"{REASON} Hai bên đã ký giấy vay."})
    assert answer.status_code == 409
    assert f"Nội dung này vừa được {cast.clerk().full_name} thay đổi lúc" in text(answer)
    assert "Hai bên đã ký giấy vay." in text(answer)
    row.refresh_from_db()
    assert row.reason == REASON
