"""Drawing a reception to another day proposes that day and changes nothing; what else a calendar shows (screen S08)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, localtime

from tests import cast, schedule_cast
from tests import reception_cast as stage
from tests.receptions.plan_facts import facts
from tests.receptions.plan_forms import coming
from tiepdan.policy.models import Day, DayKind, Year
from tiepdan.receptions.actions.plan import plan_reception
from tiepdan.receptions.actions.publication import publish
from tiepdan.receptions.models import MetMilestone, Reception, Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Reception:
    return stage.planned(**coming())


def day_of(of: Reception) -> date:
    return localdate(of.starts_at)


def page(address: str, who: Any = None) -> str:
    answer = cast.browser(who or cast.clerk()).get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def month(of: Reception, who: Any = None, way: str = "thang") -> str:
    return page(f"/buoi-tiep/?xem={way}&ngay={day_of(of)}", who)


def given(of: Reception, state: str) -> Reception:
    Reception.objects.update(state=state)
    of.refresh_from_db()
    return of


@pytest.mark.parametrize("way", ["thang", "tuan"])
@pytest.mark.parametrize(
    ("state", "form"),
    [
        ("draft", "sua"),
        ("submitted", ""),
        ("approved", ""),
        ("published", "doi-lich"),
        ("ready", "doi-lich"),
        ("postponed", ""),
        ("cancelled", ""),
        ("closed", ""),
    ],
)
def test_what_may_be_moved_can_be_drawn_and_has_a_link(of: Reception, state: str, form: str, way: str) -> None:
    words = month(given(of, state), way=way)
    assert f'data-day="{day_of(of)}"' in words
    address = f"/buoi-tiep/{of.code}/{form}/"
    assert (f'draggable="true" data-proposes="{address}"' in words) == bool(form)
    assert (f'href="{address}">Đổi ngày' in words) == bool(form)


def test_who_does_not_write_the_day_has_nothing_to_draw(of: Reception) -> None:
    for who in (cast.chair(), cast.secretary(), cast.inspector(), cast.approver()):
        assert "data-proposes" not in month(of, who)


def test_in_the_last_half_hour_nothing_is_drawn() -> None:
    start = localtime()
    soon = stage.planned(starts_at=start + timedelta(minutes=20), ends_at=start + timedelta(minutes=80), state="ready")
    assert "data-proposes" not in month(soon)


def test_a_draft_that_is_drawn_opens_its_form_with_the_new_day_and_keeps_its_old_one(of: Reception) -> None:
    new = day_of(of) + timedelta(days=1)
    words = page(f"/buoi-tiep/{of.code}/sua/?ngay={new}")
    assert f'value="{new}"' in words and "Đề nghị chuyển từ" in words and "«Lưu kế hoạch»" in words
    assert Reception.objects.get().starts_at == of.starts_at


@pytest.mark.parametrize("typed", ["", "hom-qua", "2026-13-40", "9999-99-99", "0001-01-01"])
def test_an_address_without_a_day_proposes_nothing(of: Reception, typed: str) -> None:
    for day in (typed, str(day_of(of))):
        words = page(f"/buoi-tiep/{of.code}/sua/?ngay={day}")
        assert "Đề nghị chuyển" not in words and f'value="{day_of(of)}"' in words


def test_what_is_published_shows_what_would_change_and_whom_to_tell() -> None:
    of = _published()
    new = day_of(of) + timedelta(days=7)
    words = page(f"/buoi-tiep/{of.code}/doi-lich/?ngay={new}")
    assert f'value="{new}"' in words and "Sẽ thay đổi" in words and "Công bố phiên bản 2" in words
    assert Version.objects.count() == 1 and Reception.objects.get().starts_at == of.starts_at


def test_a_day_for_which_nobody_can_be_told_in_time_is_refused_at_once() -> None:
    of = _published()
    words = page(f"/buoi-tiep/{of.code}/doi-lich/?ngay={localdate() + timedelta(days=1)}")
    assert "Dời lên sớm hơn phải còn đủ 05 ngày làm việc" in words and "Sẽ thay đổi" not in words


def test_a_day_on_which_a_hall_is_taken_is_told_before_anything_is_published() -> None:
    of, week = _published(), timedelta(days=7)
    other = stage.planned(
        "BT-2026-099", halls=False, matter=False, starts_at=of.starts_at + week, ends_at=of.ends_at + week
    )
    hall = of.halls.select_related("point").first()
    assert hall is not None
    other.halls.create(point=hall.point)
    Reception.objects.filter(pk=other.pk).update(state="published")
    words = page(f"/buoi-tiep/{of.code}/doi-lich/?ngay={day_of(of) + week}")
    assert f"Điểm cầu {hall.point} đã có trong buổi tiếp BT-2026-099" in words
    assert 'value="1" disabled' in words
    assert (
        "disabled" not in page(f"/buoi-tiep/{of.code}/doi-lich/?ngay={day_of(of) + 2 * week}").split("Sẽ thay đổi")[1]
    )


def _published() -> Reception:
    of = schedule_cast.reception(start=stage.PLAN_START)
    publish(of, by=cast.clerk(), at=stage.DESK_NOW)
    of.refresh_from_db()
    return of


def test_between_publication_and_readiness_the_trial_is_shown(of: Reception) -> None:
    assert "kết nối thử" not in month(of)
    assert "Chưa kết nối thử" in month(given(of, "published"))
    MetMilestone.objects.create(reception=of, code="trial", due="2026-12-16", met_at=stage.DESK_NOW)
    assert "Kết nối thử đạt" in month(of)
    assert "Kết nối thử đạt" not in month(given(of, "ready"))


def test_a_trial_that_is_late_is_red() -> None:
    late = stage.planned(**{**coming(), "starts_at": localtime() + timedelta(hours=3)}, state="published")
    words = month(late)
    assert "Quá hạn kết nối thử" in words and "state-bad" in words


def test_days_off_are_told_apart_by_name(of: Reception) -> None:
    year = Year.objects.get_or_create(year=day_of(of).year)[0]
    Day.objects.filter(day=day_of(of)).delete()
    Day.objects.create(year=year, day=day_of(of), kind=DayKind.OFF, name="Ngày hội của tỉnh", entered_at=stage.DESK_NOW)
    assert "Ngày hội của tỉnh" in month(of) and "Ngày hội của tỉnh" in month(of, way="tuan")


def test_a_copy_takes_halls_seats_and_the_script_and_no_citizen_with_it() -> None:
    source = schedule_cast.reception(state="draft", start=localtime() + timedelta(days=30))
    citizen = schedule_cast.PEOPLE[0]
    source.agenda.filter(stage="citizen").update(words=f"Mời ông {citizen.split()[-1]} trình bày.")
    source.agenda.filter(stage="dialogue").update(words="Mời các bên trao đổi thẳng thắn.")
    made = plan_reception(facts(source.starts_at + timedelta(days=14)), by=cast.clerk(), at=localtime(), copied=source)
    assert made.halls.count() == source.halls.count() and made.matters.count() == 0
    copied = {item.stage: item for item in made.agenda.select_related("speaker__hall", "hall")}
    assert [*copied] == [item.stage for item in source.agenda.all()]
    assert copied["dialogue"].words == "Mời các bên trao đổi thẳng thắn."
    assert copied["citizen"].words.startswith("Mời công dân trình bày.") and copied["citizen"].speaker is None
    assert all(item.speaker is None or item.speaker.hall.reception_id == made.pk for item in copied.values())
    assert all(item.matter is None for item in copied.values())
