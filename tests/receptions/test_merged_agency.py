"""The office of a reception is merged into another before the day: the successor's people hold it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests import case_cast, cast
from tests import reception_cast as stage
from tests.reception_cast import DESK_NOW
from tiepdan.accounts.actions.agencies import merge_agency
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.rules import Kind, Role
from tiepdan.kernel.refusals import Refused
from tiepdan.receptions.access import desks_of, is_desk, plan_for
from tiepdan.receptions.actions import matters
from tiepdan.receptions.head_days import head_days
from tiepdan.receptions.models import Reception
from tiepdan.receptions.people import chairs_of, is_chair_on, secretaries_of, technicians_of
from tiepdan.receptions.queries import receptions_of

pytestmark = pytest.mark.django_db
TODAY = localdate(DESK_NOW)
YEARS = timedelta(days=3650)
HOUR = timedelta(hours=1)


def new() -> Agency:
    return cast.agency("tinh-moi", "UBND tỉnh Mới", Kind.PROVINCE)


def clerk() -> Person:
    return cast.person("can-bo-moi", "Cán Bộ Mới", Role.CLERK, new())


@pytest.fixture
def of() -> Reception:
    """The province is merged into another today; its people go along."""
    found = stage.planned(matter=False)
    clerk()
    Agency.objects.filter(parent=cast.province()).update(parent=new())
    before = DESK_NOW - timedelta(days=1)
    merge_agency(cast.province(), new(), since=TODAY, moves_people=True, by=cast.admin(), at=before)
    return stage.fresh(found)


def test_the_successors_people_plan_and_hold_it(of: Reception) -> None:
    day = localdate(of.starts_at)
    assert plan_for(clerk(), of.code, DESK_NOW) == of and is_desk(clerk(), of, TODAY)
    assert is_chair_on(of.chair, of.agency, day)
    for eligible, person in ((chairs_of, of.chair), (secretaries_of, of.secretary), (technicians_of, of.technician)):
        assert person in eligible(of.agency, day)
    assert clerk() in secretaries_of(of.agency, day)
    assert not receptions_of(cast.outsider(Role.CLERK), DESK_NOW).exists()
    assert desks_of(clerk(), TODAY) == [new()]


def test_an_approved_case_of_either_office_is_heard_in_it(of: Reception) -> None:
    for number, agency in enumerate((cast.province(), new())):
        case = case_cast.case(f"VV-2026-005{number}", state="approved", agency=agency)
        matters.add_matter(of, case, public_title="Khiếu nại về đất đai", minutes=30, by=clerk(), at=DESK_NOW)
    assert of.matters.count() == 2
    foreign = case_cast.case("VV-2026-0059", state="approved", agency=cast.elsewhere())
    with pytest.raises(Refused, match="không thuộc"):
        matters.add_matter(of, foreign, public_title="Khiếu nại", minutes=30, by=clerk(), at=DESK_NOW)


def test_the_tab_of_its_case_offers_the_reception(of: Reception) -> None:
    case = case_cast.case("VV-2026-0060", state="approved")
    Agency.objects.filter(code="minh-chau").update(valid_to=cast.SINCE)  # the page asks for the present day
    Reception.objects.filter(pk=of.pk).update(starts_at=of.starts_at + YEARS, ends_at=of.ends_at + YEARS)
    text = cast.browser(clerk()).get(f"/vu-viec/{case.code}/buoi-tiep/").content.decode()
    assert of.code in text


def test_days_of_the_head_count_for_the_successor_from_the_merger_on(of: Reception) -> None:
    day = localdate(of.starts_at)
    assert head_days(new(), day).planned == 1
    assert Agency.objects.get(code="minh-chau").valid_to == TODAY - timedelta(days=1)
    stage.planned("BT-2026-050", matter=False, halls=False, starts_at=DESK_NOW - YEARS, ends_at=DESK_NOW - YEARS + HOUR)
    before = localdate(DESK_NOW - YEARS)
    assert (head_days(new(), before).planned, head_days(cast.province(), before).planned) == (0, 1)
    last = cast.agency("tinh-cuoi", "UBND tỉnh Cuối", Kind.PROVINCE)
    Agency.objects.filter(parent=new()).update(parent=last)
    merge_agency(new(), last, since=day, moves_people=True, by=cast.admin(), at=DESK_NOW)
    assert (head_days(last, day).planned, head_days(new(), day).planned) == (1, 0)
