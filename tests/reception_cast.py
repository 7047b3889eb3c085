"""A reception with its central and three component halls, their slips, and the recorders: on top of `cast`.

Builders are idempotent, like those of `cast`. Every moment is an argument; `NOW` is half past eight of a Thursday.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client

from tests import case_cast, cast
from tiepdan.accounts.models import Agency
from tiepdan.audit.models import Entry
from tiepdan.points.models import Point, Retirement
from tiepdan.policy.models import Day, DayKind, Year
from tiepdan.receptions.access import CREDENTIAL_KEY, DEVICE_KEY
from tiepdan.receptions.models import Credential, Matter, Reception, ReceptionPoint, Seat
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


# -- plans: everything before the day. Monday 07/12/2026 09:00 is the moment at which the desk works on them.

DESK_NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
PLAN_START = datetime(2026, 12, 17, 1, 30, tzinfo=UTC)  # 08:30 of Thursday 17/12/2026
PLAN_END = datetime(2026, 12, 17, 4, 0, tzinfo=UTC)
CASE_CODE = "VV-2026-0041"
PUBLIC_TITLE = "Khiếu nại về đất đai, xã Thanh Lộc"


def point(slug: str, agency: Agency | None = None, **fields: Any) -> Point:
    facts = {"agency": agency or cast.province(), "name": HALLS.get(slug, slug), "phone": PHONE, **fields}
    return Point.objects.get_or_create(slug=slug, defaults=facts)[0]


def out_of_use(slug: str, since: date = cast.SINCE) -> Point:
    """A hall that is not used any more."""
    found = point(slug)
    facts = {"reason": "Trụ sở đã bàn giao", "made_at": NOW, "made_by": cast.technician()}
    Retirement.objects.get_or_create(point=found, first_day=since, back_on=None, defaults=facts)
    return found


def planned(code: str = CODE, *, halls: bool = True, matter: bool = True, **fields: Any) -> Reception:
    """A draft in which nothing blocks: a case, a central and two component halls, those who must sit there."""
    found = Reception.objects.filter(code=code).first()
    if found is not None:
        return found
    facts = {
        "agency": cast.province(),
        "title": "Khiếu nại về bồi thường đất",
        "kind": "periodic",
        "starts_at": PLAN_START,
        "ends_at": PLAN_END,
        "chair": cast.chair(),
        "secretary": cast.secretary(),
        "technician": cast.technician(),
        "place": "Trụ sở Tiếp công dân tỉnh",
        "help_phone": PHONE,
        "state": "draft",
        "created_at": DESK_NOW,
        "created_by": cast.clerk(),
        "edited_at": DESK_NOW,
        "edited_by": cast.clerk(),
        **fields,
    }
    found = Reception.objects.create(code=code, **facts)
    if halls:
        _plan_halls(found)
    if matter:
        plan_matter(found)
    return found


def _plan_halls(of: Reception) -> None:
    agencies = {CENTRE: cast.province(), COMMUNE: cast.commune(), OFFICE: case_cast.department()}
    for order, (slug, agency) in enumerate(agencies.items()):
        hall = ReceptionPoint.objects.create(
            reception=of, point=point(slug, agency), is_central=slug == CENTRE, order=order
        )
        if slug == CENTRE:
            for role, who in (("chair", of.chair), ("secretary", of.secretary), ("technician", of.technician)):
                Seat.objects.create(hall=hall, full_name=who.full_name, role=role, person=who, agency=of.agency)
            Seat.objects.create(hall=hall, full_name="Phó Giám đốc Sở", role="advisor", agency=case_cast.department())
        else:
            Seat.objects.create(hall=hall, full_name=f"Đại diện {agency.short_name}", role="officer", agency=agency)


def plan_matter(of: Reception, code: str = CASE_CODE, **fields: Any) -> Matter:
    """An approved case in the plan: its citizen has chosen the commune's hall and sits there."""
    facts = {"advising_agency": case_cast.department(), "place": cast.commune(), **fields}
    case = case_cast.case(code, state="planned", **facts)
    matter = Matter.objects.create(reception=of, case=case, public_title=PUBLIC_TITLE, order=of.matters.count())
    matter.halls.set(of.halls.all())
    chosen = of.halls.filter(point__slug=COMMUNE).first()
    if chosen is not None:
        matter.chosen, matter.chosen_at = chosen, DESK_NOW
        matter.save()
        main = case.petitioners.get(is_main=True)
        Seat.objects.create(hall=chosen, full_name=main.full_name, role="citizen", petitioner=main)
    return matter


def fresh(of: Reception) -> Reception:
    """The row as a new request would read it."""
    return Reception.objects.select_related("agency", "chair", "secretary", "technician").get(pk=of.pk)


def day_off(day: date, name: str = "Nghỉ lễ", confirmed: bool = True) -> Day:
    """A row of the working-day table, in a year that the office has confirmed."""
    year = Year.objects.get_or_create(year=day.year, defaults={"confirmed_at": DESK_NOW if confirmed else None})[0]
    facts = {"year": year, "kind": DayKind.OFF, "name": name, "entered_at": DESK_NOW}
    return Day.objects.get_or_create(day=day, defaults=facts)[0]
