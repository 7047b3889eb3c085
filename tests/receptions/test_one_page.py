"""«Bản in kế hoạch một trang» is one page of A4 also when the plan is large (screen S09): printed by a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import sync_playwright

from tests import case_cast, cast
from tests import reception_cast as stage
from tests.e2e.halls import launch
from tests.receptions.plan_forms import coming
from tiepdan.receptions.agenda_patterns import eight_stages
from tiepdan.receptions.models import AgendaItem, Matter, Reception, ReceptionPoint

pytestmark = pytest.mark.django_db
LONG = "Khiếu nại về bồi thường, hỗ trợ và tái định cư khi thu hồi đất làm tuyến kênh tưới, xã Thanh Lộc"


def large() -> Reception:
    """Eight halls, six matters, the pilot's seven dates, a script of thirty-three items."""
    when: dict[str, Any] = coming()
    of = stage.planned(**when, title=LONG, place="Trụ sở Tiếp công dân tỉnh, số 1, đường Lê Lợi, phường Minh Châu")
    for number in range(8 - of.halls.count()):
        fields = {
            "name": f"Ủy ban nhân dân phường Trần Hưng Đạo {number}",
            "address": f"Số {number + 10}, đường Nguyễn Văn Trỗi, phường Trần Hưng Đạo, tỉnh Minh Châu",
        }
        point = stage.point(f"them-{number}", **fields)
        facts = {"operator": "Nguyễn Thị Bích Phượng", "phone": stage.PHONE, "order": number + 9}
        ReceptionPoint.objects.create(reception=of, point=point, **facts)
    for number in range(6 - of.matters.count()):
        case = case_cast.case(f"VV-2026-9{number:03d}", state="planned")
        Matter.objects.create(
            reception=of, case=case, public_title=LONG, minutes=60, order=number + 1, chosen=of.halls.last()
        )
    AgendaItem.objects.bulk_create(eight_stages(of, list(of.matters.select_related("case", "chosen"))))
    Reception.objects.update(profile="qd764-2025")
    return of


def with_styles(page: str) -> str:
    """The page with its style sheets inside: nothing is served while it is printed."""

    def style(link: re.Match[str]) -> str:
        found = finders.find(link.group(1))
        assert found, link.group()
        return f"<style>{Path(str(found)).read_text(encoding='utf-8')}</style>"

    return re.sub(r'<link rel="stylesheet" href="/static/([^"]+)">', style, page)


def test_a_large_plan_is_printed_on_one_sheet() -> None:
    of = large()
    html = cast.browser(cast.clerk()).get(f"/buoi-tiep/{of.code}/ban-in/").content.decode()
    assert html.count(LONG) == 6 and "Vụ việc 6: Công dân trình bày" in html
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.set_content(with_styles(html))
        printed = page.pdf(prefer_css_page_size=True)
        browser.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
