"""A commune is merged into another while a case is open: the successor's desk takes it on, under the old name."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from tests import case_cast, cast
from tests.cases.test_intake import sheet
from tiepdan.accounts.actions.agencies import merge_agency
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.rules import Kind, Role
from tiepdan.cases.access import clerk_agencies, may_edit, may_read, officers_of
from tiepdan.cases.actions.intake import CaseFacts, receive
from tiepdan.cases.actions.people import PersonFacts
from tiepdan.cases.models import Case, Submission
from tiepdan.cases.queries import candidates, cases_of
from tiepdan.cases.queries_decisions import draft_of
from tiepdan.cases.rules import State
from tiepdan.cases.tasks_decisions import find
from tiepdan.documents.actions import assign_number, draft
from tiepdan.documents.models import Document
from tiepdan.kernel.refusals import Invalid, Refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "Kéo dài ba năm, liên quan bốn cơ quan."


def old() -> Agency:
    return cast.commune()


def new() -> Agency:
    return cast.agency("loc-moi", "UBND xã Lộc Mới", Kind.COMMUNE, cast.province())


def clerk() -> Person:
    return cast.person("can-bo-moi", "Cán Bộ Mới", Role.CLERK, new())


def head() -> Person:
    return cast.person("chu-tich-moi", "Chủ Tịch Mới", Role.CHAIR, new())


def neighbour(role: Role) -> Person:
    agency = cast.agency("hoa-binh", "UBND xã Hòa Bình", Kind.COMMUNE, cast.province())
    return cast.person(f"hoa-binh-{role.value}", "Người Láng Giềng", role, agency)


def taken_in(at: Any) -> Case:
    facts = CaseFacts(summary="Khiếu nại quyết định thu hồi đất", content="Đề nghị xem lại.", received_on=localdate(at))
    who = PersonFacts(full_name=case_cast.NAME, address="Thôn 3", paper_number=case_cast.NUMBER)
    return receive(old(), facts, who, by=case_cast.commune_clerk(), at=at)


@pytest.fixture
def case() -> Case:
    """Taken in yesterday, the last day of its commune."""
    now = timezone.now()
    found = taken_in(now - DAY)
    clerk(), head()
    merge_agency(old(), new(), since=localdate(now), moves_people=True, by=cast.admin(), at=now - DAY)
    return Case.objects.select_related("agency").get(pk=found.pk)


def test_the_successor_works_the_case_to_its_end(case: Case) -> None:
    today = timezone.localdate()
    assert not may_read(clerk(), case, today - DAY) and may_read(clerk(), case, today)

    desk, boss = cast.browser(clerk()), cast.browser(head())
    assert case.code in desk.get("/vu-viec/").content.decode()
    page = f"/vu-viec/{case.code}/"
    assert desk.get(page).status_code == 200
    seen = re.search(r'name="seen" value="([^"]+)"', desk.get(f"{page}sua/").content.decode())
    assert seen is not None
    assert desk.post(f"{page}sua/", sheet(seen=seen[1], summary="Khiếu nại mức bồi thường")).status_code == 302
    data = {"profile": "nd154-2026", "step": "submit", "tick-nd154.a": "on", "reason-nd154.a": WHY}
    answer = desk.post(f"{page}can-cu/", data | {"seen": draft_of(case, today).seen})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.agency, case.summary, case.state) == (old(), "Khiếu nại mức bồi thường", State.PROPOSED)

    assert [task.verb for task in find(head(), timezone.now())] == ["Quyết định tiếp trực tuyến"]
    row = Submission.objects.get()
    answer = boss.post(f"{page}quyet-dinh/", {"submission": row.pk, "step": "approve"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == State.APPROVED and list(candidates(new(), today)) == [case]
    assert list(candidates(old(), today)) == [case] and not candidates(new(), today - DAY)


def test_who_moved_along_goes_on_and_may_be_put_in_charge(case: Case) -> None:
    today = timezone.localdate()
    assert may_edit(case_cast.commune_clerk(), case, today)
    assert set(officers_of(case, today)) == {clerk(), case_cast.commune_clerk()}
    answer = cast.browser(clerk()).post(f"/vu-viec/{case.code}/giao/", {"officer": case_cast.commune_clerk().pk})
    assert answer.status_code == 302


def test_for_the_neighbours_nothing_has_changed(case: Case) -> None:
    for role in (Role.CLERK, Role.APPROVER, Role.INSPECTOR):
        browser = cast.browser(neighbour(role))
        for rest in ("", "sua/", "ho-so/"):
            assert browser.get(f"/vu-viec/{case.code}/{rest}").status_code == 404, (role, rest)
        assert not cases_of(neighbour(role), timezone.now())
    above = cast.person("thanh-tra-moi", "Thanh Tra Mới", Role.INSPECTOR, new())
    assert cast.browser(above).get(f"/vu-viec/{case.code}/").status_code == 200
    assert cast.browser(cast.inspector()).get(f"/vu-viec/{case.code}/").status_code == 200


def test_nothing_new_is_taken_in_for_the_old_one(case: Case) -> None:
    now = timezone.now()
    assert clerk_agencies(clerk(), localdate(now)) == [new()]
    with pytest.raises(Invalid, match="Cơ quan kế nhiệm: UBND xã Lộc Mới"):
        taken_in(now)
    words = {"full_name": "Trần Thị Mới", "paper_number": "036085009999", "summary": "Kiến nghị về đường liên thôn"}
    browser = cast.browser(clerk())
    browser.post("/vu-viec/moi/", sheet(agency=old().pk, **words))
    browser.post("/vu-viec/moi/", sheet(**words))
    assert [one.agency for one in Case.objects.exclude(pk=case.pk)] == [new()]


def test_a_new_paper_carries_the_name_of_the_successor_and_an_old_draft_gets_no_number(case: Case) -> None:
    now = timezone.now()
    row = case.submissions.create(profile="nd154-2026", submitted_at=now - DAY, submitted_by=case_cast.commune_clerk())
    before = draft("submission", case, f"s{row.pk}", by=case_cast.commune_clerk(), at=now - DAY)
    assert before.agency == old() and before.facts["kinh_gui"] == "Chủ tịch UBND xã Thanh Lộc"
    with pytest.raises(Refused, match="đã sáp nhập vào «UBND xã Lộc Mới»"):
        assign_number(before, by=head(), at=now)
    after = draft("submission", case, f"s{row.pk}", by=clerk(), at=now)
    assert (after.pk, after.agency, Document.objects.count()) == (before.pk, new(), 1)
    assert after.facts["co_quan"] == "Ủy ban nhân dân xã Lộc Mới"
    assert after.facts["kinh_gui"] == "Chủ tịch UBND xã Lộc Mới"
    assign_number(after, by=head(), at=now)
