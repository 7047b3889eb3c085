"""{% deadline %}, {% article %} and |due, as every page shows them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory

from tests import cast
from tests.law.tables import d
from tiepdan.policy import actions

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)  # Monday, 09:00 in Vietnam


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def drawn(source: str, **facts: Any) -> str:
    return Template("{% load deadlines %}" + source).render(Context(facts))


@pytest.fixture
def table() -> None:
    actions.seed_year(2026, at=NOW)
    actions.confirm_year(2026, "Thông báo 1", agency=cast.province(), by=cast.admin(), at=NOW)


@pytest.mark.parametrize(
    ("due", "met_at", "now", "look", "words"),
    [
        (d("2026-12-10"), None, NOW, "none", "○ Còn 03 ngày làm việc"),
        (d("2026-12-09"), None, NOW, "care", "▲ Còn 02 ngày làm việc"),
        (d("2026-12-07"), None, NOW, "care", "▲ Hạn hôm nay"),
        (moment("2026-12-07T15:30"), None, NOW, "care", "▲ Hạn hôm nay 15:30"),
        (moment("2026-12-07T08:30"), None, NOW, "bad", "■ Quá hạn từ 08:30"),
        (moment("2026-12-17T07:30"), None, NOW, "none", "○ Còn 08 ngày làm việc"),
        (d("2026-12-04"), None, NOW, "bad", "■ Quá hạn 01 ngày làm việc"),
        (d("2026-11-23"), None, NOW, "bad", "■ Quá hạn 09 ngày làm việc"),
        (d("2026-12-04"), None, moment("2026-12-05T09:00"), "bad", "■ Quá hạn 01 ngày"),
        (d("2026-12-13"), None, moment("2026-12-11T09:00"), "care", "▲ Còn 02 ngày"),
        (d("2026-12-04"), moment("2026-12-04T23:59"), NOW, "good", "✓ Đạt"),
        (d("2026-12-04"), moment("2026-12-05T00:00"), NOW, "care", "▲ Đạt, quá hạn"),
        (moment("2026-12-07T08:30"), moment("2026-12-07T08:30"), NOW, "good", "✓ Đạt"),
        (d("2027-01-04"), None, NOW, "none", "○ Còn 20 ngày làm việc (tạm tính)"),
        (d("2027-01-04"), NOW, NOW, "good", "✓ Đạt"),
    ],
)
def test_the_chip_of_a_deadline(table: None, due: Any, met_at: Any, now: datetime, look: str, words: str) -> None:
    found = drawn("{% deadline due met_at %}", due=due, met_at=met_at, now=now)
    assert f'class="state state-{look}"' in found
    assert re.sub(r"<[^>]+>", "", found) == words


def test_nothing_is_shown_for_no_date() -> None:
    assert drawn("{% deadline due %}|{{ due|due }}", due=None, now=NOW) == "|"


def test_many_chips_read_the_table_once(table: None, django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with django_assert_num_queries(1):
        drawn(
            "{% for due in days %}{% deadline due %}{% endfor %}",
            days=[d("2026-12-10")] * 20,
            now=NOW,
            request=request,
        )


def test_an_article_is_a_link_for_staff_and_words_for_the_public() -> None:
    citation = "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP; khoản 4 Điều 24 Luật Tiếp công dân"
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    plain = f'<span class="article">{citation}</span>'
    assert drawn("{% article citation %}", citation=citation) == plain
    assert drawn("{% article citation %}", citation=citation, request=request) == plain
    request.user = cast.clerk()
    link = drawn("{% article citation %}", citation=citation, request=request)
    address = re.search(r'href="([^"]+)"', link)
    assert address is not None and citation in link
    page = cast.browser(cast.clerk()).get(address[1])
    assert "Niêm yết lịch tiếp; thông báo cho công dân" in page.content.decode()
    assert drawn("{% article '' %}") == ""


def test_dates_in_words() -> None:
    assert drawn("{{ due|due }}", due=date(2026, 12, 10)) == "thứ Năm 10/12/2026"
    assert drawn("{{ due|due }}", due=moment("2026-12-17T07:30")) == "07:30, thứ Năm 17/12/2026"
    assert "tạm tính" in drawn("{% provisional yes %}", yes=True)
    assert drawn("{% provisional yes %}", yes=False) == ""
