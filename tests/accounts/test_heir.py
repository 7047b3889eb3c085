"""An agency that was merged: from the day after its end the posts of its successor count for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from tests import cast
from tiepdan.accounts.access import person_of, staff
from tiepdan.accounts.actions.agencies import merge_agency
from tiepdan.accounts.actions.delegations import delegate
from tiepdan.accounts.models import Agency, Delegation, Person
from tiepdan.accounts.queries import (
    agencies_of,
    agency_ids,
    authority,
    decides_for,
    deciding_ids,
    desk_title,
    has_role,
    heir,
    kept_by,
    posted_agencies,
    remember,
    remembered_until_written,
    roles_of,
)
from tiepdan.accounts.rules import Kind, Role
from tiepdan.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 7, 3, 0, tzinfo=UTC)
LAST = date(2026, 12, 31)  # of the old commune
FIRST = date(2027, 1, 1)
DAY = timedelta(days=1)


def old() -> Agency:
    return cast.commune()


def new() -> Agency:
    return cast.agency("loc-moi", "UBND xã Lộc Mới", Kind.COMMUNE, cast.province())


def newest() -> Agency:
    return cast.agency("loc-thinh", "UBND phường Lộc Thịnh", Kind.COMMUNE, cast.province())


def merge(agency: Agency, into: Agency, since: date = FIRST) -> None:
    merge_agency(agency, into, since=since, moves_people=False, by=cast.admin(), at=NOW)


def clerk(at: Agency | None = None) -> Person:
    return cast.person("can-bo-moi", "Cán Bộ Mới", Role.CLERK, at or new())


def head() -> Person:
    return cast.person("chu-tich-moi", "Chủ Tịch Mới", Role.CHAIR, new())


def test_a_post_in_the_successor_counts_from_the_day_after_the_end() -> None:
    who, boss = clerk(), head()
    merge(old(), new())
    for day, roles, agencies in [(LAST, set(), {new()}), (FIRST, {Role.CLERK}, {old(), new()})]:
        assert roles_of(who, day, old()) == roles and has_role(who, old(), day, Role.CLERK) == bool(roles)
        assert set(agencies_of(who, day, Role.CLERK)) == agencies
        assert set(decides_for(boss, day)) == agencies
        assert (authority(boss, old(), day) is not None) == bool(roles)
        assert set(posted_agencies(who, day, Role.CLERK)) == {new()}  # new work only for what exists
    assert not agencies_of(who, FIRST, Role.CHAIR) and not decides_for(who, FIRST)


def test_who_worked_in_the_old_one_and_did_not_go_along_has_nothing_left() -> None:
    left = clerk(old())
    merge(old(), new())
    assert roles_of(left, LAST, old()) == {Role.CLERK}
    assert not roles_of(left, FIRST, old()) and not agencies_of(left, FIRST)


def test_of_two_mergers_the_last_agency_keeps_both() -> None:
    who = clerk(newest())
    merge(old(), new())
    merge(new(), newest(), since=FIRST + 30 * DAY)
    assert [heir(old(), day) for day in (LAST, FIRST, FIRST + 30 * DAY)] == [old(), new(), newest()]
    assert set(agencies_of(who, FIRST)) == {newest()}
    assert (
        set(agencies_of(who, FIRST + 30 * DAY))
        == {old(), new(), newest()}
        == set(kept_by([newest().pk], FIRST + 30 * DAY))
    )


def test_an_agency_that_ended_without_a_successor_has_no_heir() -> None:
    Agency.objects.filter(pk=old().pk).update(valid_to=LAST)
    assert heir(old(), FIRST) == old() and set(agencies_of(clerk(), FIRST)) == {new()}


def test_a_neighbour_gets_nothing_by_a_merger() -> None:
    merge(old(), new())
    neighbour = cast.person("can-bo-lang-gieng", "Cán Bộ Láng Giềng", Role.CLERK, newest())
    assert not roles_of(neighbour, FIRST, old()) and set(agencies_of(neighbour, FIRST)) == {newest()}


def test_what_was_lent_in_the_successor_counts_for_the_old_one() -> None:
    who, boss = clerk(), head()
    merge(old(), new())
    Delegation.objects.create(
        agency=new(), giver=boss, receiver=who, valid_from=FIRST, valid_to=FIRST, made_at=NOW, reason=""
    )
    right = authority(who, old(), FIRST)
    assert right is not None and right.on_behalf_of == boss
    assert set(decides_for(who, FIRST)) == {old(), new()} and decides_for(who, FIRST + DAY) == []


def test_nothing_is_lent_in_an_agency_that_has_ended() -> None:
    who, boss = clerk(), head()
    merge(old(), new(), since=date(2026, 12, 7))
    with pytest.raises(Refused, match="đã hết hiệu lực"):
        delegate(agency=old(), giver=boss, receiver=who, valid_from=LAST, valid_to=LAST, at=NOW)


def test_a_delegation_of_who_put_the_thing_forward_is_passed_over() -> None:
    clerk_, second = cast.clerk(), cast.person("pho-chu-tich", "Đinh Thị Lan", Role.APPROVER)
    for giver in (cast.approver(), second):
        Delegation.objects.create(
            agency=cast.province(), giver=giver, receiver=clerk_, valid_from=LAST, valid_to=LAST, made_at=NOW
        )

    def lender(not_for: Person | None) -> Person | None:
        right = authority(clerk_, cast.province(), LAST, not_for=not_for)
        return right.on_behalf_of if right else None

    assert [lender(one) for one in (None, cast.approver(), second, cast.chair())] == [
        cast.approver(),
        second,
        cast.approver(),
        cast.approver(),
    ]
    Delegation.objects.filter(giver=second).delete()
    assert lender(cast.approver()) is None


def test_an_agency_that_has_not_ended_costs_no_query(django_assert_num_queries: Any) -> None:
    agency, who, boss = new(), clerk(), head()
    with django_assert_num_queries(0):
        assert heir(agency, FIRST) == agency
    with django_assert_num_queries(1):
        authority(boss, agency, FIRST)
    with django_assert_num_queries(2):  # posts, and what was merged into their agencies
        assert agency_ids(who, FIRST, Role.CLERK) == {agency.pk}
    with django_assert_num_queries(3):  # and delegations
        assert deciding_ids(boss, FIRST) == {agency.pk}


def test_a_page_reads_the_posts_of_a_person_once(django_assert_num_queries: Any) -> None:
    agency, who = new(), cast.person("chu-tich-moi", "Chủ Tịch Mới", Role.CHAIR, new())
    remember(who)
    with django_assert_num_queries(3):  # posts, delegations, what was merged
        for _ in range(3):
            assert roles_of(who, FIRST, agency) == {Role.CHAIR} and authority(who, agency, FIRST)
            assert agency_ids(who, FIRST) == deciding_ids(who, FIRST) == {agency.pk}
    cast.post(who, Role.CLERK, agency)
    remember(who)  # asked for once more it keeps what it has
    assert roles_of(who, FIRST) == {Role.CHAIR}
    assert roles_of(Person.objects.get(pk=who.pk), FIRST) == {Role.CHAIR, Role.CLERK}


def test_only_pages_that_show_remember(rf: Any) -> None:
    for method, keeps in (("get", True), ("head", True), ("post", False)):
        request = getattr(rf, method)("/")
        request.user = clerk()
        who = person_of(request)
        assert who is not None and (who.standings is not None) == keeps


def test_a_form_remembers_until_it_writes(rf: Any, django_assert_num_queries: Any) -> None:
    """What it asks before, whether it may, is read once; the act itself asks anew."""
    request, agency = rf.post("/"), new()
    request.user = clerk()

    def view(request: HttpRequest, person: Person) -> HttpResponse:
        with django_assert_num_queries(0):  # the decorator has asked already
            assert roles_of(person, localdate(), agency) == {Role.CLERK}
        cast.post(person, Role.SECRETARY, agency)
        for _ in range(2):
            with django_assert_num_queries(1):
                assert roles_of(person, localdate(), agency) == {Role.CLERK, Role.SECRETARY}
        return HttpResponse()

    assert staff(Role.CLERK)(view)(request).status_code == 200
    assert request.user.standings is None


def savepoint(who: Person) -> None:
    with transaction.atomic():
        pass


@pytest.mark.parametrize(
    ("act", "ends"),
    [
        (lambda who: who.posts.count(), False),
        (lambda who: who.posts.update(title="Chuyên viên"), True),
        (lambda who: who.posts.filter(role=Role.CHAIR).delete(), True),
        (savepoint, True),
    ],
    ids=["read", "update", "delete", "savepoint"],
)
def test_whatever_writes_ends_what_a_form_remembers(act: Callable[[Person], object], ends: bool) -> None:
    who, agency = clerk(), new()
    with remembered_until_written(who):
        assert roles_of(who, FIRST, agency) and who.standings
        act(who)
        assert (who.standings is None) is ends
    assert who.standings is None


def test_the_title_at_the_desk_is_that_of_the_clerk() -> None:
    who = clerk()
    cast.post(who, Role.SECRETARY, new())
    who.posts.filter(role=Role.SECRETARY).update(title="Thư ký")
    assert desk_title(who, new(), FIRST) == "Thư ký"
    who.posts.filter(role=Role.CLERK).update(title="Chuyên viên")
    assert desk_title(who, new(), FIRST) == "Chuyên viên" and desk_title(head(), new(), FIRST) == ""
    merge(old(), new())
    assert [desk_title(who, old(), day) for day in (LAST, FIRST)] == ["", "Chuyên viên"]
