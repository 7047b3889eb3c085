"""`record`: the one way to write the log, inside the transaction of the act itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model

from tiepdan.audit.labels import label
from tiepdan.audit.models import Entry, Head
from tiepdan.audit.rules import GENESIS, chain_key, digest, plain, stamp
from tiepdan.kernel.text import fold

if TYPE_CHECKING:  # for types only: audit stands below accounts (docs/decisions/0001)
    from tiepdan.accounts.models import Agency, Person


def record(
    event: str,
    *,
    agency: Agency | None,
    at: datetime,
    by: Person | None = None,
    by_label: str = "",
    about: Model | None = None,
    **facts: Any,
) -> Entry:
    """Add one row to the chain of an agency (None: the chain of the system itself)."""
    entry = Entry(
        agency=agency,
        at=at,
        event=event,
        by=by,
        by_label=(by_label or (str(by) if by else ""))[:200],
        about_kind=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        about_label=str(about)[:200] if about is not None else "",
        facts=plain(facts),
    )
    entry.search = fold(" ".join([entry.event, label(event), entry.by_label, entry.about_label, *words(entry.facts)]))
    with transaction.atomic(savepoint=False):
        head = _locked_head(chain_key(entry.agency_id))
        entry.seq = head.seq + 1
        entry.prev = head.hash
        entry.hash = digest(content(entry))
        entry.save(force_insert=True)
        head.seq, head.hash = entry.seq, entry.hash
        head.save(update_fields=["seq", "hash"])
    return entry


def _locked_head(chain: str) -> Head:
    """On SQLite the transaction itself is the lock (BEGIN IMMEDIATE); elsewhere the row is."""
    heads = Head.objects.select_for_update()
    head = heads.filter(chain=chain).first()
    if head is None:
        Head.objects.bulk_create([Head(chain=chain, hash=GENESIS)], ignore_conflicts=True)
        head = heads.get(chain=chain)
    return head


def content(entry: Entry) -> dict[str, Any]:
    """Everything that the hash covers."""
    return {
        "agency": entry.agency_id,
        "seq": entry.seq,
        "at": stamp(entry.at),
        "event": entry.event,
        "by": entry.by_id,
        "by_label": entry.by_label,
        "about_kind": entry.about_kind,
        "about_id": entry.about_id,
        "about_label": entry.about_label,
        "facts": entry.facts,
        "prev": entry.prev,
    }


def words(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [word for item in value.values() for word in words(item)]
    if isinstance(value, list):
        return [word for item in value for word in words(item)]
    return [str(value)] if isinstance(value, str | int | float) and not isinstance(value, bool) else []
