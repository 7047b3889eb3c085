"""Who sees an invitation: the desk that sends it, and the people of the agency that it went to."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agencies_of
from tiepdan.accounts.rules import Role
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import ABOUT
from tiepdan.invitations.rules import Invited
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import State as Sent
from tiepdan.receptions.access import is_desk
from tiepdan.receptions.models import Reception
from tiepdan.receptions.queries import receptions_of

# Who answers for an agency that is invited.
ANSWERING = (Role.OFFICER, Role.CLERK, Role.APPROVER, Role.CHAIR)


def invited(person: Person, now: datetime) -> QuerySet[Invitation]:
    """Invitations to the person's agencies that have left the outbox of the sender."""
    agencies = agencies_of(person, localdate(now), *ANSWERING)
    rows = Invitation.objects.filter(kind=Invited.AGENCY, agency__in=agencies)
    hidden = (Sent.DRAFT, Sent.DROPPED)
    let_go = Delivery.objects.filter(about_kind=ABOUT, receiver_agency__in=agencies).exclude(state__in=hidden)
    ids = [int(one) for one in let_go.values_list("about_id", flat=True).distinct()]
    return rows.filter(pk__in=ids).select_related("reception__agency", "reception__chair", "hall__point", "agency")


def invited_for(person: Person, pk: int, now: datetime) -> Invitation:
    """Raises Http404, also for what exists and is not theirs."""
    row = invited(person, now).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def invitation_of(reception: Reception, pk: int) -> Invitation:
    """A row of the board of a reception that the caller may see."""
    row = reception.invitations.select_related("agency", "petitioner", "hall__point", "reception__agency").filter(pk=pk)
    found = row.first()
    if found is None:
        raise Http404
    return found


def sees_people(person: Person, reception: Reception, on: date) -> bool:
    """Names and addresses of citizens: the desk, the chair and the secretary (khoản 2 Điều 12 NĐ 154/2026)."""
    return person.pk in (reception.chair_id, reception.secretary_id) or is_desk(person, reception, on)


def may_read_messages(person: Person, about_id: str, now: datetime) -> bool:
    """For notify: the messages to a receiver, besides the clerks who send them."""
    row = Invitation.objects.select_related("reception__agency").filter(pk=about_id).first()
    if row is None:
        return False
    if not receptions_of(person, now).filter(pk=row.reception_id).exists():
        return False
    return bool(row.agency_id) or sees_people(person, row.reception, localdate(now))
