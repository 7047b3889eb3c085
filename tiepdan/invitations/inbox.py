"""«Giấy mời» as an invited agency reads it: the newest letter, and what became public after that letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import grouped, is_touched, joined, version_of
from tiepdan.invitations.rules import ENDED
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import ANSWERED
from tiepdan.notify.rules import State as Sent
from tiepdan.receptions.models import Reception, Version
from tiepdan.receptions.rules import FINISHED


@dataclass(frozen=True)
class Seen:
    """One invitation at its agency's desk. The plan may be under way to its next version: `public` is what stands."""

    row: Invitation
    message: Delivery | None
    waiting: Delivery | None  # the notice of a change, not let go yet
    public: Mapping[str, Any]
    changes: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def reception(self) -> Reception:
        return self.row.reception

    @property
    def starts_at(self) -> datetime:
        return parse_datetime(self.public.get("starts_at", "")) or self.reception.starts_at

    @property
    def title(self) -> str:
        return str(self.public.get("title", self.reception.title))

    @property
    def place(self) -> str:
        return str(self.public.get("place", self.reception.place))

    @property
    def letter(self) -> Delivery:
        """Of one that has left its sender's outbox."""
        assert self.message is not None
        return self.message

    @property
    def is_answered(self) -> bool:
        return self.message is not None and self.message.state in ANSWERED

    @property
    def is_off(self) -> bool:
        return self.reception.state in ENDED

    @property
    def is_changed(self) -> bool:
        """Something else than this letter says is public; that the reception is off is said in its own words."""
        return bool(self.changes) and not self.is_off

    @property
    def is_uninvited(self) -> bool:
        """The notice that waits says that they need not come any more."""
        return self.waiting is not None and not self.waiting.wants_answer and not self.is_off

    @property
    def asks(self) -> bool:
        """Whether an answer counts: none does that is given to a letter whose change is on its way."""
        if self.message is None or self.waiting is not None:
            return False
        return self.message.wants_answer and self.reception.state not in (*ENDED, *FINISHED)


def seen(rows: Iterable[Invitation]) -> list[Seen]:
    """At most three queries, whatever the number of rows."""
    rows = list(rows)
    messages = grouped(rows)
    public = _public({row.reception_id for row in rows})
    told = {row.pk: newest(messages[str(row.pk)]) for row in rows}
    behind = [row for row in rows if _is_behind(told[row.pk], public.get(row.reception_id, {}))]
    versions = _versions({row.reception_id for row in behind})
    found = []
    for row in rows:
        message = told[row.pk]
        drafts = [one for one in messages[str(row.pk)] if one.state == Sent.DRAFT]
        later = [one for one in versions[row.reception_id] if message and one.number > version_of(message)]
        changes = joined(one for version in later for one in version.differences if is_touched([one], row))
        waiting = drafts[-1] if drafts and message else None
        found.append(Seen(row, message, waiting, public.get(row.reception_id, {}), changes))
    return found


def newest(sent: Sequence[Delivery]) -> Delivery | None:
    let_go = [one for one in sent if one.state != Sent.DRAFT]
    return let_go[-1] if let_go else None


def _is_behind(message: Delivery | None, public: Mapping[str, Any]) -> bool:
    return message is not None and version_of(message) < public.get("version", 0)


def _public(receptions: set[int]) -> dict[int, Mapping[str, Any]]:
    """What stands of each reception on the public page."""
    rows = Version.objects.filter(reception__in=receptions).order_by("number")
    return dict(rows.values_list("reception_id", "public"))


def _versions(receptions: set[int]) -> defaultdict[int, list[Version]]:
    found: defaultdict[int, list[Version]] = defaultdict(list)
    if receptions:
        rows = Version.objects.filter(reception__in=receptions, number__gt=1).order_by("number")
        for version in rows.only("reception", "number", "differences"):
            found[version.reception_id].append(version)
    return found
