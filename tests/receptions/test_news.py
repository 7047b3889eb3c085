"""What the bell tells of receptions: to the desk, the head, and the three who hold them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests import reception_cast as stage
from tiepdan.accounts.models import Person
from tiepdan.accounts.news import news_for
from tiepdan.accounts.rules import Role
from tiepdan.audit import actions as audit
from tiepdan.receptions.actions import approval

pytestmark = pytest.mark.django_db


def told(person: Person) -> dict[str, str]:
    return {row.what: row.address for row in news_for(person, timezone.now() + timedelta(seconds=1))}


def test_a_plan_put_forward_reaches_who_decides_and_the_answer_who_planned() -> None:
    reception = stage.planned()
    page = f"/buoi-tiep/{reception.code}/"
    approval.submit(reception, by=cast.clerk(), at=timezone.now())
    assert told(cast.approver()) == {"Trình duyệt kế hoạch": f"{page}#duyet"}
    assert told(cast.clerk()) == {}  # the own act
    approval.approve(reception, by=cast.approver(), at=timezone.now())
    assert told(cast.clerk()) == {"Duyệt kế hoạch": page}
    assert told(cast.technician()) == {"Duyệt kế hoạch": page}
    assert told(cast.inspector()) == told(cast.outsider(Role.CLERK)) == {}
    assert cast.browser(cast.clerk()).get(page).status_code == 200


def test_a_citizens_wish_for_a_hall_leads_to_its_place() -> None:
    reception = stage.planned()
    audit.record("reception.hall_wished", agency=reception.agency, at=timezone.now(), about=reception)
    assert list(told(cast.clerk()).values()) == [f"/buoi-tiep/{reception.code}/diem-cau/#nguyen-vong"]
    assert told(cast.secretary()) == {}
