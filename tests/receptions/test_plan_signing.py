"""«Duyệt trên hệ thống» for a plan: approving and returning ask a head with a second factor for the code (S07)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from tests import reception_cast as stage
from tests.factor_cast import app_code, enrolled
from tiepdan.audit.models import Entry
from tiepdan.receptions.actions import approval
from tiepdan.receptions.models import PlanDecision, Reception

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Reception:
    reception = stage.planned()
    approval.submit(reception, by=cast.clerk(), at=timezone.now())
    enrolled(cast.approver())
    return reception


def send(plan: Reception, step: str, **sent: str) -> Any:
    return cast.browser(cast.approver()).post(f"/buoi-tiep/{plan.code}/{step}/", {"note": "Ý kiến của tôi", **sent})


STEPS = [("duyet", "approve", "reception.approved"), ("tra-lai", "return", "reception.returned")]


@pytest.mark.parametrize(("place", "step", "event"), STEPS)
def test_a_plan_is_decided_with_the_code(plan: Reception, place: str, step: str, event: str) -> None:
    page = cast.browser(cast.approver()).get(f"/buoi-tiep/{plan.code}/").content.decode()
    assert "Mã xác thực 6 số" in page
    for code, words in (("", "Chưa nhập mã xác thực."), ("000000", "Còn 4 lần thử.")):
        answer = send(plan, place, factor_code=code)
        text = answer.content.decode()
        assert answer.status_code == 422 and text.count(words) == 1 and "Ý kiến của tôi" in text
    assert not PlanDecision.objects.filter(step=step).exists()
    assert send(plan, place, factor_code=app_code(timezone.now())).status_code == 302
    assert Entry.objects.get(event=event).facts["proved_by"] == "mật khẩu và mã xác thực"
    row = PlanDecision.objects.get(step=step)
    sheet = cast.browser(cast.clerk()).get(f"/buoi-tiep/{plan.code}/phieu-xu-ly/{row.pk}/").content.decode()
    assert "xác nhận bằng mật khẩu và mã xác thực<" in sheet


def test_putting_it_forward_asks_for_nothing() -> None:
    reception = stage.planned()
    enrolled(cast.clerk())
    assert cast.browser(cast.clerk()).post(f"/buoi-tiep/{reception.code}/trinh-duyet/").status_code == 302
