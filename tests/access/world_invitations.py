"""Invitations of a world: the agency that was told and the citizen who is to be, their messages and papers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.access.team import Team
from tests.access.world import SECRET, Values, file, paper
from tiepdan.cases.models import Petitioner
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import ABOUT
from tiepdan.invitations.rules import Invited
from tiepdan.notify.models import Delivery
from tiepdan.receptions.models import Reception, ReceptionPoint


def invitations(team: Team, of: Reception, hall: ReceptionPoint, citizen: Petitioner, at: datetime) -> Values:
    invited = Invitation.objects.create(
        reception=of, kind=Invited.AGENCY, agency=team.other, hall=hall, receiver=team.other.name, address="a@xa.test"
    )
    told = Invitation.objects.create(
        reception=of, kind=Invited.CITIZEN, petitioner=citizen, receiver=SECRET, channel="paper", address="Thôn 3"
    )
    failed = delivery(team, invited, "hong", at, state="failed")
    sent = delivery(team, invited, "da-gui", at, state="sent", receiver_agency=team.other, wants_answer=True)
    sent.files.add(stored := file(team, at))
    waiting = delivery(team, told, "nhap", at, state="draft", receiver=SECRET, channel="paper", topic="citizen_notice")
    return {
        "invitation": invited.pk,
        "citizen_invitation": told.pk,
        "delivery": sent.pk,
        "citizen_delivery": waiting.pk,
        "failed_delivery": failed.pk,
        "delivery_file": stored.pk,
        "token": sent.token,
        "citizen_paper": paper(team, of, "citizen_notice", at, part=f"c{told.pk}").pk,
    }


def delivery(team: Team, about: Invitation, name: str, at: datetime, **fields: Any) -> Delivery:
    facts = {
        "key": f"{team.prefix}-{name}",
        "topic": "invitation",
        "about_kind": ABOUT,
        "about_id": str(about.pk),
        "receiver": about.receiver,
        "address": about.address,
        "subject": "Giấy mời",
        "body": "Kính mời",
        "prepared_at": at,
        "prepared_by": team.clerk,
        "token": f"{team.prefix}{name}".replace("-", "").ljust(64, "x"),
        **fields,
    }
    return Delivery.objects.create(agency=team.agency, **facts)
