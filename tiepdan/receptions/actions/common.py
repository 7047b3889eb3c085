"""What every write of a plan shares: who may write now, and the guard against two editors."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.kernel.dates import clock_text
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.rows import FASTER, move
from tiepdan.receptions.access import require_writable
from tiepdan.receptions.models import Credential, PlanDecision, Reception
from tiepdan.receptions.rules import CREDENTIAL_LEAD, CREDENTIAL_TAIL, RECEPTION, Phase, is_last_half_hour

# Tests of the line say nothing any more when the day or the halls are others.
TESTS = ("trial", "connected", "first_test", "second_test")


def begin(
    reception: Reception, *, by: Person, at: datetime, seen: str = "", reason: str = "", desk_only: bool = False
) -> dict[str, str]:
    """Take the right to write the plan; the facts that the log keeps of it (the reason of a late change).

    `seen` is `marker(reception)` of the page that was filled in; empty when nothing was shown to be overwritten.
    """
    require_writable(by, reception, at, reason, desk_only=desk_only)
    touch(reception, seen, by=by, at=at)
    return {"reason": reason.strip()} if is_last_half_hour(reception.starts_at, at) else {}


def hold(reception: Reception) -> None:
    """Nobody else writes this reception until the transaction ends; who saw another state is told."""
    rows = Reception.objects.select_for_update().filter(pk=reception.pk, state=reception.state)
    if rows.values_list("pk", flat=True).first() is None:
        raise Refused(FASTER, code="faster")


def touch(reception: Reception, seen: str = "", *, by: Person, at: datetime) -> None:
    """Of two people who edit what they saw at the same time, the second is told who was faster, and when."""
    rows = Reception.objects.filter(pk=reception.pk, state=reception.state)
    if seen:
        if seen != marker(reception):
            raise faster(reception)
        rows = rows.filter(edited_at=reception.edited_at)
    if not rows.update(edited_at=at, edited_by=by):
        hold(reception)
        reception.refresh_from_db(fields=["edited_at", "edited_by"])
        raise faster(reception)
    reception.edited_at, reception.edited_by = at, by


def marker(reception: Reception) -> str:
    return reception.edited_at.isoformat() if reception.edited_at else "0"


def faster(reception: Reception) -> Refused:
    who = reception.edited_by.full_name if reception.edited_by else "người khác"
    when = clock_text(reception.edited_at) if reception.edited_at else ""
    return Refused(
        f"Nội dung này vừa được {who} thay đổi lúc {when}. Hãy tải lại trang để xem bản mới. "
        "Những gì bạn vừa nhập vẫn còn ở dưới để đối chiếu.",
        code="faster",
    )


def today(at: datetime) -> date:
    return localdate(at)


def void_tests(reception: Reception, *, by: Person, at: datetime, why: str) -> list[str]:
    """Forget what was tested with other halls or for another time; a ready reception has to be confirmed again.

    Returns the codes of the milestones that have to be met once more.
    """
    gone = reception.met.filter(code__in=TESTS)
    codes = sorted(gone.values_list("code", flat=True))
    gone.delete()
    if reception.state == Phase.READY:
        move(reception, RECEPTION, "doubt", confirmed_at=None)
        PlanDecision.objects.create(reception=reception, step="doubt", at=at, by=by, note=why)
    return codes


def shift_credentials(reception: Reception) -> None:
    """Working names and passwords follow the reception to its new time."""
    working = Credential.objects.filter(hall__reception=reception, revoked_at__isnull=True)
    for credential in working:
        credential.valid_from = max(credential.issued_at, reception.starts_at - CREDENTIAL_LEAD)
        credential.valid_to = reception.ends_at + CREDENTIAL_TAIL
        credential.save(update_fields=["valid_from", "valid_to"])
