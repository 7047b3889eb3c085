"""Reads of invitations that have more than one caller: the messages to each receiver, whom a change touches, who was
told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from tiepdan.invitations.models import Invitation
from tiepdan.invitations.receivers import letters_wanted, wanted_of
from tiepdan.invitations.rules import INVITED_LABELS, Invited
from tiepdan.kernel.text import masked_name
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import TOLD
from tiepdan.notify.rules import State as Sent
from tiepdan.receptions.audience import Affected, NoticeState, Told
from tiepdan.receptions.differences import EVERYBODY
from tiepdan.receptions.models import Reception
from tiepdan.receptions.plan import plan_of
from tiepdan.receptions.publication import newest

ABOUT = Invitation._meta.label_lower
TOPICS = ("invitation", "citizen_notice", "change")
_VERSION = re.compile(r":v(\d+)(?::|$)")


def deliveries_of(rows: Iterable[Invitation]) -> QuerySet[Delivery]:
    """Messages to these receivers, oldest first, without those that were dropped."""
    ids = [str(row.pk) for row in rows]
    found = Delivery.objects.filter(about_kind=ABOUT, about_id__in=ids, topic__in=TOPICS)
    return found.exclude(state=Sent.DROPPED).order_by("pk")


def grouped(rows: Iterable[Invitation]) -> dict[str, list[Delivery]]:
    """about_id → its messages, oldest first. One query."""
    found: dict[str, list[Delivery]] = defaultdict(list)
    for one in deliveries_of(rows):
        found[one.about_id].append(one)
    return found


def version_of(message: Delivery) -> int:
    match = _VERSION.search(message.key)
    return int(match.group(1)) if match else 1


def told_version(messages: Iterable[Delivery]) -> int:
    """The newest version that was let go to this receiver; 0 when none was. What failed was not told."""
    return max((version_of(one) for one in messages if one.state not in (Sent.DRAFT, Sent.FAILED)), default=0)


def letters(reception: Reception) -> list[tuple[str, str]]:
    """(kind, part) of the papers of those whom the plan wants told."""
    return letters_wanted(wanted_of(reception.invitations.all(), plan_of(reception)))


# Whom a difference touches


def keys_of(invitation: Invitation) -> set[str]:
    """Keys under which a difference may name this receiver."""
    if invitation.kind == Invited.CITIZEN:
        return {f"c{invitation.petitioner_id}"}
    keys = {f"a{invitation.agency_id}"} if invitation.agency_id else set()
    return keys | ({f"p{invitation.hall_id}"} if invitation.hall_id else set())


def is_touched(rows: Iterable[Mapping[str, Any]], invitation: Invitation) -> bool:
    """Whether any of these differences must be told to this receiver."""
    keys = keys_of(invitation)
    return any(row["touches"] == EVERYBODY or keys & set(row["touches"]) for row in rows)


def joined(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Differences of several versions as one: «8:00 → 9:00», then «9:00 → 10:00», is «8:00 → 10:00»; what is again as
    it was is none."""
    found: list[dict[str, Any]] = []
    for row in rows:
        old = next((one for one in found if one["what"] == row["what"] and one["after"] == row["before"]), None)
        if old is None:
            found.append(dict(row))
        else:
            old["after"] = row["after"]
    return [one for one in found if one["before"] != one["after"]]


def affected(reception: Reception, rows: Sequence[Mapping[str, Any]]) -> list[Affected]:
    return [
        Affected(_shown(row), INVITED_LABELS[row.kind]) for row in reception.invitations.all() if is_touched(rows, row)
    ]


def _shown(row: Invitation) -> str:
    """Of a citizen the initials: this page is read by more people than those who write to them."""
    return masked_name(row.receiver) if row.kind == Invited.CITIZEN else row.receiver


# Who was told


def told(reception: Reception) -> dict[int, list[Told]]:
    """Version number → who was told of it, or waits in the outbox to be told. Two queries."""
    rows = {str(row.pk): row for row in reception.invitations.all()}
    found: dict[int, list[Told]] = {}
    for one in deliveries_of(rows.values()).order_by("receiver", "pk"):
        shown = Told(_shown(rows[one.about_id]), one.state, one.get_state_display(), one.sent_at)
        found.setdefault(version_of(one), []).append(shown)
    return found


def notice_state(reception: Reception, kind: str = "") -> NoticeState:
    """Of all invitations, or of one kind. Three queries. One is told as soon as one of its messages has left; what was
    confirmed counts until something newer is written to the same receiver."""
    last = newest(reception)
    invited = list(reception.invitations.filter(kind=kind) if kind else reception.invitations.all())
    states = list(deliveries_of(invited).values_list("about_id", "state"))
    newest_of = dict(states)
    return NoticeState(
        version=last.number if last else 0,
        published_at=reception.published_at if last else None,
        told=len({about for about, state in states if state in TOLD}),
        acknowledged=sum(state == Sent.ACKNOWLEDGED for state in newest_of.values()),
        total=len(invited),
    )
