"""Two working days before a reception the desk hears who has not confirmed; hung into the reception's alarm clock."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.rules import Role
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import ABOUT
from tiepdan.kernel.dates import moment_text
from tiepdan.law.workdays import Calendar
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import ANSWERED
from tiepdan.notify.sending import desk_address
from tiepdan.receptions.models import Reception
from tiepdan.receptions.reminders import SOON, Call, days_before, holders, post


def call_of(reception: Reception, table: Calendar) -> Call:
    day = localdate(reception.starts_at)
    return Call(f"unconfirmed:{day.isoformat()}", days_before(day, table), SOON)


def tell(reception: Reception, call: Call, now: datetime) -> None:
    silent = unconfirmed(reception)
    if not silent:
        return
    subject = f"{reception.code}: {len(silent)} giấy mời chưa xác nhận"
    # Citizens are counted, not named: this letter goes to a mailbox.
    names = [f"- {row.receiver}" for row in silent if row.agency_id]
    citizens = len(silent) - len(names)
    lines = [*names, f"- {citizens} công dân" if citizens else ""]
    address = desk_address(reverse("invitations:board", args=[reception.code]))
    body = (
        f"Buổi tiếp {reception.code}, {moment_text(reception.starts_at)}. Chưa xác nhận tham dự:\n"
        + "\n".join(filter(None, lines))
        + f"\n\nGọi xác nhận tại: {address}\n"
    )
    post(reception, holders(reception, Role.CLERK, localdate(now)), call.key, subject, body, now)


def unconfirmed(reception: Reception) -> list[Invitation]:
    """Receivers who have not answered their newest message, or got none."""
    rows = list(reception.invitations.all())
    ids = [str(row.pk) for row in rows]
    answered = Delivery.objects.filter(about_kind=ABOUT, about_id__in=ids, state__in=ANSWERED)
    known = set(answered.values_list("about_id", flat=True))
    return [row for row in rows if str(row.pk) not in known]
