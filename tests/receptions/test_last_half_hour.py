"""In the last half hour chair and technician change the plan, with a reason (S09): one field for all buttons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from tests import reception_cast as stage
from tests.receptions.plan_forms import coming
from tiepdan.receptions.models import Reception, Seat
from tiepdan.receptions.warnings import warnings

pytestmark = pytest.mark.django_db
REASON = 'id="late-reason"'


@pytest.fixture
def of() -> Reception:
    return stage.planned(state="published", **coming())


def soon(of: Reception, minutes: int = 20) -> Reception:
    start = timezone.now() + timedelta(minutes=minutes)
    Reception.objects.filter(pk=of.pk).update(starts_at=start, ends_at=start + timedelta(hours=2))
    return stage.fresh(of)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_until_then_buttons_ask_for_no_reason(of: Reception) -> None:
    for rest in ("diem-cau/", "vu-viec/"):
        words = text(cast.browser(cast.clerk()).get(f"/buoi-tiep/{of.code}/{rest}"))
        assert REASON not in words and 'form="late"' not in words and "hx-confirm=" in words


def test_then_one_reason_serves_every_button_and_stays_when_it_is_refused(of: Reception) -> None:
    soon(of)
    seat = Seat.objects.create(hall=stage.hall(of), full_name="Trịnh Văn Khôi", role="officer")
    chair = cast.browser(cast.chair())
    for rest in ("diem-cau/", "vu-viec/"):
        words = text(chair.get(f"/buoi-tiep/{of.code}/{rest}"))
        assert words.count(REASON) == 1 and 'form="late"' in words
    place = f"/buoi-tiep/{of.code}/thanh-phan/{seat.pk}/bo/"
    refused = chair.post(place, {"reason": ""})
    assert refused.status_code == 409 and "hãy ghi lý do thay đổi" in text(refused)
    desk = of.halls.get(is_central=True).seats.get(role="chair")
    kept = chair.post(f"/buoi-tiep/{of.code}/thanh-phan/{desk.pk}/bo/", {"reason": "Đổi người"})
    assert kept.status_code == 409 and 'value="Đổi người"' in text(kept)
    assert chair.post(place, {"reason": "Ốm"}).status_code == 302
    assert not Seat.objects.filter(pk=seat.pk).exists()


def test_who_may_not_write_then_sees_no_field(of: Reception) -> None:
    soon(of)
    for who in (cast.clerk(), cast.inspector()):
        assert REASON not in text(cast.browser(who).get(f"/buoi-tiep/{of.code}/diem-cau/"))


def test_a_published_reception_may_begin_late_and_is_over_with_its_end(of: Reception) -> None:
    def codes(minutes: int) -> set[str]:
        return {row.code for row in warnings(soon(of, minutes), timezone.now())}

    assert "past" not in codes(-30)
    assert "past" in codes(-121)
    Reception.objects.update(state="approved")
    assert "past" in codes(-30)


def test_the_desk_is_offered_no_button_that_would_be_refused_then(of: Reception) -> None:
    links = [f"/buoi-tiep/{of.code}/{rest}/" for rest in ("doi-lich", "hoan", "huy")]
    before = text(cast.browser(cast.clerk()).get(f"/buoi-tiep/{of.code}/"))
    soon(of)
    then = text(cast.browser(cast.clerk()).get(f"/buoi-tiep/{of.code}/"))
    chairs = text(cast.browser(cast.chair()).get(f"/buoi-tiep/{of.code}/"))
    for link in links:
        assert link in before and link not in then and link in chairs
    assert "Trong 30 phút trước giờ tiếp chỉ người chủ trì hoặc kỹ thuật trung tâm" in then
    Reception.objects.update(state="draft")
    assert links[2] in text(cast.browser(cast.clerk()).get(f"/buoi-tiep/{of.code}/"))
