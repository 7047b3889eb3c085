"""Who sits where (screen S10): names of citizens are for those who need them (khoản 2 Điều 12 NĐ 154/2026)."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests import reception_cast as stage
from tests.receptions.plan_forms import coming
from tiepdan.accounts.rules import Role
from tiepdan.kernel.text import masked_name
from tiepdan.receptions.models import Reception, Seat

pytestmark = pytest.mark.django_db
KNOWS = ("clerk", "chair", "secretary", "technician", "approver")


@pytest.fixture
def of() -> Reception:
    return stage.planned(**coming())


def text(of: Reception, person: Any) -> str:
    return str(cast.browser(person).get(f"/buoi-tiep/{of.code}/diem-cau/").content.decode())


def test_the_desk_and_those_who_hold_the_reception_read_names(of: Reception) -> None:
    name = Seat.objects.get(role="citizen").full_name
    for who in KNOWS:
        assert name in text(of, getattr(cast, who)()), who


def test_others_who_see_the_reception_read_initials_and_no_reason_of_an_absence(of: Reception) -> None:
    seat = Seat.objects.get(role="citizen")
    companion = Seat.objects.create(hall=seat.hall, full_name="Vũ Hồng Luật", role="lawyer")
    officer = Seat.objects.create(hall=seat.hall, full_name="Trịnh Văn Khôi", role="officer", absence="Họp tỉnh")
    Seat.objects.filter(pk=seat.pk).update(absence="Nằm viện")
    other = cast.person("ky-thuat-khac", "Cao Văn Kỹ", Role.TECHNICIAN)
    for who in (cast.inspector(), cast.admin(), other):
        words = text(of, who)
        for hidden in (seat, companion):
            assert hidden.full_name not in words and masked_name(hidden.full_name) in words
        assert officer.full_name in words and "Họp tỉnh" in words
        assert "Nằm viện" not in words


@pytest.mark.parametrize("step", ["trinh-duyet", "duyet", "tra-lai", "ve-du-thao", "xac-nhan", "bo-xac-nhan"])
def test_who_never_takes_a_step_is_told_so_before_the_words_are_looked_at(of: Reception, step: str) -> None:
    answer = cast.browser(cast.inspector()).post(f"/buoi-tiep/{of.code}/{step}/", {"note": "dài " * 1000})
    assert answer.status_code == 403
