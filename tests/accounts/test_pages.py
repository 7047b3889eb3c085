"""The frame of every page, and the page of the log."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import cast
from tiepdan.accounts import menu
from tiepdan.accounts.rules import Role
from tiepdan.audit import actions as audit
from tiepdan.audit import triggers
from tiepdan.audit.models import Entry, Head

pytestmark = pytest.mark.django_db
JOURNAL = "/quan-tri/nhat-ky/"


@pytest.mark.parametrize("address", ["/dang-nhap/", "/khong-co/"])
def test_the_browser_rules_are_strict(address: str) -> None:
    response = Client().get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy and "connect-src 'self' ws://127.0.0.1:7880" in policy
    assert "unsafe" not in policy and "*" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    text = response.content.decode()
    assert not re.search(r"(src|href)=\"https?:", text)


def test_the_top_bar_names_the_agency_the_person_and_the_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "_items", [])
    menu.add_item("Buổi tiếp", "/buoi-tiep/", order=10)
    menu.add_item("Nhật ký", JOURNAL, {Role.ADMIN}, order=90)
    monkeypatch.setattr(menu, "_strips", [])
    menu.add_strips(lambda person, now: [menu.Strip("Buổi tiếp BT-2026-012 đang diễn ra", "/phong/x/", "Vào phòng")])
    text = cast.browser(cast.admin()).get(JOURNAL).content.decode()
    for words in ("UBND tỉnh Minh Châu", "Hoàng Gia Khánh", "Quản trị", "Đăng xuất", "Tới nội dung chính"):
        assert words in text
    assert re.search(rf'href="{JOURNAL}" aria-current="page"', text)
    assert "Buổi tiếp BT-2026-012 đang diễn ra" in text and "Vào phòng" in text
    text = cast.browser(cast.chair()).get("/khong-co/").content.decode()
    assert "/buoi-tiep/" in text and JOURNAL not in text


@pytest.mark.parametrize("address", [JOURNAL])
def test_who_may_read_the_log(address: str) -> None:
    assert Client().get(address)["Location"] == f"/dang-nhap/?next={address}"
    answer = Client().get(address, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (403, "signed_out")
    for name, person in cast.everybody().items():
        wanted = 200 if name in ("quan-tri", "thanh-tra") else 403
        assert cast.browser(person).get(address).status_code == wanted, name
        assert cast.browser(person).get(f"{address}kiem-tra/").status_code in (403, 405)


def test_the_log_shows_ones_own_agencies_and_those_below() -> None:
    now = timezone.now()
    for agency, words in [
        (cast.province(), "việc của tỉnh"),
        (cast.commune(), "việc của xã"),
        (cast.elsewhere(), "việc nơi khác"),
        (None, "việc của hệ thống"),
    ]:
        audit.record("signin.failed", agency=agency, at=now, reason=words)
    table = {
        cast.admin(): {"tỉnh", "xã", "hệ thống"},
        cast.inspector(): {"tỉnh", "xã"},
        cast.outsider(Role.ADMIN): {"nơi khác", "hệ thống"},
        cast.person("quan-tri-xa", "Quản Trị Xã", Role.ADMIN, cast.commune()): {"xã"},
    }
    for person, wanted in table.items():
        text = cast.browser(person).get(JOURNAL).content.decode()
        shown = {place for place in ("tỉnh", "xã", "nơi khác", "hệ thống") if re.search(f"việc (của )?{place}", text)}
        assert shown == wanted, person


def test_filters_and_paging_of_the_log() -> None:
    now, agency = timezone.now(), cast.province()
    for number in range(60):
        audit.record("signin.failed", agency=agency, at=now, by_label="Máy <b>lạ</b>", reason=f"lần {number}")
    audit.record("signin.staff", agency=agency, at=now, by=cast.chair(), about=cast.chair())
    client = cast.browser(cast.admin())
    first = client.get(JOURNAL).content.decode()
    assert "Trang 1<" in first and "Dòng 1–50," in first and 'href="?page=2"' in first and "<b>lạ" not in first
    assert "Đăng nhập không thành công" in first
    second = client.get(JOURNAL, {"event": "signin.failed", "q": "lan", "page": "2"}).content.decode()
    assert "Trang 2<" in second and "Dòng 51–60," in second and "?event=signin.failed&amp;q=lan&amp;page=1" in second
    assert "Không có sự kiện khớp bộ lọc." in client.get(JOURNAL, {"q": "không đâu có"}).content.decode()
    about = client.get(JOURNAL, {"about": f"accounts.person:{cast.chair().pk}"}).content.decode()
    assert "Dòng 1–1," in about
    yesterday = timezone.localdate(now) - timedelta(days=1)
    assert "Dòng 1–" not in client.get(JOURNAL, {"until": f"{yesterday}"}).content.decode()
    assert "Dòng 1–" in client.get(JOURNAL, {"since": f"{yesterday}", "agency": f"{agency.pk}"}).content.decode()
    assert "Dòng 1–" not in client.get(JOURNAL, {"agency": f"{cast.commune().pk}"}).content.decode()
    rubbish: dict[str, str]
    for rubbish in (
        {"page": "x"},
        {"page": "-1"},
        {"event": "rubbish"},
        {"about": "x" * 300},
        {"q": "%"},
        {"since": "31/02/2026", "until": "9999-12-31"},
        {"agency": f"{cast.elsewhere().pk}"},
    ):
        assert client.get(JOURNAL, rubbish).status_code == 200, rubbish


def test_the_chains_can_be_verified_on_the_page() -> None:
    now = timezone.now()
    audit.record("signin.staff", agency=cast.commune(), at=now)
    client = cast.browser(cast.admin())
    text = client.post(f"{JOURNAL}kiem-tra/").content.decode()
    assert "Mọi chuỗi nguyên vẹn" in text and "Nguyên vẹn đến #1" in text
    assert Entry.objects.filter(event="audit.verified", agency=cast.province()).count() == 1

    triggers.remove(connection)
    Entry.objects.filter(agency=cast.commune()).update(by_label="Người khác")
    triggers.install(connection)
    text = client.post(f"{JOURNAL}kiem-tra/").content.decode()
    assert "Chuỗi đứt tại #1. Đã báo thanh tra và quản trị cấp trên." in text
    assert "Chuỗi đứt: UBND xã Thanh Lộc #1" in client.get(JOURNAL).content.decode()
    above, beside = cast.inspector(), cast.outsider(Role.INSPECTOR)
    below = cast.person("thanh-tra-xa", "Thanh Tra Xã", Role.INSPECTOR, cast.commune())
    for reader, told in ((above, True), (below, True), (beside, False), (cast.clerk(), False)):
        news = cast.browser(reader).get("/thong-bao/").content.decode()
        assert ("Chuỗi nhật ký bị đứt" in news) is told, reader


def test_a_chain_without_its_end_is_shown_although_nothing_can_be_written_into_it() -> None:
    audit.record("signin.staff", agency=cast.province(), at=timezone.now())
    Head.objects.all().delete()
    text = cast.browser(cast.admin()).post(f"{JOURNAL}kiem-tra/").content.decode()
    assert "Chuỗi đứt tại #2: mất dòng cuối chuỗi" in text
