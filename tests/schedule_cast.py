"""A plan that may be published: a case with people, three halls, seats, a script; on top of `cast` and `case_cast`.

Today is Monday 07/12/2026, 09:00; the reception is on Thursday 17/12/2026, 08:30–11:00. Builders are idempotent.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests import case_cast, cast
from tiepdan.accounts.models import Agency, Post
from tiepdan.accounts.rules import Role
from tiepdan.cases.models import Case
from tiepdan.cases.rules import State as CaseState
from tiepdan.points.models import Point
from tiepdan.receptions.agenda_patterns import eight_stages
from tiepdan.receptions.models import AgendaItem, Matter, Reception, ReceptionPoint, Seat
from tiepdan.receptions.rules import Kind, SeatRole

NOW = case_cast.NOW
START = datetime(2026, 12, 17, 1, 30, tzinfo=UTC)  # 08:30
END = START + timedelta(minutes=150)
CODE = "BT-2026-012"
TITLE = "Khiếu nại về bồi thường đất, xã Thanh Lộc"
PHONE = "0299 3810 155"
PEOPLE = ["Mai Văn Thịnh", "Mai Thị Hợi"]
ADDRESS = "Số 7, thôn Đông Hạ, xã Thanh Lộc, tỉnh Minh Châu"
PAPER = "036085001234"
MOBILE = "0912 345 678"
EXPECTED = date(2026, 12, 24)


def case(code: str = case_cast.CODE, **fields: Any) -> Case:
    found = case_cast.case(
        code, state=CaseState.PLANNED, people=PEOPLE, advising_agency=case_cast.department(), **fields
    )
    found.petitioners.update(address=ADDRESS, phone=MOBILE)
    found.petitioners.filter(is_main=False).update(is_representative=False)
    return found


def point(slug: str, name: str, agency: Agency, address: str) -> Point:
    facts = {"agency": agency, "name": name, "address": address, "phone": PHONE, "contact_name": "Cao Thị Nhàn"}
    return Point.objects.get_or_create(slug=slug, defaults=facts)[0]


def reception(code: str = CODE, *, state: str = "approved", start: datetime = START, **fields: Any) -> Reception:
    """With its case, halls, seats and the eight stages; nothing in it blocks a publication."""
    found = Reception.objects.filter(code=code).first()
    if found is not None:
        return found
    chair = cast.chair()
    Post.objects.filter(person=chair, role=Role.CHAIR).update(title="Chủ tịch UBND tỉnh")
    facts = {
        "agency": cast.province(),
        "title": TITLE,
        "starts_at": start,
        "ends_at": start + (END - START),
        "chair": chair,
        "secretary": cast.secretary(),
        "technician": cast.technician(),
        "kind": Kind.PERIODIC,
        "help_phone": PHONE,
        "state": state,
        **fields,
    }
    found = Reception.objects.create(code=code, **facts)
    centre = hall(found, "trung-tam", "Trụ sở Tiếp công dân tỉnh", cast.province(), "1 Lê Lợi", is_central=True)
    commune = hall(found, "xa-thanh-loc", "Xã Thanh Lộc", cast.commune(), "Trụ sở UBND xã Thanh Lộc")
    office = hall(found, "so-nnmt", "Sở Nông nghiệp và Môi trường", case_cast.department(), "12 Trần Phú")
    seat(centre, chair.full_name, SeatRole.CHAIR, title="Chủ tịch UBND tỉnh", person=chair)
    seat(centre, "Trịnh Văn Khôi", SeatRole.ADVISOR, title="Phó Giám đốc Sở", agency=case_cast.department())
    seat(centre, cast.secretary().full_name, SeatRole.SECRETARY, person=cast.secretary())
    seat(office, "Đặng Hữu Phước", SeatRole.OFFICER, title="Trưởng phòng", agency=case_cast.department())
    matter = add_matter(found, case(), TITLE)
    matter.chosen = commune
    matter.save()
    matter.halls.set([centre, commune, office])
    seat(commune, PEOPLE[0], SeatRole.CITIZEN, petitioner=matter.case.petitioners.get(is_main=True))
    AgendaItem.objects.bulk_create(eight_stages(found, list(found.matters.select_related("case", "chosen"))))
    return found


def hall(of: Reception, slug: str, name: str, agency: Agency, address: str, **fields: Any) -> ReceptionPoint:
    place = point(slug, name, agency, address)
    order = of.halls.count()
    return ReceptionPoint.objects.get_or_create(reception=of, point=place, defaults={"order": order, **fields})[0]


def seat(of: ReceptionPoint, name: str, role: str, **fields: Any) -> Seat:
    return Seat.objects.get_or_create(hall=of, full_name=name, defaults={"role": role, **fields})[0]


def add_matter(of: Reception, case_: Case, title: str, **fields: Any) -> Matter:
    return Matter.objects.get_or_create(
        reception=of, case=case_, defaults={"public_title": title, "order": of.matters.count(), **fields}
    )[0]


def fresh(of: Reception) -> Reception:
    """As a view gets it: read anew."""
    return Reception.objects.select_related("agency", "chair", "secretary", "technician").get(pk=of.pk)
