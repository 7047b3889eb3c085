"""Every write of receptions: credentials given, withdrawn and used."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from tiepdan.accounts.actions import ADDRESS_FAILURES, address_key
from tiepdan.accounts.models import Person
from tiepdan.accounts.throttle import throttle_check, throttle_clear, throttle_fail
from tiepdan.audit import actions as audit
from tiepdan.documents.queries import documents_about
from tiepdan.documents.word.stamp import restamp
from tiepdan.files import store
from tiepdan.kernel.refusals import Refused
from tiepdan.receptions.access import require_working
from tiepdan.receptions.models import Credential, Reception, ReceptionPoint
from tiepdan.receptions.queries import prints_passwords
from tiepdan.receptions.rules import CREDENTIAL_LEAD, CREDENTIAL_TAIL, FINISHED, new_password, typed_password


@transaction.atomic
def issue_credential(hall: ReceptionPoint, *, by: Person, now: datetime) -> tuple[Credential, str]:
    """Give the hall a name and a new password; an earlier one is dead at once.

    Returns the credential and the password in clear, which is nowhere kept: show it once.
    """
    reception = hall.reception
    if reception.state in FINISHED:
        raise Refused(f"Buổi tiếp {reception.code} đã kết thúc nên không cấp tài khoản điểm cầu nữa.", code="closed")
    hall.credentials.filter(revoked_at__isnull=True).update(revoked_at=now)
    password = new_password()
    credential = Credential.objects.create(
        hall=hall,
        username=hall.point.slug,
        password=make_password(password),
        valid_from=max(now, reception.starts_at - CREDENTIAL_LEAD),
        valid_to=reception.ends_at + CREDENTIAL_TAIL,
        issued_at=now,
        issued_by=by,
    )
    audit.record(
        "credential.issued",
        agency=reception.agency,
        at=now,
        by=by,
        about=reception,
        hall=hall.key,
        point=str(hall),
    )
    return credential, password


@transaction.atomic
def revoke_credential(credential: Credential, *, by: Person, now: datetime) -> None:
    """Withdraw the credential. Its connection is cut within some seconds by the room's watch."""
    changed = Credential.objects.filter(pk=credential.pk, revoked_at__isnull=True).update(revoked_at=now)
    if not changed:
        raise Refused("Tài khoản này đã được thu hồi trước đó. Hãy tải lại trang để xem bản mới.", code="stale")
    hall = credential.hall
    audit.record(
        "credential.revoked",
        agency=hall.reception.agency,
        at=now,
        by=by,
        about=hall.reception,
        hall=hall.key,
        point=str(hall),
    )


def letter_with_password(hall: ReceptionPoint, password: str, *, by: Person, now: datetime) -> bytes:
    """«In mật khẩu trong giấy mời» (điểm b khoản 1 Điều 6 QĐ 764): the Word file of the hall's letter with the password
    that was just shown in the place of the words about it. Kept nowhere.

    Raises:
        Refused: not in the pilot, no letter yet, or not the password that works.
    """
    reception = hall.reception
    if not prints_passwords(reception):
        raise Refused(
            "Chỉ bộ quy tắc thí điểm QĐ 764/2025 cho in mật khẩu trong giấy mời. Hãy giao mật khẩu bằng phiếu riêng.",
            code="not_pilot",
        )
    credential = hall.credentials.filter(revoked_at__isnull=True).first()
    if credential is None or not check_password(typed_password(password), credential.password):
        raise Refused("Mật khẩu này không còn dùng được. Hãy bấm «Cấp lại» rồi in lại giấy mời.", code="stale")
    papers = documents_about(reception).filter(kind="invitation", part=hall.key, docx__isnull=False)
    paper = papers.order_by("-pk").first()
    if paper is None or paper.docx is None:
        raise Refused("Chưa có giấy mời của điểm cầu này. Hãy tạo bộ văn bản trước.", code="no_letter")
    words = str(paper.facts.get("cach_nhan_mat_khau", ""))
    file, lost = restamp(store.read(paper.docx), {words: password})
    if lost:
        raise Refused(
            "Giấy mời đã sửa trong Word không còn chỗ ghi cách nhận mật khẩu. Hãy giao mật khẩu bằng phiếu riêng.",
            code="no_place",
        )
    audit.record(
        "credential.printed",
        agency=reception.agency,
        at=now,
        by=by,
        about=reception,
        hall=hall.key,
        point=str(hall),
    )
    return file


def find_credential(username: str, password: str, now: datetime) -> Credential | None:
    """The credential of this name whose password is right, or None; a withdrawn or expired one is refused by name.

    The same hall may hold credentials of several receptions (yesterday's expired one, today's): the password decides.
    """
    rows = Credential.objects.filter(username=username.strip().lower()).select_related(
        "hall__point", "hall__reception__agency"
    )
    typed = typed_password(password)
    # An unknown name costs the same time as a wrong password, so that names cannot be told apart by the clock.
    if not rows:
        make_password(typed)
        return None
    for credential in rows.order_by("-issued_at")[:5]:
        if check_password(typed, credential.password):
            require_working(credential, now)
            return credential
    return None


def sign_in_point(name: str, password: str, *, address: str, now: datetime) -> Credential:
    """The credential with which a hall signs in.

    Raises:
        Refused: codes `locked`, `wrong`, `revoked`, `not_yet`, `expired`; each is in the audit log.
    """
    key = f"point:{name.strip().lower()}"
    try:
        _refuse_locked(name, now, key, address_key(address))
        credential = find_credential(name, password, now)
        if credential is None:
            left = min(throttle_fail(key, now), throttle_fail(address_key(address), now, ADDRESS_FAILURES))
            raise Refused(wrong_sentence(left, _phone_for(name)), code="wrong" if left else "locked")
    except Refused as refusal:
        _refused_sign_in(name, refusal, address, now)
        raise
    throttle_clear(key)
    use_credential(credential, now=now, address=address)
    return credential


def _refuse_locked(name: str, now: datetime, *keys: str) -> None:
    try:
        for key in keys:
            throttle_check(key, now)
    except Refused as refusal:  # a locked hall needs the number to call at every try, not only at the fifth
        raise Refused(wrong_sentence(0, _phone_for(name)), code=refusal.code) from refusal


def wrong_sentence(left: int, phone: str) -> str:
    if left:
        return f"Tên hoặc mật khẩu chưa đúng. Còn {left} lần thử."
    call = f" Điểm cầu cần vào ngay: gọi {phone} để được mở." if phone else ""
    return f"Tạm khóa 15 phút vì nhập sai 5 lần.{call}"


def _phone_for(name: str) -> str:
    """Whom a hall of this name should call; every name gets a number, so that names cannot be guessed by it."""
    reception = (
        Reception.objects.filter(halls__point__slug=name.strip().lower()).order_by("-starts_at").first()
        or Reception.objects.order_by("-starts_at").first()
    )
    return reception.help_phone if reception else ""


def _refused_sign_in(name: str, refusal: Refused, address: str, now: datetime) -> None:
    hall = (
        ReceptionPoint.objects.filter(point__slug=name.strip().lower())
        .select_related("reception__agency")
        .order_by("-reception__starts_at")
        .first()
    )
    audit.record(
        "point.sign_in_refused",
        agency=hall.reception.agency if hall else None,
        at=now,
        # A name that is nobody's is not written down: people type passwords into the wrong box.
        by_label=f"Điểm cầu {hall}" if hall else "",
        about=hall.reception if hall else None,
        code=refusal.code,
        address=address,
    )


@transaction.atomic
def use_credential(credential: Credential, *, now: datetime, address: str) -> None:
    Credential.objects.filter(pk=credential.pk).update(used_at=now)
    hall = credential.hall
    audit.record(
        "point.signed_in",
        agency=hall.reception.agency,
        at=now,
        by_label=f"Điểm cầu {hall}",
        about=hall.reception,
        hall=hall.key,
        address=address,
    )
