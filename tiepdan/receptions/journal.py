"""What the log's codes of halls and invitations are called. Names of citizens are not for the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tiepdan.audit import words
from tiepdan.receptions.models import Invitation, Reception, ReceptionPoint
from tiepdan.receptions.receivers import ABOUT
from tiepdan.receptions.rules import INVITED_LABELS, Invited


def register() -> None:
    words.register("hall", halls)
    words.register("invitation", invitations)
    words.register("of", letters)


def halls(values: Collection[str]) -> Mapping[str, str]:
    """«p12» as «Xã Thanh Lộc»."""
    ids = [value[1:] for value in values if value[:1] == "p" and value[1:].isdecimal()]
    rows = ReceptionPoint.objects.filter(pk__in=ids).select_related("point")
    return {row.key: str(row) for row in rows}


def invitations(values: Collection[str]) -> Mapping[str, str]:
    return _told([value for value in values if value.isdecimal()])


def letters(values: Collection[str]) -> Mapping[str, str]:
    """What a message belongs to: «receptions.invitation:7» as «BT-2026-012, UBND xã Thanh Lộc»."""
    parted = [(value, *value.split(":", 1)) for value in values if value.count(":") == 1]
    told = _told([pk for _, kind, pk in parted if kind == ABOUT and pk.isdecimal()])
    receptions = [pk for _, kind, pk in parted if kind == Reception._meta.label_lower and pk.isdecimal()]
    names = {str(pk): code for pk, code in Reception.objects.filter(pk__in=receptions).values_list("pk", "code")}
    found = {ABOUT: told, Reception._meta.label_lower: names}
    return {value: found[kind][pk] for value, kind, pk in parted if pk in found.get(kind, {})}


def _told(ids: Collection[str]) -> dict[str, str]:
    rows = Invitation.objects.filter(pk__in=ids).select_related("reception", "agency")
    return {str(row.pk): f"{row.reception.code}, {_receiver(row)}" for row in rows}


def _receiver(row: Invitation) -> str:
    if row.kind == Invited.CITIZEN:
        return INVITED_LABELS[Invited.CITIZEN].lower()
    return row.agency.name if row.agency else row.receiver
