"""The plan's form shows the dates of the law before anything is saved (screen S09)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests import cast
from tiepdan.policy.queries import calendar
from tiepdan.receptions.models import Reception

pytestmark = pytest.mark.django_db
ADDED = "thí điểm thêm"


def far() -> date:
    return calendar().shift(localdate() + timedelta(days=40), 1)


def shown(**typed: object) -> str:
    fields = {"day": far(), "starts": "08:30", "kind": "periodic", "profile": "nd154-2026", **typed}
    fields = {name: str(value) for name, value in fields.items() if value is not None}
    answer = cast.browser(cast.clerk()).get("/buoi-tiep/moi/moc/", fields)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_milestones_of_the_decree_stand_with_their_articles() -> None:
    words = shown()
    assert "Niêm yết lịch tiếp" in words and "khoản 1 Điều 23 NĐ 154/2026" in words and ADDED not in words
    due = calendar().shift(far(), -5)
    assert f"{due:%d/%m/%Y}" in words
    assert not Reception.objects.exists()


def test_the_pilot_adds_its_own_and_takes_none_away() -> None:
    words = shown(profile="qd764-2025")
    assert words.count(f">{ADDED}<") == 4 and "Các mốc của NĐ 154/2026 vẫn bắt buộc." in words
    assert "Niêm yết lịch tiếp" in words and "Kết nối xong với mọi điểm cầu" in words


def test_a_day_that_is_too_near_or_not_worked_says_so() -> None:
    tomorrow = localdate() + timedelta(days=1)
    words = shown(day=tomorrow)
    assert "quá gần: cần ít nhất 05 ngày làm việc" in words and "người đứng đầu" not in words
    assert "lý do bằng văn bản của người đứng đầu" in shown(day=tomorrow, kind="adhoc")
    sunday = far() + timedelta(days=6 - far().weekday())
    assert "không phải ngày làm việc" in shown(day=sunday) and "không phải ngày làm việc" not in shown()


@pytest.mark.parametrize(
    "typed", [{"day": None}, {"day": "mai"}, {"starts": "25:99"}, {"profile": "khac"}, {"kind": ""}]
)
def test_what_is_not_typed_yet_shows_nothing(typed: dict[str, object]) -> None:
    assert "Mốc thời hạn" not in shown(**typed)


def test_the_form_asks_for_them_and_strangers_do_not_get_them() -> None:
    page = cast.browser(cast.clerk()).get("/buoi-tiep/moi/").content.decode()
    assert 'hx-get="/buoi-tiep/moi/moc/"' in page and "#id_profile" in page
    assert Client().get("/buoi-tiep/moi/moc/").status_code in (302, 401)
