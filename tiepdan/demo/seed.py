"""Fills an empty database with tỉnh Minh Châu, and makes sure that there is a reception of today ready to be opened."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.accounts.models_factor import FactorRule
from tiepdan.cases.models import Case
from tiepdan.demo.cases import tell_cases
from tiepdan.demo.letters import make_no_pdf
from tiepdan.demo.plans import hear_today, tell_plans
from tiepdan.demo.province import FITTINGS, HALLS, OFFICES, PEOPLE, RECORDERS, TITLE, email_of
from tiepdan.points.actions import Found, check_equipment, record_capacity
from tiepdan.points.models import Point
from tiepdan.points.rules import PART_LABELS, Condition, Part
from tiepdan.receptions.actions import issue_credential
from tiepdan.receptions.actions.plan import next_code
from tiepdan.receptions.models import Reception, ReceptionPoint, Seat
from tiepdan.receptions.rules import RUNNING, Phase, SeatRole
from tiepdan.recordings.actions import register_recorder

SINCE = date(2025, 7, 1)
PASSWORDS_ALONE = (
    "Tỉnh thử nghiệm: ai cũng đăng nhập bằng mật khẩu trong bảng in ra; muốn thử thì tự bật ở «Xác thực hai lớp»."
)
LENGTH = timedelta(hours=3)


@transaction.atomic
def seed_province(password: str) -> None:
    """Offices, people and halls; those that exist are left as they are. New people get `password`."""
    for office in OFFICES:
        Agency.objects.get_or_create(
            code=office.code,
            defaults={
                "name": office.name,
                "short_name": office.short_name,
                "kind": office.kind,
                "phone": office.phone,
                "parent": Agency.objects.filter(code=office.parent).first(),
                "valid_from": SINCE,
            },
        )
    for desk in PEOPLE:
        person = Person.objects.filter(username=desk.username).first() or Person.objects.create_user(
            desk.username, password, full_name=desk.full_name, phone=desk.phone, email=email_of(desk)
        )
        agency = Agency.objects.get(code=desk.office)
        Post.objects.get_or_create(
            person=person, agency=agency, role=desk.role, valid_from=SINCE, defaults={"title": desk.title}
        )
    names = ("level", "room", "seats", "screens", "cameras", "line", "backup_line", "has_ups")
    if not FactorRule.objects.exists():
        since = timezone.make_aware(datetime.combine(SINCE, time()))
        FactorRule.objects.create(roles=[], valid_from=SINCE, reason=PASSWORDS_ALONE, entered_at=since)
    for hall in HALLS:
        Point.objects.get_or_create(
            slug=hall.slug,
            defaults={
                "agency": Agency.objects.get(code=hall.office),
                "name": hall.name,
                "address": hall.address,
                "contact_name": hall.contact_name,
                "phone": hall.phone,
                **dict(zip(names, FITTINGS[hall.slug], strict=True)),
            },
        )


def reset_passwords(password: str) -> None:
    """Give everybody of the seeded province `password`: the slip with the old one is lost."""
    for desk in PEOPLE:
        person = Person.objects.get(username=desk.username)
        person.set_password(password)
        person.save(update_fields=["password"])


def seed_recorders() -> dict[str, str]:
    """New tokens of the two recorders, by name."""
    return {name: register_recorder(name, title)[1] for name, title in RECORDERS}


def todays_reception(now: datetime) -> tuple[Reception, bool]:
    """A reception of today that has not ended yet, and whether it had to be made."""
    today = timezone.localdate(now)
    running = [
        row
        for row in Reception.objects.filter(state__in=RUNNING, title=TITLE).order_by("-starts_at")
        if timezone.localdate(row.starts_at) == today
    ]
    return (running[0], False) if running else (_plan_reception(now), True)


@transaction.atomic
def _plan_reception(now: datetime) -> Reception:
    people = {person.username: person for person in Person.objects.all()}
    agency = Agency.objects.get(code="minh-chau")
    year = timezone.localdate(now).year
    start = now.replace(minute=0, second=0, microsecond=0)
    reception = Reception.objects.create(
        agency=agency,
        code=next_code(year),
        title=TITLE,
        starts_at=start,
        ends_at=start + LENGTH,
        chair=people["chu-tri"],
        secretary=people["thu-ky"],
        technician=people["ky-thuat"],
        place="Trụ sở Tiếp công dân tỉnh, 1 Lê Lợi, phường Minh Châu",
        help_phone=people["ky-thuat"].phone,
        state=Phase.READY,
    )
    offices = {office.code: office for office in Agency.objects.all()}
    known = {person.full_name: person for person in people.values()}
    for order, hall in enumerate(HALLS):
        place = ReceptionPoint.objects.create(
            reception=reception,
            point=Point.objects.get(slug=hall.slug),
            is_central=hall.is_central,
            order=order,
            operator=hall.contact_name,
            phone=hall.phone,
        )
        Seat.objects.bulk_create(
            Seat(
                hall=place,
                full_name=guest.full_name,
                title=guest.title,
                role=guest.role,
                agency=None if guest.role == SeatRole.CITIZEN else offices[guest.office or hall.office],
                person=known.get(guest.full_name),
                order=at,
            )
            for at, guest in enumerate(hall.seats)
        )
    return reception


@transaction.atomic
def seed_office(now: datetime, today: Reception) -> None:
    """Cases and receptions in every state; a province that has cases already keeps its own."""
    if Case.objects.exists():
        return
    people = {person.username: person for person in Person.objects.all()}
    cases = tell_cases(now, people)
    hear_today(today, cases, people["can-bo"], now)
    _look_at_halls(people["ky-thuat"], now - timedelta(days=10))
    tell_plans(now, people, cases)
    make_no_pdf()


def _look_at_halls(technician: Person, at: datetime) -> None:
    """Every hall was looked at once; one of them has a weak battery."""
    on = timezone.localdate(at)
    for hall in HALLS:
        found = [Found(part, Condition.GOOD) for part in PART_LABELS]
        if hall.slug == "xa-van-son":
            found[-1] = Found(Part.POWER, Condition.CARE, "Pin lưu điện chỉ đủ 10 phút")
        check_equipment(Point.objects.get(slug=hall.slug), found, on=on, by=technician, at=at)
    province = Agency.objects.get(code="minh-chau")
    record_capacity(
        province, 12, "Kết nối thử 12 điểm cầu trong 60 phút, không mất hình, tiếng", on=on, by=technician, at=at
    )


def issue_all(reception: Reception, now: datetime) -> list[dict[str, Any]]:
    """New credentials for all the halls, with the passwords in clear for the demo's table."""
    standins = {hall.slug for hall in HALLS if hall.is_standin}
    slips = []
    for place in reception.halls.select_related("point", "reception__agency"):
        credential, password = issue_credential(place, by=reception.technician, now=now)
        slips.append(
            {
                "name": place.point.name,
                "username": credential.username,
                "password": password,
                "standin": place.point.slug in standins,
            }
        )
    return slips
