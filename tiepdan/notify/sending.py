"""What the worker does with a delivery that is due: send it, or ask the gateway what became of it.

Once: a mark (`sending_at`) is committed before the conversation with the mail server. A worker that finds the mark of
another one – killed in between – does not send; a person decides (docs/notices.md).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from tiepdan.audit import actions as audit
from tiepdan.files import store
from tiepdan.kernel import crossing
from tiepdan.kernel.dates import moment_text
from tiepdan.kernel.due import retry_delay
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.rows import move
from tiepdan.notify import access, mail, sms
from tiepdan.notify.edge import Attachment, Mail, Never, NotNow, Unsure
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import (
    DELIVERY,
    NO_GATEWAY,
    NO_MAIL_SERVER,
    UNSURE,
    Channel,
    State,
    ask_again_after,
    failed_sentence,
)

# Longer than the longest conversation: nobody else takes the row while somebody is talking.
LEASE = timedelta(minutes=5)
LOOK_AGAIN = timedelta(minutes=10)  # whether a server has been configured meanwhile


def work(row: Delivery, now: datetime) -> None:
    """Handler of due rows."""
    if row.channel == Channel.EMAIL and row.state == State.QUEUED:
        _send(row, now, mail.is_configured(), NO_MAIL_SERVER)
    elif row.channel == Channel.SMS and row.state == State.QUEUED:
        _send(row, now, sms.is_configured(), NO_GATEWAY)
    elif row.channel == Channel.SMS and row.state == State.SENT:
        _ask_gateway(row, now)


def _send(row: Delivery, now: datetime, is_configured: bool, missing: str) -> None:
    if row.is_unsure:
        return
    if not is_configured:
        Delivery.objects.filter(pk=row.pk, state=State.QUEUED).update(problem=missing)
        row.due_at = now + LOOK_AGAIN
        return
    if row.channel == Channel.EMAIL and row.sending_at is not None:
        _unsure(row, now)
        return
    row.message_id = row.message_id or message_id(row)
    go = _ready(row, now)  # before the mark: what goes wrong up to here has certainly not been sent
    mine = Delivery.objects.filter(pk=row.pk, state=State.QUEUED, sending_at=row.sending_at)
    if not mine.update(sending_at=now, message_id=row.message_id):
        return  # dropped, handed over or taken by another worker since we looked
    row.sending_at = now
    try:
        is_delivered = go()
    except NotNow as problem:
        _not_now(row, now, problem)
        raise
    except Never as problem:
        _failed(row, now, problem.reason)
    except Unsure:
        _unsure(row, now)
    else:
        crossing.again(lambda: _sent(row, now, is_delivered))  # it has left: that must be written down


def _ready(row: Delivery, at: datetime) -> Callable[[], bool]:
    """The whole message, and what hands it over: returns whether it is known to have arrived."""
    if row.channel == Channel.SMS:
        text = f"{row.subject}. {row.body}{_sms_link(row)}"
        return lambda: _handed_to_gateway(row, text)
    files = tuple(Attachment(one.name, one.kind, store.read(one)) for one in row.files.all())
    letter = Mail(row.message_id, row.address, row.subject, body_of(row), row.agency.name, at, files)
    return lambda: _handed_to_server(letter)


def _handed_to_gateway(row: Delivery, text: str) -> bool:
    accepted = sms.send(row.address, text, row.message_id)
    row.message_id = accepted.id
    return accepted.is_delivered


def _handed_to_server(letter: Mail) -> bool:
    mail.send(letter)
    return False


def body_of(row: Delivery) -> str:
    """The text as it leaves, with the receiver's own link under it."""
    if not row.wants_answer:
        return row.body
    return f"{row.body.rstrip()}\n\nXem giấy mời, xác nhận tham dự hoặc báo không dự tại:\n{link(row)}\n"


def link(row: Delivery) -> str:
    return desk_address(reverse("notify:receive", args=[row.token]))


def desk_address(path: str) -> str:
    """A page of this installation as it stands in a message."""
    return f"{settings.PUBLIC_URL}{path}"


def _sms_link(row: Delivery) -> str:
    return f" {link(row)}" if row.wants_answer else ""


def message_id(row: Delivery) -> str:
    """The same at every try; tells nothing about the receiver's link."""
    if row.channel == Channel.SMS:
        return f"tiepdan-{row.pk}-{int(row.prepared_at.timestamp())}"
    return f"<tiepdan.{row.pk}.{int(row.prepared_at.timestamp())}@{mail.domain()}>"


def _sent(row: Delivery, now: datetime, is_delivered: bool) -> None:
    done = {"sent_at": now, "sending_at": None, "is_unsure": False, "problem": "", "message_id": row.message_id}
    with transaction.atomic():
        row.refresh_from_db(fields=["state"])  # a try before this one may have been undone
        try:
            move(row, DELIVERY, "send", **done)
        except Refused:
            # Handed over or confirmed while it was being sent: that stands, and that it was sent too.
            Delivery.objects.filter(pk=row.pk).update(**done)
            row.refresh_from_db()
        _record("delivery.sent", row, now)
        if is_delivered and DELIVERY.after(row.state, "deliver"):
            _delivered(row, now)
        access.tell_moved(row, now)
    row.due_at = None
    if row.channel == Channel.SMS and row.state == State.SENT:
        row.due_at = now + (ask_again_after(timedelta(0)) or LOOK_AGAIN)


def _not_now(row: Delivery, now: datetime, problem: NotNow) -> None:
    """Undo the mark. When nothing can leave, everything else of this channel waits for this row's next try too."""
    Delivery.objects.filter(pk=row.pk, sending_at=now).update(
        sending_at=None, problem=f"Chưa gửi được: {problem.reason}. Hệ thống tự gửi lại."[:500]
    )
    if problem.is_line:
        others = Delivery.objects.filter(channel=row.channel, state=State.QUEUED, due_at__lte=now, sending_at=None)
        others.exclude(pk=row.pk).update(due_at=now + retry_delay(row.failures))


def _failed(row: Delivery, now: datetime, reason: str) -> None:
    deadline = moment_text(localtime(row.deadline)) if row.deadline else ""
    sentence = failed_sentence(row.address, reason, deadline)[:500]
    with transaction.atomic():
        try:
            move(row, DELIVERY, "fail", problem=sentence, sending_at=None)
        except Refused:
            Delivery.objects.filter(pk=row.pk).update(sending_at=None)
            return
        _record("delivery.failed", row, now)


def _unsure(row: Delivery, now: datetime) -> None:
    with transaction.atomic():
        open_still = Delivery.objects.filter(pk=row.pk, state=State.QUEUED, is_unsure=False)
        if open_still.update(is_unsure=True, problem=UNSURE):
            _record("delivery.unsure", row, now)


def _ask_gateway(row: Delivery, now: datetime) -> None:
    wait = ask_again_after(now - (row.sent_at or now))
    try:
        state = sms.state(row.message_id)
    except Never:
        return  # the gateway forgot it: «Đã gửi» is what we know
    except NotNow:
        if wait is None:
            return
        raise
    if state == "delivered":
        with transaction.atomic():
            _delivered(row, now)
    elif state == "failed":
        _failed(row, now, "cổng tin nhắn báo không tới được số máy này")
    elif wait is not None:
        row.due_at = now + wait


def _delivered(row: Delivery, now: datetime) -> None:
    move(row, DELIVERY, "deliver", delivered_at=now)
    _record("delivery.delivered", row, now)


def _record(event: str, row: Delivery, now: datetime) -> None:
    audit.record(
        event,
        agency=row.agency,
        at=now,
        about=row,
        channel=row.channel,
        of=f"{row.about_kind}:{row.about_id}",
        message_id=row.message_id,
    )
