"""The only way a view gets a reception, or learns for which hall a browser speaks."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from tiepdan.accounts.access import person_of
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import Authority, authority, has_role, posted_agencies
from tiepdan.accounts.rules import Role
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Forbidden, Refused
from tiepdan.kernel.rows import one
from tiepdan.receptions.models import Credential, Reception
from tiepdan.receptions.queries import receptions_of
from tiepdan.receptions.rules import (
    WRITABLE,
    CredentialFacts,
    Phase,
    credential_problem,
    is_last_half_hour,
)

CREDENTIAL_KEY = "credential"
DEVICE_KEY = "device"


def home_address(request: HttpRequest) -> str | None:
    """Where «/» leads a hall: to its device check. Staff go to what waits for them."""
    return reverse("readiness:prepare") if CREDENTIAL_KEY in request.session else None


def is_signed_in(request: HttpRequest) -> bool:
    """Whether this browser belongs to anybody, a person or a hall."""
    return person_of(request) is not None or CREDENTIAL_KEY in request.session


def reception_for(request: HttpRequest, code: str, now: datetime) -> Reception:
    """The reception named in the address, for staff who may see it or for a hall that takes part in it.

    Raises:
        Forbidden: nobody is signed in in this browser (code `signed_out`).
        Http404: nobody is told whether a reception exists that is not theirs; the attempt goes into the audit log.
        Refused: the hall's credential does not work any more.
    """
    reception = one(Reception.objects.select_related("agency", "chair", "secretary", "technician").filter(code=code))
    person = person_of(request)
    if person is not None:
        if reception is not None and receptions_of(person, now).filter(pk=reception.pk).exists():
            return reception
    else:
        credential = credential_of(request, now)
        if credential is not None:
            if reception is not None and credential.hall.reception_id == reception.pk:
                return reception
            if reception is not None:
                _refused_entry(reception, now, by_label=str(credential.hall), hall=credential.hall.key)
                raise Refused(
                    f"Điểm cầu {credential.hall} không có trong danh sách của buổi tiếp {code}. "
                    f"Hãy vào buổi tiếp {credential.hall.reception.code}, hoặc gọi điểm cầu trung tâm: "
                    f"{credential.hall.reception.help_phone}.",
                    code="not_listed",
                )
        else:
            raise Forbidden("Phiên làm việc đã hết. Đăng nhập lại để vào tiếp.", code="signed_out")
    if reception is not None and person is not None:
        _refused_entry(reception, now, by=person)
    raise Http404


def _refused_entry(
    reception: Reception, now: datetime, *, by: Person | None = None, by_label: str = "", hall: str = ""
) -> None:
    audit.record(
        "access.refused",
        agency=reception.agency,
        at=now,
        by=by,
        by_label=by_label,
        about=reception,
        hall=hall,
    )


def credential_of(request: HttpRequest, now: datetime) -> Credential | None:
    """The point credential with which this browser signed in; None when it did not.

    Raises:
        Refused: it signed in, and the credential has been withdrawn or has expired since.
    """
    pk = request.session.get(CREDENTIAL_KEY)
    if pk is None:
        return None
    credential = one(Credential.objects.select_related("hall__point", "hall__reception__agency").filter(pk=pk))
    if credential is not None:
        require_working(credential, now)
    return credential


def require_working(credential: Credential, now: datetime) -> None:
    """Refuse, with what to do next, when the credential does not work at `now`."""
    problem = credential_problem(credential.facts, now)
    if problem:
        raise Refused(problem_sentence(problem, credential.facts, credential.hall.reception.help_phone), code=problem)


def problem_sentence(problem: str, facts: CredentialFacts, phone: str) -> str:
    if problem == "revoked":
        assert facts.revoked_at is not None
        return f"Tài khoản này đã được thu hồi lúc {_clock(facts.revoked_at)}. Gọi điểm cầu trung tâm: {phone}."
    if problem == "not_yet":
        return f"Tài khoản điểm cầu này có hiệu lực từ {_clock(facts.valid_from)}. Cần vào sớm hơn, gọi: {phone}."
    return (
        f"Tài khoản điểm cầu này hết hiệu lực từ {_clock(facts.valid_to)}. Gọi điểm cầu trung tâm để cấp lại: {phone}."
    )


def _clock(moment: datetime) -> str:
    return date_format(localtime(moment), "H:i, d/m/Y")


def may_manage_credentials(person: Person | None, reception: Reception) -> bool:
    """Names and passwords are given and withdrawn by the central point's technician (khoản 2 Điều 23 NĐ 154/2026)."""
    return person is not None and person.pk == reception.technician_id


def plan_for(person: Person, code: str, now: datetime) -> Reception:
    """The reception whose plan somebody of the staff reads.

    Raises:
        Http404: it does not exist or is not theirs; the attempt goes into the audit log.
    """
    found = one(receptions_of(person, now).filter(code=code))
    if found is not None:
        return found
    hidden = one(Reception.objects.select_related("agency").filter(code=code))
    if hidden is not None:
        _refused_entry(hidden, now, by=person)
    raise Http404


def desks_of(person: Person, on: date) -> list[Agency]:
    """Agencies for which the person plans new receptions (clerk)."""
    return list(posted_agencies(person, on, Role.CLERK))


def is_desk(person: Person, reception: Reception, on: date) -> bool:
    """A clerk of the agency: plans, submits, withdraws, revises."""
    return has_role(person, reception.agency, on, Role.CLERK)


def may_edit_plan(person: Person, reception: Reception, on: date) -> bool:
    """Clerks of the agency; and the chair and the technician of this reception, who also hold its last half hour."""
    return person.pk in (reception.chair_id, reception.technician_id) or is_desk(person, reception, on)


def require_desk(person: Person, reception: Reception, on: date) -> None:
    if not is_desk(person, reception, on):
        raise Forbidden(
            f"Chỉ cán bộ tiếp dân của {reception.agency} được làm việc này. Hãy báo cán bộ tiếp dân của buổi tiếp.",
            code="forbidden",
        )


def may_release(person: Person, reception: Reception, now: datetime) -> bool:
    """Whether the person changes what is public: the desk; in the last half hour the chair and the technician too."""
    if is_last_half_hour(reception.starts_at, now) and person.pk in (reception.chair_id, reception.technician_id):
        return True
    return is_desk(person, reception, _day(now))


def knows_citizens(person: Person, reception: Reception, on: date) -> bool:
    """Whether the person reads who the citizens are: the desk, the three who hold the reception, and who decides on
    its plan. Everybody else who sees it works with their number and their place."""
    parts = (reception.chair_id, reception.secretary_id, reception.technician_id)
    return person.pk in parts or is_desk(person, reception, on) or authority(person, reception.agency, on) is not None


def require_writer(person: Person, reception: Reception, now: datetime, *, desk_only: bool = False) -> None:
    """Refuse who does not write this plan; also for pages that only writers open.

    `desk_only`: day, people and matters are the clerk's; in the last half hour the chair's and the technician's.
    """
    if not may_edit_plan(person, reception, _day(now)):
        raise Forbidden(
            "Chỉ cán bộ tiếp dân, người chủ trì hoặc kỹ thuật trung tâm của buổi tiếp được sửa kế hoạch.",
            code="forbidden",
        )
    if desk_only and not is_last_half_hour(reception.starts_at, now):
        require_desk(person, reception, _day(now))


def require_writable(
    person: Person, reception: Reception, now: datetime, reason: str = "", *, desk_only: bool = False
) -> None:
    """Refuse when the person may not change the plan at this moment, or the plan is not in a state to be changed."""
    require_writer(person, reception, now, desk_only=desk_only)
    if reception.state not in WRITABLE:
        raise Refused(unwritable_sentence(reception), code="state")
    if is_last_half_hour(reception.starts_at, now):
        if person.pk not in (reception.chair_id, reception.technician_id):
            raise Refused(LAST_HALF_HOUR, code="last_half_hour")
        if not reason.strip():
            raise Refused(
                "Còn chưa đến 30 phút là đến giờ tiếp: hãy ghi lý do thay đổi rồi lưu lại.", code="reason_missing"
            )


LAST_HALF_HOUR = "Trong 30 phút trước giờ tiếp chỉ người chủ trì hoặc kỹ thuật trung tâm được thay đổi (ghi lý do)."


def unwritable_sentence(reception: Reception) -> str:
    if reception.state == Phase.SUBMITTED:
        return "Kế hoạch đang chờ duyệt. Bấm «Rút lại» trước khi sửa."
    if reception.state == Phase.APPROVED:
        return "Kế hoạch đã được duyệt. Bấm «Sửa kế hoạch» để đưa về dự thảo; sửa xong phải trình duyệt lại."
    if reception.state == Phase.POSTPONED:
        return "Buổi tiếp đã hoãn. Lập lại kế hoạch với ngày mới trước khi sửa."
    return f"Buổi tiếp {reception.code} đang ở trạng thái «{reception.get_state_display()}» nên không sửa kế hoạch nữa."


def right_to_approve(person: Person, reception: Reception, on: date) -> Authority:
    """The authority under which the person decides on the plan on that day.

    Raises:
        Forbidden: there is none, or it would be a decision on one's own plan, also in another's place.
    """
    right = authority(person, reception.agency, on)
    if right is None:
        raise Forbidden(
            "Chỉ lãnh đạo có thẩm quyền, hoặc người được ủy quyền phê duyệt, được duyệt kế hoạch.", code="forbidden"
        )
    own = submitter(reception)
    if own is not None and right.on_behalf_of == own:
        right = authority(person, reception.agency, on, not_for=own)
    if right is None or right.person == own:
        raise Forbidden("Bạn là người trình kế hoạch này nên không thể tự phê duyệt.", code="own")
    return right


def submitter(reception: Reception) -> Person | None:
    """Who put the plan forward the last time."""
    last = reception.decisions.filter(step="submit").select_related("by").first()
    return last.by if last else None


def _day(now: datetime) -> date:
    return localtime(now).date()
