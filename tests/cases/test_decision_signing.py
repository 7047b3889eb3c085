"""«Duyệt trên hệ thống»: a head with a second factor confirms a decision on a case with the code of now (S07)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests import case_cast, cast
from tests.factor_cast import NOW, app_code, enrolled
from tiepdan.accounts.models import Attempts
from tiepdan.accounts.models_factor import Factor
from tiepdan.audit.models import Entry
from tiepdan.cases.models import Submission

pytestmark = pytest.mark.django_db
BOX = "Mã xác thực 6 số"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def row() -> Submission:
    return case_cast.submitted(by=cast.clerk(), now=NOW)


def send(row: Submission, client: Client | None = None, **fields: str) -> Any:
    browser = client or cast.browser(cast.approver())
    sent = {"submission": str(row.pk), "step": "approve", "note": "Đồng ý, tiếp sớm.", **fields}
    return browser.post(f"/vu-viec/{row.case.code}/quyet-dinh/", sent)


def decided(row: Submission) -> str:
    row.refresh_from_db()
    return row.decision


def sheet(row: Submission) -> str:
    return cast.browser(cast.clerk()).get(f"/vu-viec/{row.case.code}/phieu-xu-ly/{row.pk}/").content.decode()


def test_without_a_second_factor_the_password_of_the_session_is_enough(row: Submission) -> None:
    page = cast.browser(cast.approver()).get(f"/vu-viec/{row.case.code}/quyet-dinh/").content.decode()
    assert BOX not in page
    assert send(row).status_code == 302 and decided(row) == "approve"
    assert Entry.objects.get(event="case.approved").facts["proved_by"] == "mật khẩu"
    assert "xác nhận bằng mật khẩu<" in sheet(row)


def test_with_one_the_code_is_asked_for_and_told(row: Submission) -> None:
    enrolled(cast.approver())
    page = cast.browser(cast.approver()).get(f"/vu-viec/{row.case.code}/quyet-dinh/").content.decode()
    assert BOX in page and "Duyệt trên hệ thống: nhập mã ứng dụng đang hiện." in page
    assert send(row, factor_code=app_code(NOW)).status_code == 302 and decided(row) == "approve"
    assert Entry.objects.get(event="case.approved").facts["proved_by"] == "mật khẩu và mã xác thực"
    assert "xác nhận bằng mật khẩu và mã xác thực<" in sheet(row)


@pytest.mark.parametrize("step", ["approve", "return", "decline"])
@pytest.mark.parametrize(
    ("code", "words"),
    [("", "Chưa nhập mã xác thực."), ("000000", "Mã xác thực chưa đúng. Còn 4 lần thử.")],
)
def test_a_wrong_code_keeps_the_note(row: Submission, step: str, code: str, words: str) -> None:
    enrolled(cast.approver())
    answer = send(row, step=step, factor_code=code)
    text = answer.content.decode()
    assert answer.status_code == 422 and text.count(words) == 1 and "Đồng ý, tiếp sớm." in text
    assert decided(row) == "" and "000000" not in text


def test_a_code_on_paper_signs_nothing(row: Submission) -> None:
    paper = enrolled(cast.approver())[0]
    assert send(row, factor_code=paper).status_code == 422 and decided(row) == ""
    assert Factor.objects.get().recovery_codes.count() == 10


def test_the_code_of_the_sign_in_does_not_decide_too(row: Submission) -> None:
    enrolled(cast.approver())
    Factor.objects.update(last_step=int(NOW.timestamp()) // 30)
    answer = send(row, factor_code=app_code(NOW))
    assert answer.status_code == 422 and "Mã này đã được dùng." in answer.content.decode()


def test_what_a_rule_refuses_does_not_use_up_the_code(row: Submission) -> None:
    enrolled(cast.approver())
    refused = send(row, step="return", note=" ", factor_code=app_code(NOW))
    assert refused.status_code == 422 and "Phải ghi nội dung cần bổ sung." in refused.content.decode()
    assert send(row, step="return", note="Bổ sung bản đồ.", factor_code=app_code(NOW)).status_code == 302
    assert decided(row) == "return"


def test_wrong_codes_lock_and_are_counted_when_nothing_else_is_written(row: Submission) -> None:
    approver = cast.approver()
    enrolled(approver)
    client = cast.browser(approver)
    for _ in range(5):
        answer = send(row, client, factor_code="000000")
    assert answer.status_code == 422 and "Tạm khóa 15 phút" in answer.content.decode()
    assert "Tạm khóa 15 phút" in send(row, client, factor_code=app_code(NOW)).content.decode()
    assert Attempts.objects.get(key="code:lanh-dao").failures == 5 and decided(row) == ""
    wrong = Entry.objects.filter(event="factor.wrong")
    assert wrong.count() == 4 and {entry.by for entry in wrong} == {approver}
