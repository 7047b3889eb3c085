"""The rows of those who must be told, as the plan asks for them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Post
from tiepdan.accounts.queries import heir, valid_on
from tiepdan.accounts.rules import Role
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import deliveries_of
from tiepdan.invitations.receivers import Receiver, key_of, receivers
from tiepdan.notify import sms
from tiepdan.notify.rules import Channel
from tiepdan.receptions.models import Reception
from tiepdan.receptions.plan import Plan, plan_of


def refresh(reception: Reception, *, at: datetime, plan: Plan | None = None) -> list[Invitation]:
    """Rows for everybody who is to be told, and none for who is not and never was; returns the wanted ones.

    Those who were told and are no longer wanted keep their row: they must hear it. Called by every publication, and
    before papers are made, so that each citizen has a notice.
    """
    plan = plan or plan_of(reception)
    wanted = {one.key: one for one in receivers(plan)}
    rows = list(reception.invitations.select_related("agency", "petitioner"))
    known = {key_of(row): row for row in rows}
    # A hall that was taken out and comes back, or an agency that gets a hall, is the same receiver.
    for one in wanted.values():
        bare = (one.kind, one.agency.pk if one.agency else None, None)
        if one.key not in known and one.hall is not None and bare in known and bare not in wanted:
            known[one.key] = known.pop(bare)
    kept = []
    for key, one in wanted.items():
        row = known.pop(key, None)
        kept.append(_renewed(row, one) if row else _made(reception, one, at))
    told = set(deliveries_of(known.values()).values_list("about_id", flat=True))
    gone = [row for row in known.values() if str(row.pk) not in told]
    Invitation.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return kept


def _renewed(row: Invitation, one: Receiver) -> Invitation:
    row.hall, row.is_advising, row.receiver = one.hall, one.is_advising, one.name[:200]
    row.save(update_fields=["hall", "is_advising", "receiver"])
    return row


def _made(reception: Reception, one: Receiver, at: datetime) -> Invitation:
    channel, address = _usual_way(reception, one, localdate(at))
    return Invitation.objects.create(
        reception=reception,
        kind=one.kind,
        hall=one.hall,
        agency=one.agency,
        petitioner=one.petitioner,
        receiver=one.name[:200],
        channel=channel,
        address=address[:254],
        is_advising=one.is_advising,
    )


def _usual_way(reception: Reception, one: Receiver, on: date) -> tuple[str, str]:
    """How this receiver was reached the last time; else by what is known of them; else on paper."""
    if one.petitioner is not None:
        if one.petitioner.email:
            return Channel.EMAIL, one.petitioner.email
        if one.petitioner.phone and sms.is_configured():
            return Channel.SMS, one.petitioner.phone
        return Channel.PAPER, one.petitioner.address
    assert one.agency is not None
    before = Invitation.objects.filter(agency=one.agency, reception__agency=reception.agency).exclude(address="")
    last = before.exclude(reception=reception).order_by("-pk").first()
    if last is not None:
        return last.channel, last.address
    address = office_address(one.agency, on)
    if address:
        return Channel.EMAIL, address
    return Channel.PAPER, one.hall.point.address if one.hall else ""


def office_address(agency: Agency, on: date) -> str:
    """The mail address of whoever answers for the agency that day: its officer before its clerk."""
    posts = Post.objects.filter(
        valid_on(on), agency=heir(agency, on), role__in=[Role.OFFICER.value, Role.CLERK.value], person__is_active=True
    ).exclude(person__email="")
    found = sorted(posts.values_list("role", "pk", "person__email"), key=lambda row: (row[0] != Role.OFFICER, row[1]))
    return found[0][2] if found else ""
