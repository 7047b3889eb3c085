"""Everybody on the staff reads the rules; who may change them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import agencies_of, agencies_on, posted_agencies, with_below
from tiepdan.accounts.rules import Role
from tiepdan.kernel.refusals import Forbidden
from tiepdan.policy.models import Day, OfficeValue

ONLY_TOP = "Chỉ quản trị của cơ quan cấp cao nhất được sửa lịch nghỉ chung. Hãy gửi đề nghị cho quản trị cấp trên."


def calendar_office(person: Person, on: date) -> Agency | None:
    """The top agency for which the person may change the working-day table, if any."""
    return posted_agencies(person, on, Role.ADMIN).filter(parent__isnull=True).first()


def require_calendar_office(person: Person, on: date) -> Agency:
    office = calendar_office(person, on)
    if office is None:
        raise Forbidden(ONLY_TOP, code="forbidden")
    return office


def day_for(person: Person, pk: int) -> Day:
    """A row of the table; every member of the staff may read it."""
    day = Day.objects.select_related("year").filter(pk=pk).first()
    if day is None:
        raise Http404
    return day


def value_offices(person: Person, on: date) -> QuerySet[Agency]:
    """Agencies for which the person may set stricter values: their own as administrator, and those below."""
    return agencies_on(on).filter(pk__in=with_below(agencies_of(person, on, Role.ADMIN), on))


def values_for(person: Person, on: date) -> QuerySet[OfficeValue]:
    """Values of the agencies in which the person holds a post, and of those below."""
    agencies = with_below(agencies_of(person, on), on)
    return OfficeValue.objects.filter(agency__in=agencies).select_related("agency", "entered_by")


def value_for(person: Person, pk: int, on: date) -> OfficeValue:
    """A value that the person may take back."""
    row = values_for(person, on).filter(pk=pk, agency__in=value_offices(person, on)).first()
    if row is None:
        raise Http404
    return row
