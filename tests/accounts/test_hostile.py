"""What somebody tries who wants more than the own part of the tree, or acts on the wrong side of midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tiepdan.accounts.actions import people as people_actions
from tiepdan.accounts.actions import posts as post_actions
from tiepdan.accounts.actions.agencies import merge_agency
from tiepdan.accounts.actions.delegations import delegate
from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.accounts.queries import authority
from tiepdan.accounts.rules import Kind, Role
from tiepdan.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 7, 3, 0, tzinfo=UTC)
TODAY = date(2026, 12, 7)
DAY = timedelta(days=1)
PEOPLE = "/quan-tri/nguoi-dung/"
AGENCIES = "/quan-tri/co-quan/"


def commune_admin() -> Person:
    return cast.person("quan-tri-xa", "Quản Trị Xã", Role.ADMIN, cast.commune())


def neighbour() -> Agency:
    return cast.agency("hoa-binh", "UBND phường Hòa Bình", Kind.COMMUNE, cast.province())


def new_person(**change: Any) -> dict[str, Any]:
    facts = {"full_name": "Người Mới", "agency": cast.commune().pk, "role": "clerk", "valid_from": "2026-12-07"}
    return facts | change


@pytest.mark.parametrize("where", [cast.province, neighbour, cast.elsewhere])
def test_nobody_is_put_into_an_agency_above_beside_or_elsewhere(where: Any) -> None:
    client = cast.browser(commune_admin())
    for role in ("clerk", "admin"):
        answer = client.post(f"{PEOPLE}them/", new_person(agency=where().pk, role=role))
        assert answer.status_code == 422 and "Hãy chọn cơ quan trong danh sách." in answer.content.decode()
    below = cast.person("can-bo-xa", "Cán Bộ Xã", Role.CLERK, cast.commune())
    answer = client.post(f"{PEOPLE}{below.pk}/vai-tro/them/", new_person(agency=where().pk, role="admin"))
    assert answer.status_code == 422 and "Người Mới" not in Person.objects.values_list("full_name", flat=True)
    assert below.posts.count() == 1


@pytest.mark.parametrize("where", [cast.province, neighbour, cast.elsewhere])
def test_no_agency_is_added_or_moved_into_another_part_of_the_tree(where: Any) -> None:
    client = cast.browser(commune_admin())
    facts = {"name": "Tổ 1", "short_name": "Tổ 1", "code": "to-1", "kind": "other", "valid_from": "2026-12-07"}
    assert client.post(f"{AGENCIES}them/", {**facts, "parent": where().pk}).status_code == 422
    below = cast.agency("to-2", "Tổ 2", parent=cast.commune())
    assert client.post(f"{AGENCIES}{below.pk}/sua/", {"kind": "other", "parent": where().pk}).status_code == 422
    assert (
        client.post(f"{AGENCIES}{below.pk}/sap-nhap/", {"into": where().pk, "since": "2027-01-01"}).status_code == 422
    )
    below.refresh_from_db()
    assert (below.parent, below.valid_to) == (cast.commune(), None) and not Agency.objects.filter(code="to-1").exists()


def test_a_post_above_is_not_ended_by_way_of_a_person_below() -> None:
    both = cast.person("hai-noi", "Hai Nơi", Role.CLERK, cast.commune())
    above = cast.post(both, Role.CHAIR)
    client = cast.browser(commune_admin())
    assert client.get(f"{PEOPLE}{both.pk}/").status_code == 200
    assert client.post(f"{PEOPLE}{both.pk}/vai-tro/{above.pk}/ket-thuc/", {"last_day": "2026-12-07"}).status_code == 404
    for page in ("cap-lai-mat-khau/", "khoa/", "sua/", "mo-tam-khoa/"):
        answer = client.post(f"{PEOPLE}{both.pk}/{page}", {"reason": "x", "full_name": "Tên Khác"})
        assert answer.status_code == 403, page
    both.refresh_from_db()
    assert both.is_active and both.full_name == "Hai Nơi"


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (datetime(2026, 12, 6, 16, 59, 59, tzinfo=UTC), 403),  # still the day before in Hà Nội
        (datetime(2026, 12, 6, 17, 0, 0, tzinfo=UTC), 200),
        (datetime(2026, 12, 9, 16, 59, 59, tzinfo=UTC), 200),
        (datetime(2026, 12, 9, 17, 0, 0, tzinfo=UTC), 403),
    ],
)
def test_a_post_begins_and_ends_at_midnight_in_vietnam(at: datetime, status: int) -> None:
    who = cast.person("quan-tri-tam", "Quản Trị Tạm", Role.ADMIN)
    who.posts.update(valid_from=TODAY, valid_to=TODAY + 2 * DAY)
    with time_machine.travel(at, tick=False):
        assert cast.browser(who).get(PEOPLE).status_code == status


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        (datetime(2026, 12, 6, 16, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 6, 17, 0, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 7, 16, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 7, 17, 0, 0, tzinfo=UTC), False),
    ],
)
def test_a_delegation_of_one_day_holds_from_midnight_to_midnight(at: datetime, holds: bool) -> None:
    facts: dict[str, Any] = {"agency": cast.province(), "giver": cast.approver(), "receiver": cast.clerk()}
    delegate(**facts, valid_from=TODAY, valid_to=TODAY, at=NOW - DAY)
    assert (authority(cast.clerk(), cast.province(), timezone.localdate(at)) is not None) is holds


def test_the_right_to_approve_is_lent_to_officials_only() -> None:
    """Journalists sit in the agency's list too."""
    press = cast.person("bao-chi", "Báo Chí", Role.OBSERVER)
    facts: dict[str, Any] = {"agency": cast.province(), "giver": cast.approver(), "receiver": press}
    with pytest.raises(Refused, match="Chỉ ủy quyền cho cán bộ của cơ quan"):
        delegate(**facts, valid_from=TODAY, valid_to=TODAY, at=NOW)


def test_two_who_lend_to_each_other_keep_their_own_right_and_pass_nothing_on() -> None:
    province, chair, approver = cast.province(), cast.chair(), cast.approver()
    days = {"valid_from": TODAY, "valid_to": TODAY, "at": NOW}
    delegate(agency=province, giver=approver, receiver=chair, **days)  # type: ignore[arg-type]
    delegate(agency=province, giver=chair, receiver=cast.secretary(), **days)  # type: ignore[arg-type]
    own, lent = authority(chair, province, TODAY), authority(cast.secretary(), province, TODAY)
    assert own is not None and own.on_behalf_of is None
    assert lent is not None and lent.on_behalf_of == chair
    # What the chair put forward, the secretary does not decide in the chair's place, nor by what the chair was lent.
    assert authority(cast.secretary(), province, TODAY, not_for=chair) is None


def test_administrators_who_leave_later_do_not_count_beyond_their_day() -> None:
    second, third = (cast.person(f"quan-tri-{n}", f"Quản Trị {n}", Role.ADMIN) for n in (2, 3))
    post_actions.end_post(second.posts.get(), last_day=TODAY + DAY, by=cast.admin(), at=NOW)
    with pytest.raises(Refused, match="Phải còn ít nhất hai quản trị viên"):
        people_actions.lock_person(third, reason="nghỉ", by=cast.admin(), at=NOW)
    with pytest.raises(Refused, match="Phải còn ít nhất hai quản trị viên"):
        post_actions.end_post(third.posts.get(), last_day=TODAY, by=cast.admin(), at=NOW)
    fourth = cast.person("quan-tri-4", "Quản Trị 4", Role.ADMIN)
    people_actions.lock_person(third, reason="nghỉ", by=cast.admin(), at=NOW)
    assert fourth.is_active


def test_a_merger_meets_a_post_that_begins_later_in_the_successor() -> None:
    since = TODAY + DAY
    who = cast.person("chuyen", "Chuyển Sang", Role.CLERK, cast.commune())
    who.posts.update(valid_from=since + DAY)
    Post.objects.create(person=who, agency=neighbour(), role="clerk", valid_from=since + DAY)
    moved = merge_agency(cast.commune(), neighbour(), since=since, moves_people=True, by=cast.admin(), at=NOW)
    assert moved == 0 and Post.objects.filter(person=who, agency=neighbour()).count() == 1


def test_an_agency_that_ended_meanwhile_says_why_it_is_no_choice() -> None:
    last = timezone.localdate() - DAY
    Agency.objects.filter(pk=cast.commune().pk).update(valid_to=last, successor=neighbour())
    client = cast.browser(cast.admin())
    answer = client.post(f"{PEOPLE}them/", new_person())
    text = answer.content.decode()
    assert answer.status_code == 422 and f"hết hiệu lực sau ngày {last:%d/%m/%Y}" in text
    assert "Cơ quan kế thừa: «UBND phường Hòa Bình»." in text and "Người Mới" in text
    for rubbish in ("x", "-1", "9" * 30, "²"):
        text = client.post(f"{PEOPLE}them/", new_person(agency=rubbish)).content.decode()
        assert "Hãy chọn cơ quan trong danh sách." in text, rubbish
