"""Halls go out of use from a day and come back; what uses them is asked first, and is shown on their card."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests import case_cast, cast
from tests import reception_cast as stage
from tests.points.halls_cast import NOW, TODAY, registered, text
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.points import usage
from tiepdan.points.actions import Found, check_equipment, retire, take_back
from tiepdan.points.models import Point, Retirement
from tiepdan.points.queries import is_usable, usable
from tiepdan.points.rules import NO_CAMERA
from tiepdan.receptions.forms.places import HallDetailsForm, HallForm
from tiepdan.receptions.models import Reception
from tiepdan.receptions.warnings import warnings

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def end(point: Point, since: date = TODAY, **how: Any) -> Retirement:
    return retire(point, since, how.pop("reason", "Trụ sở sửa chữa"), **{"by": cast.technician(), "at": NOW, **how})


def back(point: Point, since: date = TODAY, **how: Any) -> None:
    take_back(point, since, how.pop("reason", "Đã sửa xong"), **{"by": cast.technician(), "at": NOW, **how})


def test_from_the_day_on_it_is_not_offered_and_comes_back_from_a_day() -> None:
    point = registered()
    end(point, TODAY + 5 * DAY)
    assert [is_usable(point, TODAY + n * DAY) for n in (0, 4, 5, 9)] == [True, True, False, False]
    back(point, TODAY + 8 * DAY)
    assert [is_usable(point, TODAY + n * DAY) for n in (4, 5, 7, 8)] == [True, False, False, True]
    entries = Entry.objects.filter(event__in=("point.retired", "point.taken_back")).order_by("pk")
    assert [(row.event, row.facts["reason"]) for row in entries] == [
        ("point.retired", "Trụ sở sửa chữa"),
        ("point.taken_back", "Đã sửa xong"),
    ]
    assert list(usable(TODAY + 6 * DAY)) == []


def test_one_that_has_not_begun_is_taken_back_on_its_own_day() -> None:
    point = registered()
    end(point, TODAY + 5 * DAY)
    back(point, TODAY + 5 * DAY)
    assert is_usable(point, TODAY + 5 * DAY)
    with pytest.raises(Refused, match="đang được sử dụng"):
        back(point)


def test_days_and_reasons_in_order() -> None:
    point = registered()
    with pytest.raises(Invalid, match="Chưa nhập lý do"):
        end(point, reason=" ")
    end(point)
    with pytest.raises(Refused, match="đã ngừng sử dụng từ"):
        end(point, TODAY + DAY)
    for wrong in ({"reason": ""}, {"since": TODAY - DAY}):
        with pytest.raises(Invalid):
            back(point, **wrong)
    back(point, TODAY + 3 * DAY)
    with pytest.raises(Invalid, match="được dùng lại từ"):
        end(point, TODAY + DAY)


def test_an_open_reception_holds_its_halls() -> None:
    of = stage.planned()
    point = stage.hall(of).point
    day = localdate(of.starts_at)
    words = f"Điểm cầu đang có trong buổi tiếp {of.code}; chọn điểm cầu thay thế trước."
    for since in (TODAY - 400 * DAY, day):
        with pytest.raises(Refused) as refused:
            end(point, since)
        assert refused.value.sentence == words
    end(point, day + DAY)
    assert not [row for row in warnings(of, NOW) if row.code.startswith("inactive")]
    Reception.objects.filter(pk=of.pk).update(state="cancelled")
    back(point, day + DAY)
    end(point, day + DAY)


def test_many_receptions_are_not_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    point = registered()
    source = usage.Source(
        lambda point, since: ["A", "B", "C", "D", "E"], lambda ids, year: {}, lambda *of: usage.Uses()
    )
    monkeypatch.setattr(usage, "_sources", [source])
    with pytest.raises(Refused, match="buổi tiếp A, B, C và 2 buổi khác; chọn"):
        end(point)


def test_it_is_not_taken_back_while_the_law_s_conditions_are_not_met() -> None:
    point = registered(cameras=0)
    end(point)
    with pytest.raises(Refused) as refused:
        back(point)
    assert refused.value.sentence.startswith(NO_CAMERA)
    Point.objects.update(cameras=1)
    point.refresh_from_db()
    check_equipment(point, [Found("camera", "broken", "Vỡ")], on=TODAY, by=cast.technician(), at=NOW)
    with pytest.raises(Refused, match=r"Camera ghi toàn cảnh hỏng: .* điểm c khoản 2 Điều 18 NĐ 154/2026"):
        back(point)
    mended = [Found("camera", "good"), Found("power", "broken", "Hết pin")]
    check_equipment(point, mended, on=TODAY, by=cast.technician(), at=NOW + timedelta(minutes=1))
    back(point)


def test_a_plan_to_retire_is_dropped_whatever_the_equipment() -> None:
    point = registered(cameras=0)
    end(point, TODAY + DAY)
    back(point, TODAY + DAY)
    assert is_usable(point, TODAY + DAY)


def test_only_who_looks_after_it() -> None:
    point = registered()
    for who in (cast.clerk(), case_cast.commune_clerk(), cast.outsider(Role.TECHNICIAN)):
        with pytest.raises(Forbidden):
            end(point, by=who)
    end(point, by=cast.admin())
    for who in (cast.clerk(), case_cast.commune_clerk(), cast.outsider(Role.ADMIN)):
        with pytest.raises(Forbidden):
            back(point, by=who)


def test_a_plan_offers_what_is_usable_on_its_day() -> None:
    of = stage.planned()
    day = localdate(of.starts_at)
    point = registered()
    hall = of.halls.get(point__slug=stage.OFFICE)
    for since, wanted in ((day + DAY, True), (day, False)):
        Retirement.objects.all().delete()
        end(point, since)
        assert HallForm(reception=of).fields["point"].queryset.filter(pk=point.pk).exists() is wanted  # type: ignore[attr-defined]
        assert HallDetailsForm(hall=hall).fields["spare"].queryset.filter(pk=point.pk).exists() is wanted  # type: ignore[attr-defined]


def test_the_pages_keep_what_was_typed() -> None:
    of = stage.planned()
    point = stage.hall(of).point
    desk = cast.browser(cast.technician())
    place = f"/diem-cau/{point.slug}/"
    sent = {"first_day": localdate(of.starts_at).isoformat(), "reason": "Sửa chữa"}
    answer = desk.post(f"{place}ngung/", sent)
    assert answer.status_code == 409
    assert f"đang có trong buổi tiếp {of.code}" in text(answer) and 'value="Sửa chữa"' in text(answer)
    assert desk.post(f"{place}ngung/", {"first_day": "mai"}).status_code == 422
    sent["first_day"] = (localdate(of.starts_at) + DAY).isoformat()
    assert desk.post(f"{place}ngung/", sent).status_code == 302
    page = text(desk.get(place))
    assert "Dùng lại</a>" in page and "Sửa chữa" in page and "Sẽ ngừng" in page
    assert "Ngừng sử dụng từ" in text(desk.get(f"{place}dung-lai/"))
    assert desk.post(f"{place}dung-lai/", {"back_on": sent["first_day"], "reason": "Xong"}).status_code == 302
    assert "Ngừng sử dụng</a>" in text(desk.get(place))


def test_the_card_names_the_receptions_that_its_reader_may_open() -> None:
    of = stage.planned()
    hall = of.halls.get(point__slug=stage.OFFICE)
    spare = registered()
    of.halls.filter(point__slug=stage.COMMUNE).update(spare=spare)
    now = of.starts_at - 30 * DAY
    found = usage.uses(cast.clerk(), hall.point, now)
    assert [(use.code, use.part) for use in found.coming] == [(of.code, "Thành phần")] and not found.past
    assert [use.part for use in usage.uses(cast.clerk(), spare, now).coming] == ["Dự phòng"]
    later = usage.uses(cast.clerk(), hall.point, of.ends_at + DAY)
    assert not later.coming and [use.code for use in later.past] == [of.code]
    stranger = usage.uses(cast.outsider(Role.CLERK), hall.point, now)
    assert (stranger.coming, stranger.past, stranger.hidden) == ([], [], 1)


def test_receptions_that_were_held_are_counted_by_year() -> None:
    of = stage.planned()
    year = localdate(of.starts_at).year
    points = [hall.point_id for hall in of.halls.all()]
    assert usage.counts(points, year) == {}
    Reception.objects.filter(pk=of.pk).update(state="sealed")
    assert usage.counts(points, year) == dict.fromkeys(points, 1)
    assert usage.counts(points, year - 1) == {}
