"""What the log's codes of invitations and of messages are called. Names of citizens are not for the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tiepdan.audit import words
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import ABOUT
from tiepdan.invitations.rules import INVITED_LABELS, Invited
from tiepdan.receptions.models import Reception

PLAN = Reception._meta.label_lower
# What entries call an invitation that were written before it had a room of its own: the log never changes.
KNOWN_AS = (ABOUT, "receptions.invitation")


def register() -> None:
    words.register("invitation", invitations)
    words.register("of", letters)


def invitations(values: Collection[str]) -> Mapping[str, str]:
    return _told([value for value in values if value.isdecimal()])


def letters(values: Collection[str]) -> Mapping[str, str]:
    """What a message belongs to: «invitations.invitation:7» as «BT-2026-012, UBND xã Thanh Lộc»."""
    parted = [(value, *value.split(":", 1)) for value in values if value.count(":") == 1]
    told = _told([pk for _, kind, pk in parted if kind in KNOWN_AS and pk.isdecimal()])
    receptions = [pk for _, kind, pk in parted if kind == PLAN and pk.isdecimal()]
    names = {str(pk): code for pk, code in Reception.objects.filter(pk__in=receptions).values_list("pk", "code")}
    found = {**dict.fromkeys(KNOWN_AS, told), PLAN: names}
    return {value: found[kind][pk] for value, kind, pk in parted if pk in found.get(kind, {})}


def _told(ids: Collection[str]) -> dict[str, str]:
    rows = Invitation.objects.filter(pk__in=ids).select_related("reception", "agency")
    return {str(row.pk): f"{row.reception.code}, {_receiver(row)}" for row in rows}


def _receiver(row: Invitation) -> str:
    if row.kind == Invited.CITIZEN:
        return INVITED_LABELS[Invited.CITIZEN].lower()
    return row.agency.name if row.agency else row.receiver
