"""«Phiếu xử lý văn bản trình» of a decision on a plan: the plan as it stood then."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import cast
from tests import reception_cast as stage
from tiepdan.receptions.actions import approval
from tiepdan.receptions.models import PlanDecision, Reception

pytestmark = pytest.mark.django_db


def test_the_sheet_keeps_the_plan_that_was_decided_on() -> None:
    reception = stage.planned()
    now = timezone.now()
    approval.submit(reception, "Đề nghị duyệt.", by=cast.clerk(), at=now)
    approval.send_back(reception, "Bổ sung điểm cầu.", by=cast.approver(), at=now)
    decision = PlanDecision.objects.get(step="return")
    title = reception.title
    Reception.objects.update(title="Tên mới")
    address = f"/buoi-tiep/{reception.code}/phieu-xu-ly/{decision.pk}/"
    text = cast.browser(cast.clerk()).get(address).content.decode()
    for words in ("Trả lại để bổ sung", "Bổ sung điểm cầu.", "Đề nghị duyệt.", cast.approver().full_name, title):
        assert words in text
    assert "Tên mới" not in text and stage.CASE_CODE in text
    assert cast.browser(cast.outsider()).get(address).status_code == 404


def test_putting_a_plan_forward_is_no_decision() -> None:
    reception = stage.planned()
    approval.submit(reception, by=cast.clerk(), at=timezone.now())
    put = PlanDecision.objects.get(step="submit")
    answer = cast.browser(cast.clerk()).get(f"/buoi-tiep/{reception.code}/phieu-xu-ly/{put.pk}/")
    assert answer.status_code == 404 and put.frozen == {}
