"""The top bar: menu by role, search, bell, guides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import case_cast as stage
from tests import cast, reception_cast
from tiepdan.accounts import menu, news
from tiepdan.accounts.actions.delegations import delegate
from tiepdan.accounts.guides import READERS, guides
from tiepdan.accounts.models import NewsMark, Person
from tiepdan.accounts.rules import Role
from tiepdan.audit.labels import label
from tiepdan.cases.actions.decision import RETURN, decide

pytestmark = pytest.mark.django_db


def read(person: Person, address: str) -> str:
    answer = cast.browser(person).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


# --- menu --------------------------------------------------------------------------------------------------------


def labels(*roles: Role, is_delegate: bool = False) -> list[str]:
    return [item.label for item in menu.items_for(frozenset(roles), is_delegate)]


# The storyboard's table, as far as its rooms exist. «Việc của tôi» is everybody's first page. In addition, because
# nothing else leads there: the outbox of the clerk, the cases of the head, the chair's approvals, the rules and days
# off that an inspector reads, the receptions that lead technicians to slips and archivists to recordings, and what an
# administrator has besides.
MENUS = {
    Role.CLERK: "Vụ việc · Buổi tiếp · Điểm cầu · Hộp gửi",
    Role.APPROVER: "Chờ phê duyệt · Vụ việc · Buổi tiếp",
    Role.CHAIR: "Chờ phê duyệt · Buổi tiếp của tôi · Hồ sơ vụ việc",
    Role.SECRETARY: "Buổi tiếp",
    Role.TECHNICIAN: "Buổi tiếp · Điểm cầu",
    Role.OFFICER: "Giấy mời · Hồ sơ được chia sẻ",
    Role.INSPECTOR: "Vụ việc (chỉ xem) · Buổi tiếp · Quy tắc · Ngày nghỉ · Nhật ký",
    Role.ARCHIVIST: "Buổi tiếp",
    Role.ADMIN: "Cơ quan · Người dùng · Xác thực hai lớp · Quy tắc · Mẫu văn bản · Ngày nghỉ · Điểm cầu "
    "· Nhập từ Excel · Nhật ký",
    Role.OBSERVER: "Buổi tiếp được mời",
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_its_own_menu(role: Role) -> None:
    assert " · ".join(labels(role)) == f"Việc của tôi · {MENUS[role]}"


def test_who_has_several_roles_has_each_door_once_under_the_general_name() -> None:
    assert labels(Role.CHAIR, Role.CLERK) == [
        *("Việc của tôi", "Chờ phê duyệt", "Vụ việc", "Buổi tiếp", "Điểm cầu", "Hộp gửi")
    ]
    assert labels(Role.ADMIN, Role.TECHNICIAN).count("Điểm cầu") == 1


def test_an_agency_finds_its_receptions_and_halls_beside_its_invitations() -> None:
    officer = stage.department_officer()
    text = read(officer, "/giay-moi/")
    for address in ("/buoi-tiep/", "/diem-cau/"):
        assert f'href="{address}"' in text and read(officer, address)


def test_every_item_of_the_menu_opens() -> None:
    for person in cast.everybody().values():
        roles = {post.role_kind for post in person.posts.all()}
        for item in menu.items_for(frozenset(roles)):
            assert cast.browser(person).get(item.address).status_code == 200, (person.username, item.address)


def test_who_decides_in_somebodys_place_finds_the_way() -> None:
    assert "Chờ phê duyệt" not in labels(Role.TECHNICIAN)
    assert {"Chờ phê duyệt", "Vụ việc"} <= set(labels(Role.TECHNICIAN, is_delegate=True))
    now = timezone.now()
    today = timezone.localdate(now)
    delegate(
        agency=cast.province(),
        giver=cast.approver(),
        receiver=cast.technician(),
        valid_from=today,
        valid_to=today,
        at=now,
    )
    text = read(cast.technician(), "/viec-cua-toi/")
    assert 'href="/phe-duyet/"' in text and 'href="/vu-viec/"' in text
    stage.submitted()
    for address in ("/vu-viec/", f"/vu-viec/{stage.CODE}/", "/phe-duyet/"):
        assert stage.CODE in read(cast.technician(), address)


# --- search ------------------------------------------------------------------------------------------------------


def test_a_number_leads_straight_to_its_page() -> None:
    stage.case()
    of = reception_cast.reception()
    clerk = cast.browser(cast.clerk())
    assert clerk.get("/tim/", {"q": f" {stage.CODE.lower()} "})["Location"] == f"/vu-viec/{stage.CODE}/"
    assert clerk.get("/tim/", {"q": of.code})["Location"] == f"/buoi-tiep/{of.code}/"


def test_words_without_accents_find_cases_receptions_and_halls() -> None:
    stage.case(summary="Khiếu nại bồi thường kênh Thanh Lộc")
    of = reception_cast.reception()
    text = read(cast.clerk(), "/tim/?q=thanh+loc")
    assert f"/vu-viec/{stage.CODE}/" in text and stage.NAME not in text
    assert 'href="/diem-cau/xa-thanh-loc/"' in text
    assert f"/buoi-tiep/{of.code}/diem-cau/" in read(cast.chair(), "/tim/?q=thanh+loc")  # has no page of halls
    assert "Không tìm thấy" in read(cast.clerk(), "/tim/?q=khong+co+o+dau")
    assert "Nhập số vụ việc" in read(cast.clerk(), "/tim/?q=a")


def test_nobody_finds_what_they_may_not_open() -> None:
    stage.case(summary="Khiếu nại bồi thường kênh Thanh Lộc")
    of = reception_cast.reception()
    stranger = cast.outsider(Role.CLERK)
    for q in (stage.CODE, of.code, "thanh loc"):
        text = read(stranger, f"/tim/?q={q.replace(' ', '+')}")
        assert "Không tìm thấy" in text and f"/buoi-tiep/{of.code}" not in text


def test_a_dossier_that_is_shared_is_found_by_those_it_is_shared_with() -> None:
    case = stage.case(summary="Khiếu nại bồi thường kênh Thanh Lộc")
    share = stage.share(case, until=timezone.localdate() + timedelta(days=3))
    officer = stage.department_officer()
    assert f"/ho-so-duoc-chia-se/{share.pk}/" in read(officer, "/tim/?q=kenh")
    assert cast.browser(officer).get("/tim/", {"q": case.code})["Location"] == f"/ho-so-duoc-chia-se/{share.pk}/"


# --- bell --------------------------------------------------------------------------------------------------------


def bell(person: Person) -> str:
    return read(person, "/thong-bao/so/")


def test_the_bell_tells_the_clerk_what_the_head_did_until_it_is_marked() -> None:
    now = timezone.now()
    decide(stage.submitted(), RETURN, "Bổ sung báo cáo.", by=cast.approver(), at=now)
    assert ">1<" in bell(cast.clerk()).replace(" ", "")
    text = read(cast.clerk(), "/thong-bao/")
    assert "Trả lại vụ việc để bổ sung" in text and "Mới" in text and f"/vu-viec/{stage.CODE}/" in text
    assert cast.browser(cast.clerk()).post("/thong-bao/da-xem/")["Location"] == "/thong-bao/"
    assert "topbar-count" not in bell(cast.clerk())
    assert NewsMark.objects.get().person == cast.clerk()
    text = read(cast.clerk(), "/thong-bao/")
    assert "Trả lại vụ việc để bổ sung" in text and "Mới" not in text


def test_own_acts_and_other_peoples_matters_are_no_news() -> None:
    decide(stage.submitted(), RETURN, "Bổ sung báo cáo.", by=cast.approver(), at=timezone.now())
    for person in (cast.approver(), cast.technician(), cast.outsider(Role.CLERK)):
        assert "Chưa có thông báo nào" in read(person, "/thong-bao/")


def test_everything_that_the_bell_may_tell_has_words() -> None:
    assert [event for event in news._finders if label(event) == event] == []


def test_one_query_for_the_log_and_one_for_each_room(django_assert_max_num_queries: Any) -> None:
    decide(stage.submitted(), RETURN, "Bổ sung báo cáo.", by=cast.approver(), at=timezone.now())
    client = cast.browser(cast.clerk())
    client.get("/thong-bao/so/")
    with django_assert_max_num_queries(12):
        client.get("/thong-bao/so/")


# --- guides ------------------------------------------------------------------------------------------------------


def test_guides_of_ones_role_come_first_and_are_found_without_accents() -> None:
    assert set(READERS) <= {found.guide.name for found in guides(frozenset())}
    assert guides(frozenset({Role.APPROVER}))[0].is_mine
    assert "Hướng dẫn cho cán bộ tiếp dân" in read(cast.clerk(), "/huong-dan/?tu=giay+bien+nhan")
    assert "Không có bài khớp «khong-he-co»." in read(cast.clerk(), "/huong-dan/?tu=khong-he-co")


def test_a_guide_is_a_page_with_tables_and_without_html_of_its_own() -> None:
    text = read(cast.approver(), "/huong-dan/lanh-dao-phe-duyet/")
    assert "<h1>" in text and '<table class="table">' in text
    assert cast.browser(cast.clerk()).get("/huong-dan/khong-co/").status_code == 404


# --- first page --------------------------------------------------------------------------------------------------


def test_who_approves_finds_the_delegation_on_the_first_page_and_a_button_to_print() -> None:
    text = read(cast.approver(), "/viec-cua-toi/")
    assert "Ủy quyền phê duyệt từ… đến…" in text and "In danh sách việc" in text
    assert "Ủy quyền phê duyệt từ" not in read(cast.clerk(), "/viec-cua-toi/")


def test_the_log_is_checked_every_month() -> None:
    admin = cast.browser(cast.admin())
    assert "Kiểm tra chuỗi nhật ký" in admin.get("/viec-cua-toi/").content.decode()
    admin.post("/quan-tri/nhat-ky/kiem-tra/")
    assert "chưa được kiểm tra" not in admin.get("/viec-cua-toi/").content.decode()
