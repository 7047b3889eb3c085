"""A reception with its central and three component halls, their slips, and the recorders: on top of `cast`.

Builders are idempotent, like those of `cast`. Every moment is an argument; `NOW` is half past eight of a Thursday.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client

from tests import cast
from tiepdan.accounts.models import Agency
from tiepdan.audit.models import Entry
from tiepdan.points.models import Point
from tiepdan.receptions.access import CREDENTIAL_KEY, DEVICE_KEY
from tiepdan.receptions.models import Credential, Reception, ReceptionPoint
from tiepdan.recordings import actions
from tiepdan.recordings.actions.jobs import token_hash
from tiepdan.recordings.models import Mark, Recorder, Take
from tiepdan.recordings.report import read_report

NOW = datetime(2026, 12, 17, 1, 30, tzinfo=UTC)
CODE = "BT-2026-012"
PHONE = "0299 3810 155"
CENTRE, COMMUNE, WARD, OFFICE = "trung-tam", "xa-thanh-loc", "phuong-hoa-binh", "so-nnmt"
HALLS = {
    CENTRE: "Điểm cầu trung tâm",
    COMMUNE: "Xã Thanh Lộc",
    WARD: "Phường Hòa Bình",
    OFFICE: "Sở Nông nghiệp và Môi trường",
}
PLENTY = 10**13  # bytes of disk


def reception(
    code: str = CODE, *, now: datetime = NOW, state: str = "ready", agency: Agency | None = None, prefix: str = ""
) -> Reception:
    """Planned from an hour before `now` for three hours. `prefix` names halls of its own."""
    facts = {
        "agency": agency or cast.province(),
        "title": "Khiếu nại về bồi thường khi thu hồi đất",
        "starts_at": now - timedelta(hours=1),
        "ends_at": now + timedelta(hours=2),
        "chair": cast.chair(),
        "secretary": cast.secretary(),
        "technician": cast.technician(),
        "help_phone": PHONE,
        "state": state,
        "opened_at": now if state != "ready" else None,
    }
    found, made = Reception.objects.get_or_create(code=code, defaults=facts)
    if made:
        for order, (slug, name) in enumerate(HALLS.items()):
            point = Point.objects.get_or_create(
                slug=f"{prefix}{slug}", defaults={"agency": found.agency, "name": name, "phone": PHONE}
            )[0]
            ReceptionPoint.objects.create(reception=found, point=point, is_central=slug == CENTRE, order=order)
    return found


def foreign_reception(now: datetime = NOW) -> Reception:
    """Of another province, with people of that province only."""
    outsider = cast.outsider()
    found = reception("BT-KHAC-001", now=now, agency=cast.elsewhere(), prefix="khac-")
    Reception.objects.filter(pk=found.pk).update(chair=outsider, secretary=outsider, technician=outsider)
    found.refresh_from_db()
    return found


def hall(of: Reception, slug: str = COMMUNE) -> ReceptionPoint:
    return of.halls.select_related("point", "reception__agency").get(point__slug__endswith=slug)


def credential(of: ReceptionPoint, password: str = "CDFG-HJKM-NPQR", **fields: Any) -> Credential:
    """The hall's working slip, with a password that the test knows."""
    facts = {
        "username": of.point.slug,
        "password": make_password(password),
        "valid_from": of.reception.starts_at - timedelta(days=1),
        "valid_to": of.reception.ends_at + timedelta(hours=12),
        "issued_at": of.reception.starts_at - timedelta(days=1),
        "issued_by": cast.technician(),
        **fields,
    }
    if facts.get("revoked_at"):
        return Credential.objects.create(hall=of, **facts)
    return Credential.objects.get_or_create(hall=of, revoked_at=None, defaults=facts)[0]


def hall_browser(slip: Credential, device: str = "") -> Client:
    """A browser in which the hall has signed in with this slip."""
    client = Client()
    session = client.session
    session[CREDENTIAL_KEY] = slip.pk
    if device:
        session[DEVICE_KEY] = device
    session.save()
    return client


def recorder(number: int = 1) -> Recorder:
    name = f"may-ghi-{number}"
    facts = {"title": f"Máy ghi {number}", "token_hash": token_hash(token(number))}
    return Recorder.objects.get_or_create(name=name, defaults=facts)[0]


def token(number: int = 1) -> str:
    return f"ma-cua-may-ghi-{number}"


def iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def track(of: ReceptionPoint, source: str, now: datetime, seconds: float = 60) -> dict[str, Any]:
    """A track that has been growing on disk for `seconds`, until now."""
    return {
        "hall": of.key,
        "source": source,
        "file": f"{of.point.slug}/{source}/20261217T013000.000Z.webm",
        "bytes": 1000,
        "frames": 25,
        "growing_since": iso(now - timedelta(seconds=seconds)),
        "written_at": iso(now),
        "lost": 0,
        "dropped": 0,
        "width": 1280,
        "height": 720,
    }


def take_body(take_id: str, state: str = "recording", **fields: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"error": "", "bytes": 0, "rate": 0, "files": 0, "tracks": [], "notes": []}
    return {"id": take_id, "state": state, "ledger": {"lines": 0, "head": ""}, **empty, **fields}


def beat_body(*takes: dict[str, Any], boot: str = "lan-chay-1", free: int = PLENTY) -> dict[str, Any]:
    return {
        "recorder": "may-ghi",
        "version": "0.1.0",
        "boot": boot,
        "at": iso(NOW),
        "disk": {"free": free, "total": 2 * PLENTY},
        "takes": list(takes),
    }


def beat(
    who: Recorder, now: datetime, *takes: dict[str, Any], boot: str = "lan-chay-1", free: int = PLENTY
) -> list[Take]:
    """One beat; the takes that stand in the answer."""
    return actions.beat(who, read_report(beat_body(*takes, boot=boot, free=free)), now=now)


def wanted(of: Reception, now: datetime = NOW, takes: int = 2) -> None:
    actions.request_recording(of, room=f"{of.code.lower()}-phong", takes=takes, now=now)


def recording(of: Reception, now: datetime = NOW, seconds: float = 60, numbers: tuple[int, ...] = (1, 2)) -> list[Take]:
    """Recorders that write sound and picture of the central hall, `seconds` long until now."""
    wanted(of, now)
    centre = hall(of, CENTRE)
    both = [track(centre, "camera", now, seconds), track(centre, "microphone", now, seconds)]
    takes = []
    for number in numbers:
        who = recorder(number)
        mine = [take for take in beat(who, now) if take.reception_id == of.pk]
        takes += [take for take in beat(who, now, *(take_body(one.id, tracks=both) for one in mine))]
    return takes


def events(of: Reception | None = None, start: str = "") -> list[str]:
    """Names of the log's rows about a reception, oldest first."""
    rows = Entry.objects.filter(event__startswith=start).order_by("pk")
    if of is not None:
        rows = rows.filter(about_kind="receptions.reception", about_id=str(of.pk))
    return list(rows.values_list("event", flat=True))


def marks(of: Reception) -> list[tuple[str, str]]:
    return list(Mark.objects.filter(reception=of).values_list("kind", "label"))
