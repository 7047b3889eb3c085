"""«Xác thực hai lớp», one's own page; and who must have it (S39)."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.factor_cast import (
    NOW,
    app_code,
    enrolled,
    hidden,
    key_of,
    password_given,
    require,
)
from tiepdan.accounts.models import Person
from tiepdan.accounts.models_factor import Factor, FactorRule, RecoveryCode
from tiepdan.accounts.queries_factor import missing_among, required_roles
from tiepdan.accounts.rules import Role
from tiepdan.accounts.rules_factor import DEFAULT_ROLES
from tiepdan.audit.models import Entry

pytestmark = pytest.mark.django_db
HOME = "/xac-thuc-hai-lop/"
SET_UP, CODES, OFF, RULE = f"{HOME}bat/", f"{HOME}ma-du-phong/", f"{HOME}tat/", "/quan-tri/xac-thuc-hai-lop/"
TODAY = date(2026, 12, 7)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


def key_shown(page: Any) -> bytes:
    found = re.search(r"data-key>([A-Z2-7 ]+)<", page.content.decode())
    assert found
    return base64.b32decode(found[1].replace(" ", ""))


def shown_codes(page: Any) -> list[str]:
    return re.findall(r"data-recovery>([a-z0-9-]+)<", page.content.decode())


def events() -> list[str]:
    rows = Entry.objects.order_by("id").values_list("event", flat=True)
    return [event for event in rows if event.startswith("factor.")]


def test_turning_it_on() -> None:
    clerk = cast.clerk()
    here, there = cast.browser(clerk), cast.browser(clerk)
    assert "○</span> Chưa bật" in here.get(HOME).content.decode()
    page = here.get(SET_UP)
    key = key_shown(page)
    assert "<svg" in page.content.decode() and "no-store" in page["Cache-Control"]
    sent = {"drawn": hidden(page, "drawn"), "password": cast.PASSWORD, "next": "/vu-viec/"}
    wrong = here.post(SET_UP, {**sent, "code": "000000"})
    assert wrong.status_code == 422 and "Mã chưa đúng." in wrong.content.decode()
    assert key_shown(wrong) == key and not Factor.objects.exists()
    done = here.post(SET_UP, {**sent, "drawn": hidden(wrong, "drawn"), "code": app_code(NOW, key)})
    codes = shown_codes(done)
    assert done.status_code == 200 and len(set(codes)) == 10 and 'href="/vu-viec/"' in done.content.decode()
    clerk.refresh_from_db()
    assert clerk.factor_at == NOW and key_of(clerk) == key
    assert get_user(here) == clerk and get_user(there).is_anonymous
    page = here.get(HOME).content.decode()
    assert "✓</span> Đã bật" in page and "10 mã" in page and base64.b32encode(key).decode()[:8] not in page
    assert events() == ["factor.on"]
    assert get_user(client_with(clerk, app_code(NOW, key))).is_anonymous  # the code of the set-up is used up


def client_with(person: Person, code: str) -> Client:
    client = Client()
    password_given(client, person)
    client.post("/dang-nhap/ma/", {"factor_code": code})
    return client


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"password": "sai"}, 409, "Mật khẩu hiện nay chưa đúng. Còn 4 lần thử."),
        ({"code": ""}, 422, "Chưa nhập mã 6 số ứng dụng đang hiện."),
        ({"drawn": "giả"}, 422, "Mã QR đã cũ"),
        ({"drawn": ""}, 422, "Mã QR đã cũ"),
    ],
)
def test_what_does_not_turn_it_on(change: dict[str, str], status: int, words: str) -> None:
    client = cast.browser(cast.clerk())
    page = client.get(SET_UP)
    sent = {"drawn": hidden(page, "drawn"), "password": cast.PASSWORD, "code": app_code(NOW, key_shown(page))}
    answer = client.post(SET_UP, {**sent, **change})
    assert answer.status_code == status and words in answer.content.decode()
    assert cast.PASSWORD not in answer.content.decode() and not Factor.objects.exists()


def test_a_picture_of_another_or_an_hour_ago_is_drawn_anew(clock: time_machine.Coordinates) -> None:
    page = cast.browser(cast.clerk()).get(SET_UP)
    key = key_shown(page)
    sent = {"drawn": hidden(page, "drawn"), "password": cast.PASSWORD, "code": app_code(NOW, key)}
    other = cast.browser(cast.chair()).post(SET_UP, sent)
    assert other.status_code == 422 and key_shown(other) != key
    clock.shift(timedelta(hours=1))
    late = cast.browser(cast.clerk()).post(SET_UP, {**sent, "code": app_code(timezone.now(), key)})
    assert late.status_code == 422 and key_shown(late) != key


@pytest.mark.parametrize("by_paper", [False, True])
def test_moving_to_another_telephone(by_paper: bool) -> None:
    clerk = cast.clerk()
    old = enrolled(clerk)
    client = cast.browser(clerk)
    page = client.get(SET_UP)
    key = key_shown(page)
    sent = {"drawn": hidden(page, "drawn"), "password": cast.PASSWORD, "code": app_code(NOW, key)}
    assert "Chưa nhập mã của máy đang dùng." in client.post(SET_UP, sent).content.decode()
    refused = client.post(SET_UP, {**sent, "old_code": "000000"})
    assert refused.status_code == 422 and "Còn 4 lần thử" in refused.content.decode()
    done = client.post(SET_UP, {**sent, "old_code": old[0] if by_paper else app_code(NOW)})
    assert len(shown_codes(done)) == 10 and not set(shown_codes(done)) & set(old)
    clerk.refresh_from_db()
    assert key_of(clerk) == key and get_user(client) == clerk
    assert events()[-1] == "factor.moved"


def test_a_new_set_of_codes_makes_the_old_one_void() -> None:
    clerk = cast.clerk()
    old = enrolled(clerk)
    client = cast.browser(clerk)
    wrong = client.post(CODES, {"password": cast.PASSWORD, "factor_code": "000000"})
    assert wrong.status_code == 422 and RecoveryCode.objects.count() == 10
    new = shown_codes(client.post(CODES, {"password": cast.PASSWORD, "factor_code": app_code(NOW)}))
    assert len(new) == 10 and get_user(client) == clerk
    assert get_user(client_with(clerk, old[0])).is_anonymous
    assert get_user(client_with(clerk, new[0])) == clerk


def test_turning_it_off_needs_both() -> None:
    clerk = cast.clerk()
    enrolled(clerk)
    client = cast.browser(clerk)
    for sent, words in [
        ({"password": "sai", "factor_code": app_code(NOW)}, "Mật khẩu hiện nay chưa đúng."),
        ({"password": cast.PASSWORD, "factor_code": "000000"}, "Mã xác thực chưa đúng. Còn 4 lần thử."),
    ]:
        assert words in client.post(OFF, sent).content.decode()
    assert client.post(OFF, {"password": cast.PASSWORD, "factor_code": app_code(NOW)})["Location"] == HOME
    clerk.refresh_from_db()
    assert clerk.factor_at is None and not Factor.objects.exists() and not RecoveryCode.objects.exists()
    assert get_user(client) == clerk
    assert password_given(Client(), clerk).status_code == 302
    for place in (OFF, CODES):
        assert client.get(place)["Location"] == HOME


def test_a_role_that_must_have_it_keeps_it() -> None:
    clerk = cast.clerk()
    enrolled(clerk)
    require(Role.CLERK)
    client = cast.browser(clerk)
    page = client.get(HOME).content.decode()
    assert re.search(r"<button[^>]* disabled[^>]*>Tắt xác thực hai lớp", page)
    assert "Vai trò «Cán bộ tiếp dân» của bạn bắt buộc" in page
    answer = client.post(OFF, {"password": cast.PASSWORD, "factor_code": app_code(NOW)})
    assert answer.status_code == 409 and "bắt buộc có xác thực hai lớp" in answer.content.decode()
    assert Factor.objects.exists()


def test_few_codes_left_are_marked() -> None:
    clerk = cast.clerk()
    enrolled(clerk)
    RecoveryCode.objects.filter(pk__in=list(RecoveryCode.objects.values_list("pk", flat=True)[:7])).delete()
    assert "▲</span> 3 mã" in cast.browser(clerk).get(HOME).content.decode()


# --- the rule of the office ----------------------------------------------------------------------------------------


def test_without_a_rule_the_default_holds_and_then_the_newest_that_has_begun() -> None:
    cast.admin()
    FactorRule.objects.all().delete()
    assert required_roles(TODAY) == DEFAULT_ROLES == {Role.ADMIN, Role.TECHNICIAN, Role.ARCHIVIST}
    for day, roles in ((TODAY, ["clerk"]), (TODAY, ["chair"]), (TODAY + timedelta(days=3), [])):
        FactorRule.objects.create(roles=roles, valid_from=day, reason="x", entered_at=NOW)
    assert required_roles(TODAY) == required_roles(TODAY + timedelta(days=2)) == {Role.CHAIR}
    assert required_roles(TODAY - timedelta(days=1)) == DEFAULT_ROLES
    assert required_roles(TODAY + timedelta(days=3)) == frozenset()


def test_the_top_office_sets_the_rule_with_a_date_and_a_reason() -> None:
    client = cast.browser(cast.admin())
    sent = {"roles": ["approver", "clerk"], "valid_from": "2026-12-10", "reason": "Công văn 12/UBND"}
    answer = client.post(RULE, sent)
    assert answer["Location"] == RULE
    entry = Entry.objects.get(event="factor.rule_set")
    assert entry.agency == cast.province()
    assert entry.facts == {
        "roles": ["Cán bộ tiếp dân", "Lãnh đạo UBND"],
        "valid_from": "2026-12-10",
        "reason": "Công văn 12/UBND",
    }
    page = client.get(RULE).content.decode()
    assert "Cán bộ tiếp dân, Lãnh đạo UBND" in page and "Chưa đến ngày" in page
    assert required_roles(TODAY) == frozenset() and required_roles(date(2026, 12, 10)) == {Role.CLERK, Role.APPROVER}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"valid_from": "2026-12-06"}, "chỉ có hiệu lực từ hôm nay trở đi"),
        ({"valid_from": ""}, "Chưa nhập từ ngày."),
        ({"reason": ""}, "Chưa nhập lý do, văn bản."),
        ({"roles": ["king"]}, "Hãy chọn"),
    ],
)
def test_a_wrong_rule_keeps_what_was_entered(change: dict[str, Any], words: str) -> None:
    sent = {"roles": ["approver"], "valid_from": "2026-12-10", "reason": "Công văn"}
    answer = cast.browser(cast.admin()).post(RULE, {**sent, **change})
    text = answer.content.decode()
    assert answer.status_code == 422 and words in text
    assert "roles" in change or re.search(r'value="approver" checked', text)
    assert FactorRule.objects.count() == 1


def test_an_office_below_reads_the_rule_and_is_told_who_sets_it() -> None:
    client = cast.browser(cast.person("quan-tri-xa", "Quản Trị Xã", Role.ADMIN, cast.commune()))
    assert "Chỉ quản trị của cơ quan cấp cao nhất" in client.get(RULE).content.decode()
    sent = {"roles": [], "valid_from": "2026-12-10", "reason": "x"}
    assert client.post(RULE, sent).status_code == 403


def test_the_list_of_people_tells_who_has_it_and_who_lacks_it() -> None:
    require(Role.ADMIN, Role.CLERK)
    clerk, admin, chair = cast.clerk(), cast.admin(), cast.chair()
    enrolled(admin)
    assert missing_among([clerk, admin, chair], TODAY) == {clerk.pk}
    page = cast.browser(admin).get("/quan-tri/nguoi-dung/").content.decode()
    for person, words in ((clerk, "Bắt buộc, chưa bật"), (admin, "Đã bật"), (chair, "Chưa bật")):
        row = page.partition(f">{person.full_name}</a>")[2].partition("</tr>")[0]
        assert f"</span> {words}</span>" in row
