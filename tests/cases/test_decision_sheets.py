"""«Phiếu xử lý văn bản trình» of a decision on a case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import case_cast as stage
from tests import cast
from tiepdan.accounts.actions.delegations import delegate
from tiepdan.audit.models import Entry
from tiepdan.cases.actions.decision import APPROVE, RETURN, decide, withdraw
from tiepdan.cases.models import Case, Submission

pytestmark = pytest.mark.django_db


def page(submission: Submission) -> str:
    answer = cast.browser(cast.clerk()).get(f"/vu-viec/{stage.CODE}/phieu-xu-ly/{submission.pk}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_it_says_who_decided_when_on_what_and_how_the_log_proves_it() -> None:
    submission = stage.submitted()
    decide(submission, APPROVE, "Thống nhất.", by=cast.approver(), at=timezone.now())
    text = page(submission)
    grounds = ("Vụ việc phức tạp, kéo dài", "Kéo dài ba năm, liên quan bốn cơ quan.")
    for words in ("Đồng ý tiếp trực tuyến", cast.approver().full_name, "Thống nhất.", cast.clerk().full_name, *grounds):
        assert words in text
    assert Entry.objects.get(event="case.approved").hash in text


def test_what_is_changed_later_does_not_change_the_sheet() -> None:
    submission = stage.submitted()
    decide(submission, RETURN, "Bổ sung báo cáo.", by=cast.approver(), at=timezone.now())
    Case.objects.update(summary="Tóm tắt đã sửa")
    text = page(submission)
    assert "Trả lại để bổ sung" in text and "Tóm tắt đã sửa" not in text


def test_a_decision_in_somebodys_place_names_both() -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    delegate(
        agency=cast.province(),
        giver=cast.approver(),
        receiver=cast.secretary(),
        valid_from=today,
        valid_to=today + timedelta(days=3),
        at=now,
    )
    submission = stage.submitted()
    decide(submission, APPROVE, by=cast.secretary(), at=now)
    text = page(submission)
    assert "Theo ủy quyền của" in text
    assert cast.secretary().full_name in text and cast.approver().full_name in text


def test_there_is_none_before_a_decision_nor_for_what_was_taken_back() -> None:
    submission = stage.submitted()
    address = f"/vu-viec/{stage.CODE}/phieu-xu-ly/{submission.pk}/"
    assert cast.browser(cast.clerk()).get(address).status_code == 404
    withdraw(submission, by=cast.clerk(), at=timezone.now())
    assert cast.browser(cast.clerk()).get(address).status_code == 404
    assert cast.browser(cast.outsider()).get(address).status_code == 404
