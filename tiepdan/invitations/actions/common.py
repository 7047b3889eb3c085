"""What the writes of invitations share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.invitations.models import Invitation


def record(event: str, invitation: Invitation, *, by: Person, at: datetime, **facts: Any) -> None:
    """About the reception: the receiver may be a citizen, whose name is not for the log."""
    reception = invitation.reception
    audit.record(event, agency=reception.agency, at=at, by=by, about=reception, invitation=invitation.pk, **facts)
