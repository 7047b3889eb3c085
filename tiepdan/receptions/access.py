"""The only way a view gets a reception, or learns for which hall a browser speaks."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Forbidden, Refused
from tiepdan.receptions.models import Credential, Reception
from tiepdan.receptions.queries import receptions_of
from tiepdan.receptions.rules import CredentialFacts, credential_problem

CREDENTIAL_KEY = "credential"
DEVICE_KEY = "device"


def home_address(request: HttpRequest) -> str | None:
    """Where «/» leads: a hall to its device check, staff to their receptions."""
    if CREDENTIAL_KEY in request.session:
        return reverse("readiness:prepare")
    return reverse("receptions:index") if person_of(request) else None


def is_signed_in(request: HttpRequest) -> bool:
    """Whether this browser belongs to anybody, a person or a hall."""
    return person_of(request) is not None or CREDENTIAL_KEY in request.session


def person_of(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def reception_for(request: HttpRequest, code: str, now: datetime) -> Reception:
    """The reception named in the address, for staff who may see it or for a hall that takes part in it.

    Raises:
        Forbidden: nobody is signed in in this browser (code `signed_out`).
        Http404: nobody is told whether a reception exists that is not theirs; the attempt goes into the audit log.
        Refused: the hall's credential does not work any more.
    """
    reception = Reception.objects.select_related("agency", "chair", "secretary", "technician").filter(code=code).first()
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
    credential = Credential.objects.select_related("hall__point", "hall__reception__agency").filter(pk=pk).first()
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
