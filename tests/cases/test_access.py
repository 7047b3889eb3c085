"""Every page of a case × every role × own and foreign agency × nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import case_cast, cast
from tiepdan.accounts.models import Delegation, Person
from tiepdan.accounts.rules import Role
from tiepdan.cases.access import may_edit, may_read
from tiepdan.cases.models import Case

pytestmark = pytest.mark.django_db

READ = ("", "phieu/", "nguoi-dai-dien/", "nguoi/{person}/", "ho-so/", "ho-so/muc-luc/", "nhat-ky/")
WRITE = (
    "sua/",
    "tach/",
    "cho-bo-sung/",
    "ho-so/ghi-nhan/",
    "ho-so/van-ban/",
    "ho-so/chia-se/",
    "ho-so/bien-nhan/{receipt}/thay-the/",
    "ho-so/tai-lieu/{item}/bo/",
)
POSTS = (
    "sang-loc/",
    "da-bo-sung/",
    "qua-trinh/",
    "qua-trinh/{history}/bo/",
    "nguoi-dai-dien/them/",
    "nguoi/{person}/sua/",
    "nguoi/{person}/bo/",
    "ho-so/chia-se/{share}/thoi/",
)
READERS = {"can-bo", "lanh-dao", "chu-tri", "thanh-tra"}
FOREIGN = [Role.CLERK, Role.APPROVER, Role.CHAIR, Role.INSPECTOR, Role.ADMIN]


@pytest.fixture
def case() -> Case:
    found = case_cast.case(people=2)
    case_cast.item(found)
    found.history.create(agency_name="UBND xã")
    case_cast.share(found, until=timezone.localdate() + timedelta(days=3))
    found.receipts.create(
        number=1, giver=found.petitioners.get(is_main=True), place="đây", made_at=case_cast.NOW, made_by=cast.clerk()
    )
    return found


def pages(case: Case, patterns: tuple[str, ...]) -> list[str]:
    ids = {
        "person": case.petitioners.get(is_main=False).pk,
        "item": case.items.get().pk,
        "history": case.history.get().pk,
        "share": case.shares.get().pk,
        "receipt": case.receipts.get().pk,
    }
    return [f"/vu-viec/{case.code}/{pattern.format(**ids)}" for pattern in patterns]


def everybody() -> dict[str, Person]:
    foreign = {f"ngoai-{role.value}": cast.outsider(role) for role in FOREIGN}
    others = {"co-quan": case_cast.department_officer(), "can-bo-xa": case_cast.commune_clerk()}
    return {**cast.everybody(), **foreign, **others}


def test_who_reads(case: Case) -> None:
    for name, person in everybody().items():
        browser = cast.browser(person)
        for address in pages(case, READ):
            assert browser.get(address).status_code == (200 if name in READERS else 404), (name, address)


def test_only_who_writes_opens_the_forms(case: Case) -> None:
    for name, person in everybody().items():
        browser = cast.browser(person)
        for address in pages(case, WRITE):
            assert browser.get(address).status_code == (200 if name == "can-bo" else 404), (name, address)
        wanted = 200 if name in ("can-bo", "lanh-dao", "chu-tri") else 404
        assert browser.get(f"/vu-viec/{case.code}/giao/").status_code == wanted, name


def test_only_who_writes_sends_anything(case: Case) -> None:
    before = list(Case.objects.values())
    for name, person in everybody().items():
        if name == "can-bo":
            continue
        browser = cast.browser(person)
        for address in pages(case, (*WRITE, *POSTS)):
            assert browser.post(address, {}).status_code == 404, (name, address)
    assert list(Case.objects.values()) == before
    for address in pages(case, POSTS):
        assert cast.browser(cast.clerk()).get(address).status_code == 405


def test_nobody_is_sent_to_the_door(case: Case) -> None:
    for address in pages(case, (*READ, *WRITE)):
        assert Client().get(address)["Location"] == f"/dang-nhap/?next={address}"
    for address in pages(case, POSTS):
        assert Client().post(address)["Location"].startswith("/dang-nhap/")


def test_what_does_not_exist_looks_like_what_is_not_yours(case: Case) -> None:
    _, _, unknown = cast.browser(cast.clerk()).get("/vu-viec/VV-2026-9999/").content.partition(b"<main")
    foreign = cast.browser(cast.outsider()).get(f"/vu-viec/{case.code}/").content
    assert "Không tìm thấy trang này, hoặc bạn không có quyền xem." in foreign.decode()
    assert unknown and "VV-2026-9999" not in unknown.decode() and case.summary not in foreign.decode()


@pytest.mark.parametrize("part", ["nguoi/{pk}/", "nguoi/{pk}/sua/"])
def test_people_of_another_case_are_not_reached_through_mine(case: Case, part: str) -> None:
    other = case_cast.case("VV-2026-0099", agency=cast.elsewhere())
    pk = other.petitioners.get().pk
    answer = cast.browser(cast.clerk()).post(f"/vu-viec/{case.code}/{part.format(pk=pk)}", {"reason": "Lý do đủ dài"})
    assert answer.status_code == 404


def test_an_inspector_reads_what_stands_below(case: Case) -> None:
    below = case_cast.case("VV-2026-0002", agency=cast.commune(), created_by=case_cast.commune_clerk())
    assert cast.browser(cast.inspector()).get(f"/vu-viec/{below.code}/").status_code == 200
    assert cast.browser(cast.clerk()).get(f"/vu-viec/{below.code}/").status_code == 404


def test_who_decides_for_another_reads(case: Case) -> None:
    receiver = cast.technician()
    today = timezone.localdate()
    assert not may_read(receiver, case, today)
    Delegation.objects.create(
        agency=case.agency,
        giver=cast.approver(),
        receiver=receiver,
        valid_from=today,
        valid_to=today,
        made_at=timezone.now(),
    )
    assert may_read(receiver, case, today) and not may_edit(receiver, case, today)
    assert not may_read(receiver, case, today + timedelta(days=1))


def test_who_left_the_agency_reads_nothing_any_more(case: Case) -> None:
    gone: Any = cast.person("da-nghi", "Người Đã Nghỉ", Role.OBSERVER)
    cast.post(gone, Role.CLERK, until=timezone.localdate() - timedelta(days=1))
    Case.objects.filter(pk=case.pk).update(officer=None)
    assert cast.browser(gone).get(f"/vu-viec/{case.code}/").status_code == 404


def test_the_query_count_of_a_case_page(case: Case, django_assert_max_num_queries: Any) -> None:
    browser = cast.browser(cast.clerk())
    for number in range(20):
        case_cast.petitioner(case, f"Người Thứ {number}", number=f"0360850{number:05d}")
        case_cast.item(case, f"Tài liệu {number}")
    for address, most in (("", 45), ("nguoi-dai-dien/", 40), ("ho-so/", 45), ("nhat-ky/", 40)):
        with django_assert_max_num_queries(most):
            browser.get(f"/vu-viec/{case.code}/{address}")
