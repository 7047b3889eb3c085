"""«Kiểm tra chuỗi nhật ký»: every chain that a person may read, from its beginning, and who is told of a broken one."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from tiepdan.accounts import access
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import home_agency
from tiepdan.audit import actions as audit
from tiepdan.audit.queries import ChainReport, verify
from tiepdan.audit.rules import SYSTEM, chain_key


def verify_chains(person: Person, at: datetime) -> list[tuple[str, ChainReport]]:
    """With the name of whose chain it is. Of a broken one the bell tells inspectors and administrators, also above."""
    today = localdate(at)
    found: list[tuple[Agency | None, ChainReport]] = [
        (agency, verify(chain_key(agency.pk))) for agency in access.journal_agencies(person, today).order_by("name")
    ]
    if access.journal_has_system(person, today):
        found.append((None, verify(SYSTEM)))
    rows = [(agency.name if agency else "Hệ thống", report) for agency, report in found]
    # The very chain that this is written into may be the broken one: what was found is shown all the same.
    with suppress(IntegrityError):
        _write_down(person, at, rows, [(agency, report) for agency, report in found if not report.intact])
    return rows


@transaction.atomic
def _write_down(
    person: Person, at: datetime, rows: list[tuple[str, ChainReport]], broken: list[tuple[Agency | None, ChainReport]]
) -> None:
    home = home_agency(person, localdate(at))
    audit.record(
        "audit.verified",
        agency=home,
        at=at,
        by=person,
        chains=len(rows),
        rows=sum(report.count for _, report in rows),
        broken=[f"{name} #{report.broken_at}" for name, report in rows if not report.intact],
    )
    for agency, report in broken:
        audit.record(
            "audit.broken", agency=home, at=at, by=person, about=agency, place=report.broken_at, why=report.problem
        )
