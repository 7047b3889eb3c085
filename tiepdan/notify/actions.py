"""Every write of deliveries. What the worker does with them stands in sending.py."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from tiepdan.accounts.models import Agency, Person
from tiepdan.audit import actions as audit
from tiepdan.files.models import StoredFile
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.rows import move
from tiepdan.kernel.text import fold
from tiepdan.notify import access
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import BY_HAND, DELIVERY, Answer, Channel, State, one_line

TOKEN_BYTES = 48  # 64 letters


@transaction.atomic
def prepare(
    *,
    key: str,
    topic: str,
    about: Model,
    agency: Agency,
    channel: str,
    receiver: str,
    address: str,
    subject: str,
    body: str,
    files: Iterable[StoredFile] = (),
    receiver_agency: Agency | None = None,
    receiver_person: Person | None = None,
    deadline: datetime | None = None,
    wants_answer: bool = False,
    by: Person | None,
    at: datetime,
    release: bool = False,
) -> Delivery:
    """A message into the outbox, once for each key.

    What still lies in the outbox under this key is written anew; what has left it stays as it is. `release` skips
    the outbox (reminders to staff).
    """
    facts = {
        "topic": topic,
        "channel": channel,
        "receiver": one_line(receiver)[:200],
        "receiver_agency": receiver_agency,
        "receiver_person": receiver_person,
        "address": one_line(address)[:254],
        "subject": one_line(subject)[:300],
        "body": body,
        "deadline": deadline,
        "wants_answer": wants_answer,
        "search": fold(f"{receiver} {address} {subject}"),
    }
    row, made = Delivery.objects.select_for_update().get_or_create(
        key=key,
        defaults={
            **facts,
            "agency": agency,
            "about_kind": about._meta.label_lower,
            "about_id": str(about.pk),
            "prepared_at": at,
            "prepared_by": by,
            "token": secrets.token_urlsafe(TOKEN_BYTES),
        },
    )
    if not made:
        if row.state != State.DRAFT:
            return row
        for name, value in facts.items():
            setattr(row, name, value)
        row.save(update_fields=list(facts))
    row.files.set(files)
    if made:
        _record("delivery.prepared", row, by=by, at=at)
    if release:
        _release(row, by=by, at=at)
    return row


@transaction.atomic
def release(deliveries: Iterable[Delivery], *, by: Person, at: datetime) -> int:
    """Let messages leave the outbox; how many. One without an address stops all: nothing is half done.

    Raises:
        Invalid: a message that travels by mail or telephone has no address.
    """
    rows = [row for row in deliveries if row.state == State.DRAFT]
    bare = [row.receiver for row in rows if row.channel not in BY_HAND and not row.address]
    if bare:
        raise Invalid(
            f"Chưa gửi được: chưa có địa chỉ của {', '.join(bare[:5])}. Nhập địa chỉ hoặc chuyển sang giấy, giao tay.",
            code="address",
        )
    for row in rows:
        _release(row, by=by, at=at)
    return len(rows)


def _release(row: Delivery, *, by: Person | None, at: datetime) -> None:
    due = None if row.channel in BY_HAND else at
    move(row, DELIVERY, "release", released_at=at, released_by=by, due_at=due, problem="", failures=0, last_error="")
    _record("delivery.released", row, by=by, at=at)


@transaction.atomic
def change_address(row: Delivery, *, channel: str, address: str, by: Person, at: datetime) -> None:
    """Another way or another address, for a message that has not arrived."""
    if row.state not in (State.DRAFT, State.QUEUED, State.FAILED) or _is_talking(row):
        raise Refused("Chỉ đổi địa chỉ của thư chưa gửi hoặc gửi không được.", code="state")
    row.channel, row.address = channel, one_line(address)[:254]
    row.search = fold(f"{row.receiver} {row.address} {row.subject}")
    waits = row.state == State.QUEUED and channel not in BY_HAND
    row.due_at = at if waits else None
    row.is_unsure, row.sending_at = False, None
    row.save(update_fields=["channel", "address", "search", "due_at", "is_unsure", "sending_at"])
    _record("delivery.address_changed", row, by=by, at=at)


@transaction.atomic
def drop(row: Delivery, *, by: Person | None, at: datetime, reason: str = "") -> None:
    """Take a message out of the outbox; it stays readable."""
    if _is_talking(row):
        raise Refused("Thư đang được gửi nên không bỏ được. Tải lại trang sau ít giây.", code="sending")
    move(row, DELIVERY, "drop", due_at=None)
    _record("delivery.dropped", row, by=by, at=at, reason=reason)


@transaction.atomic
def retry(row: Delivery, *, by: Person, at: datetime) -> None:
    """Send again what failed, or what may or may not have left (with the same Message-ID)."""
    if row.state == State.QUEUED and row.channel not in BY_HAND and not _is_talking(row):
        done = Delivery.objects.filter(pk=row.pk, state=State.QUEUED).update(
            due_at=at, failures=0, last_error="", sending_at=None, is_unsure=False, problem=""
        )
        if not done:
            raise Refused("Thư này vừa được người khác xử lý. Hãy tải lại trang.", code="faster")
        row.refresh_from_db()
    else:
        due = None if row.channel in BY_HAND else at
        move(row, DELIVERY, "retry", due_at=due, failures=0, last_error="", problem="", sending_at=None)
    _record("delivery.retried", row, by=by, at=at)


@transaction.atomic
def confirm_sent(row: Delivery, *, by: Person, at: datetime) -> None:
    """The receiver said that the doubtful message is there."""
    if not row.is_unsure:
        raise Refused("Thư này không còn ở tình trạng «Không rõ đã gửi chưa».", code="state")
    move(row, DELIVERY, "send", sent_at=row.sending_at or at, is_unsure=False, problem="", due_at=None)
    move(row, DELIVERY, "deliver", delivered_at=at)
    _record("delivery.confirmed_sent", row, by=by, at=at)
    access.tell_moved(row, at)


@transaction.atomic
def hand_over(row: Delivery, note: str, photo: StoredFile | None, *, by: Person, at: datetime) -> None:
    """The paper was given into somebody's hand: `note` says whose and when. Also ends a message that failed."""
    note = one_line(note)
    if not note:
        raise Invalid("Chưa nhập người nhận và thời gian giao.", code="note")
    fields = {"delivered_at": at, "sent_at": row.sent_at or at, "due_at": None, "is_unsure": False, "problem": ""}
    move(row, DELIVERY, "hand_over", handed_note=note[:300], proof=photo, **fields)
    _record("delivery.handed_over", row, by=by, at=at, has_photo=photo is not None)
    access.tell_moved(row, at)


@transaction.atomic
def record_sent(row: Delivery, number: str, sent_at: datetime, *, by: Person, at: datetime) -> None:
    """«Ghi nhận đã gửi qua trục văn bản»: under which number, and when, the office's own system sent it."""
    if row.channel != Channel.AXIS:
        raise Refused("Thư này không gửi qua trục văn bản. Đổi cách gửi thành «Trục văn bản» trước.", code="channel")
    number = one_line(number)
    if not number:
        raise Invalid("Chưa nhập số văn bản trên trục.", code="number")
    if sent_at > at:
        raise Invalid("Thời gian gửi ở sau lúc này. Ghi thời gian đã gửi trên trục văn bản.", code="sent_at")
    if row.state == State.DRAFT:
        _release(row, by=by, at=at)
    elif row.state == State.FAILED:
        move(row, DELIVERY, "retry", due_at=None, failures=0, last_error="", sending_at=None)
    move(row, DELIVERY, "send", sent_at=sent_at, message_id=number[:200], problem="", is_unsure=False, due_at=None)
    _record("delivery.sent_by_axis", row, by=by, at=at, number=number[:200])
    access.tell_moved(row, at)


@transaction.atomic
def mark_opened(row: Delivery, *, at: datetime) -> None:
    """The receiver's own link was opened; only the first time counts, and it confirms nothing."""
    if DELIVERY.after(row.state, "open") is None:
        return
    move(row, DELIVERY, "open", opened_at=at)
    _record("delivery.opened", row, at=at)


def acknowledge(row: Delivery, who: str, answer: str | Answer = "", *, at: datetime, by: Person | None = None) -> None:
    """The receiver comes. `answer`: what they say, or the whole `Answer` with the people who come."""
    said = answer if isinstance(answer, Answer) else Answer(is_coming=True, who=who)
    text = said.text if isinstance(answer, Answer) else answer
    _answer(row, "acknowledge", said, text, at=at, by=by)


def decline(row: Delivery, who: str, answer: str | Answer = "", *, at: datetime, by: Person | None = None) -> None:
    """The receiver does not come: `answer` says why, or holds reason and substitute."""
    said = answer if isinstance(answer, Answer) else Answer(is_coming=False, who=who, reason=answer)
    _answer(row, "decline", said, said.text, at=at, by=by)


@transaction.atomic
def _answer(row: Delivery, step: str, said: Answer, text: str, *, at: datetime, by: Person | None) -> None:
    who = one_line(said.who)
    if not who:
        raise Invalid("Chưa nhập họ tên người xác nhận.", code="who")
    access.told_answer(row, said, at)
    fields = {"acknowledged_at": at, "acknowledged_by": who[:200], "answer": one_line(text)[:500], "due_at": None}
    move(row, DELIVERY, step, is_unsure=False, **fields)
    event = "delivery.acknowledged" if step == "acknowledge" else "delivery.declined"
    _record(event, row, by=by, at=at, by_label="" if by else "Người nhận, qua liên kết riêng")
    access.tell_moved(row, at)


def _is_talking(row: Delivery) -> bool:
    """A worker is talking to the mail server about it at this moment."""
    return row.sending_at is not None and not row.is_unsure and row.state == State.QUEUED


def _record(
    event: str, row: Delivery, *, at: datetime, by: Person | None = None, by_label: str = "", **facts: object
) -> None:
    audit.record(
        event,
        agency=row.agency,
        at=at,
        by=by,
        by_label=by_label,
        about=row,
        channel=row.channel,
        of=f"{row.about_kind}:{row.about_id}",
        **facts,
    )
