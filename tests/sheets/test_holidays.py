"""Days off and make-up days from Excel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from tests import cast
from tests.sheets.books import book, upload
from tiepdan.accounts.rules import Role
from tiepdan.law.workdays import Calendar
from tiepdan.policy import actions, impact, queries
from tiepdan.policy.impact import Touched
from tiepdan.policy.models import Day
from tiepdan.sheets.models import Upload
from tiepdan.sheets.office import AGENCIES

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
PAGE = "/nhap-bang/ngay-nghi/"
HEADINGS = ["Ngày", "Loại", "Tên ngày", "Văn bản làm căn cứ"]
NOTICE = "Thông báo 9"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def send(*rows: list[Any]) -> Any:
    facts = {"agency": cast.province().pk, "sheet": upload(book(HEADINGS, *rows))}
    return cast.browser(cast.admin()).post(PAGE, facts)


def test_only_the_top_of_the_tree_keeps_the_table() -> None:
    below = cast.browser(cast.person("quan-tri-xa", "Quản Trị Xã", Role.ADMIN, cast.commune()))
    assert below.get(PAGE).status_code == 404
    kinds = below.get("/nhap-bang/").content.decode()
    assert AGENCIES.title in kinds and "Nhập ngày nghỉ" not in kinds
    assert "Nhập ngày nghỉ" in cast.browser(cast.admin()).get("/nhap-bang/").content.decode()


def test_days_come_in_and_what_moves_is_shown_before() -> None:
    def moves(calendar: Calendar) -> list[Touched]:
        return [Touched("BT-2026-012", "/", "10/12 → 09/12.")] if date(2026, 12, 11) in calendar.off else []

    impact.add(moves)
    try:
        answer = send([date(2026, 12, 11), "nghỉ", "Nghỉ bão", NOTICE], ["12/12/2026", "Làm bù", "Làm bù", ""])
        preview = cast.browser(cast.admin()).get(answer["Location"]).content.decode()
    finally:
        impact._finders.remove(moves)
    assert "1 việc đang mở có mốc thay đổi" in preview and "BT-2026-012: 10/12 → 09/12." in preview
    assert not Day.objects.exists()
    done = cast.browser(cast.admin()).post(f"{PAGE}{Upload.objects.get().pk}/nhap/")
    assert done["Location"] == "/quan-tri/ngay-nghi/"
    assert queries.calendar() == Calendar(frozenset({date(2026, 12, 11)}), frozenset({date(2026, 12, 12)}))
    assert Day.objects.get(day="2026-12-11").source == NOTICE


def test_every_wrong_day_says_what_is_wrong() -> None:
    for year in (2025, 2026):
        actions.seed_year(year, at=NOW)
        actions.confirm_year(year, "Thông báo 1", agency=cast.province(), by=cast.admin(), at=NOW)
    send(
        ["24/12/2025", "Nghỉ", "Nghỉ", NOTICE],
        ["24/12/2026", "Nghỉ", "Nghỉ", ""],
        ["24/12/2027", "Làm bù", "Làm bù", NOTICE],
        ["25/12/2027", "ốm", "Nghỉ", NOTICE],
        ["31/02/2027", "Nghỉ", "", NOTICE],
        ["27/12/2027", "Nghỉ", "Nghỉ", NOTICE],
        ["27/12/2027", "Nghỉ", "Nghỉ", NOTICE],
    )
    said = {number: " ".join(sentences) for number, sentences in Upload.objects.get().problems}
    assert set(said) == {2, 3, 4, 5, 6, 8}
    for line, words in {
        2: "Năm 2025 đã khép lại",
        3: "phải ghi văn bản làm căn cứ",
        4: "phải là thứ Bảy hoặc Chủ nhật",
        5: "Ghi «Nghỉ» hoặc «Làm bù»",
        6: "Chưa nhập tên ngày",
        8: "lặp lại trong bảng",
    }.items():
        assert words in said[line], said[line]
