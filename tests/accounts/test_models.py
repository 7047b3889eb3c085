from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from tests import cast
from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.accounts.queries import (
    agencies_of,
    agencies_on,
    has_role,
    home_agency,
    posts_of,
    roles_of,
    with_below,
)
from tiepdan.accounts.rules import Kind, Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 17)


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_to": date(2019, 12, 31)},
        {"parent": F("id")},
        {"successor": F("id"), "valid_to": DAY},
        {"successor": "elsewhere"},  # replaced, but without an end
    ],
)
def test_the_database_refuses_an_agency_that_cannot_be(wrong: dict[str, Any]) -> None:
    agency = cast.commune()
    if wrong.get("successor") == "elsewhere":
        wrong = {"successor": cast.elsewhere()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=agency.pk).update(**wrong)


def test_a_merged_commune_names_its_successor() -> None:
    old = cast.commune()
    old.valid_to, old.successor = date(2026, 6, 30), cast.agency("loc-moi", "UBND xã Lộc Mới", Kind.COMMUNE)
    old.full_clean()
    old.save()
    assert old not in agencies_on(DAY)
    assert old in agencies_on(date(2026, 6, 30))


def test_the_tree_has_no_ring() -> None:
    province, commune = cast.province(), cast.commune()
    province.parent = commune
    with pytest.raises(ValidationError, match="không được nằm dưới"):
        province.full_clean()


def test_a_post_is_unique_and_its_role_known() -> None:
    clerk = cast.clerk()
    post = clerk.posts.get()
    for change in ({"role": "king"}, {"valid_to": date(2019, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(person=clerk, agency=post.agency, role=post.role, valid_from=post.valid_from)


def test_roles_hold_from_first_to_last_day() -> None:
    person = cast.person("doi-vai", "Người Đổi Vai", Role.CLERK)
    Post.objects.filter(person=person).update(valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30))
    Post.objects.create(person=person, agency=cast.commune(), role=Role.CHAIR.value, valid_from=date(2026, 7, 1))
    for day, roles, agencies in [
        (date(2025, 12, 31), set(), []),
        (date(2026, 6, 30), {Role.CLERK}, [cast.province()]),
        (date(2026, 7, 1), {Role.CHAIR}, [cast.commune()]),
    ]:
        assert roles_of(person, day) == roles
        assert list(agencies_of(person, day)) == agencies
    assert home_agency(person, date(2026, 7, 1)) == cast.commune()
    assert home_agency(person, date(2025, 1, 1)) == cast.commune()  # no post: the latest


def test_no_role_in_an_agency_that_has_ended_nor_for_a_person_who_left() -> None:
    chair = cast.chair()
    assert has_role(chair, cast.province(), DAY, Role.CHAIR, Role.CLERK)
    assert not has_role(chair, cast.province(), DAY, Role.CLERK)
    assert not has_role(chair, cast.elsewhere(), DAY, Role.CHAIR)
    Agency.objects.filter(pk=cast.province().pk).update(valid_to=date(2026, 12, 16))
    assert roles_of(chair, DAY) == frozenset()
    Agency.objects.update(valid_to=None)
    chair.is_active = False
    assert not posts_of(chair, DAY).exists()
    assert roles_of(AnonymousUser(), DAY) == frozenset()


def test_agencies_of_can_be_asked_for_a_role() -> None:
    chair = cast.chair()
    assert list(agencies_of(chair, DAY, Role.CHAIR)) == [cast.province()]
    assert not agencies_of(chair, DAY, Role.ADMIN).exists()


def test_what_stands_below() -> None:
    province, commune = cast.province(), cast.commune()
    hamlet = cast.agency("to-1", "Tổ 1", parent=commune)
    assert with_below([province]) == {province.pk, commune.pk, hamlet.pk}
    assert with_below([hamlet]) == {hamlet.pk}
    Agency.objects.filter(pk=province.pk).update(parent=hamlet)  # even a ring ends
    assert with_below([commune]) == {province.pk, commune.pk, hamlet.pk}


def test_names() -> None:
    person = Person.objects.create_user("a-b", "matkhau-dai", full_name="Nguyễn Đức Ân")
    assert (str(person), person.get_short_name()) == ("Nguyễn Đức Ân (a-b)", "Ân")
    with pytest.raises(ValidationError):
        Person(username="Có Dấu", full_name="x", password="x").full_clean()
