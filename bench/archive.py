"""A province after ten years of work: 100,000 cases, 20,000 receptions, a million rows of the log.

Everything is invented and follows from the number of the row, so that two runs hold the same data.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.accounts.rules import Kind as AgencyKind
from tiepdan.accounts.rules import Role
from tiepdan.audit.actions import content
from tiepdan.audit.models import Entry, Head
from tiepdan.audit.rules import GENESIS, chain_key, digest
from tiepdan.cases.models import Case, Petitioner
from tiepdan.cases.rules import Kind, State
from tiepdan.kernel.text import fold
from tiepdan.points.models import Point
from tiepdan.receptions.models import Matter, Reception, ReceptionPoint, Seat, Version
from tiepdan.receptions.publication import snapshot
from tiepdan.receptions.rules import Phase

CASES, RECEPTIONS, ENTRIES = 100_000, 20_000, 1_000_000
COMMUNES = 120
CHUNK = 2_000
LAST = date(2026, 11, 20)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Ngọc", "Quang", "Thanh", "Hữu")
GIVEN = ("Hòa", "Thịnh", "Lượng", "Hợi", "Én", "Ẩn", "Ưng", "Ước", "Dậu", "Khôi", "Nhàn", "Đài", "Kim", "Phước")
THINGS = ("bồi thường đất", "cấp giấy chứng nhận", "chế độ người có công", "ranh giới thửa đất", "môi trường làng nghề")
STATES = (State.RECEIVED, State.SCREENING, State.APPROVED, State.PLANNED, State.HEARD, State.CLOSED, State.CLOSED)


def fill(cases: int = CASES, receptions: int = RECEPTIONS, entries: int = ENTRIES) -> None:
    """On top of the seeded province; needs an empty rest."""
    agency = Agency.objects.get(code="minh-chau")
    people = {person.username: person for person in Person.objects.all()}
    communes = _communes(agency)
    _cases(agency, communes, people["can-bo"], cases)
    _receptions(agency, people, receptions)
    _entries(agency, people["can-bo"], entries)
    with connection.cursor() as cursor:
        # As autovacuum has done to whatever is ten years old.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def name(number: int) -> str:
    return f"{FAMILY[number % 12]} {MIDDLE[number // 12 % 8]} {GIVEN[number // 96 % 14]}"


def _communes(parent: Agency) -> list[Agency]:
    made = Agency.objects.bulk_create(
        Agency(
            code=f"xa-{number:03d}",
            name=f"Ủy ban nhân dân xã {GIVEN[number % 14]} {number}",
            short_name=f"UBND xã {GIVEN[number % 14]} {number}",
            kind=AgencyKind.COMMUNE,
            parent=parent,
            valid_from=date(2016, 1, 1),
        )
        for number in range(COMMUNES)
    )
    for number, agency in enumerate(made):
        person = Person.objects.create_user(f"can-bo-{number:03d}", None, full_name=name(number))
        Post.objects.create(person=person, agency=agency, role=Role.CLERK, valid_from=date(2016, 1, 1))
        Point.objects.create(agency=agency, name=f"Xã {number}", slug=f"diem-{number:03d}")
    return made


def chunks(count: int) -> Iterator[range]:
    for start in range(0, count, CHUNK):
        yield range(start, min(start + CHUNK, count))


def _cases(agency: Agency, communes: list[Agency], clerk: Person, count: int) -> None:
    chance = random.Random(154)
    for numbers in chunks(count):
        rows, people = [], []
        for number in numbers:
            day = LAST - timedelta(days=(count - number) * 3650 // count)
            where = communes[number % COMMUNES]
            summary = f"Khiếu nại về {THINGS[number % 5]} tại {where.short_name}, hồ sơ {number}"
            names = [name(number * 7 + at) for at in range(1 + number % 3)]
            code = f"VV-{day.year}-{number:06d}"
            rows.append(
                Case(
                    agency=agency if number % 5 < 3 else where,
                    code=code,
                    kind=tuple(Kind)[number % 4],
                    field="Đất đai" if number % 5 < 2 else "Chính sách",
                    summary=summary,
                    content=summary,
                    received_on=day,
                    place=where,
                    people_count=len(names) if number % 50 else 12,
                    lookup_code=f"L{number:09d}",
                    state=STATES[number % 7] if number < count - 2000 else chance.choice(STATES[:4]),
                    state_since=datetime(day.year, day.month, day.day, 3, tzinfo=UTC),
                    answered_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC) if number < count - 300 else None,
                    next_due=day + timedelta(days=14) if number >= count - 300 else None,
                    search=fold(" ".join([code, summary, *names])),
                    created_at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC),
                    created_by=clerk,
                    edited_at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC),
                    edited_by=clerk,
                )
            )
            people.append(names)
        with transaction.atomic():
            Case.objects.bulk_create(rows)
            Petitioner.objects.bulk_create(
                Petitioner(
                    case=row,
                    full_name=who,
                    address=f"Thôn {at + 1}, {row.place}",
                    paper_number=f"{36_000_000_000 + row.pk * 10 + at:012d}",
                    is_main=at == 0,
                    order=at,
                    search=fold(who),
                )
                for row, names in zip(rows, people, strict=True)
                for at, who in enumerate(names)
            )


def _receptions(agency: Agency, people: dict[str, Person], count: int) -> None:
    points = list(Point.objects.order_by("pk"))
    planned = list(Case.objects.filter(agency=agency).order_by("pk").values_list("pk", flat=True)[:count])
    for numbers in chunks(count):
        rows = []
        for number in numbers:
            day = LAST - timedelta(days=(count - number) * 3650 // count - 60)
            start = datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC) + timedelta(hours=number % 6)
            code, title = f"BT-{day.year}-{number:05d}", f"Tiếp công dân định kỳ, kỳ {number}"
            rows.append(
                Reception(
                    agency=agency,
                    code=code,
                    title=title,
                    search=fold(f"{code} {title} {people['chu-tri'].full_name}"),
                    starts_at=start,
                    ends_at=start + timedelta(hours=2),
                    chair=people["chu-tri"],
                    secretary=people["thu-ky"],
                    technician=people["ky-thuat"],
                    state=Phase.SEALED if day < LAST else (Phase.PUBLISHED if number % 2 else Phase.DRAFT),
                    published_at=start - timedelta(days=9),
                    closed_at=start + timedelta(hours=2) if day < LAST else None,
                    sealed_at=start + timedelta(hours=2) if day < LAST else None,
                )
            )
        with transaction.atomic():
            Reception.objects.bulk_create(rows)
            halls = ReceptionPoint.objects.bulk_create(
                ReceptionPoint(
                    reception=row, point=points[(row.pk + at * 7) % len(points)], is_central=at == 0, order=at
                )
                for row in rows
                for at in range(3)
            )
            Seat.objects.bulk_create(
                Seat(hall=hall, full_name=name(hall.pk + at), order=at) for hall in halls for at in range(2)
            )
            Matter.objects.bulk_create(
                Matter(
                    reception=row,
                    case_id=planned[number % len(planned)],
                    public_title=f"Khiếu nại về {THINGS[number % 5]}",
                )
                for number, row in zip(numbers, rows, strict=True)
            )
    _publish(people["can-bo"])


def _publish(clerk: Person) -> None:
    """One version for each that has been published. What is over is told like the first of them: nobody compares it."""
    rows = Reception.objects.exclude(state=Phase.DRAFT).filter(versions__isnull=True)
    rows = rows.select_related("agency", "chair").order_by("pk")
    public, plan = snapshot(rows[0])
    for numbers in chunks(rows.count()):
        made = []
        for row in rows[: len(numbers)]:
            told = snapshot(row) if row.state == Phase.PUBLISHED else (public | _when(row), plan)
            made.append(
                Version(
                    reception=row,
                    number=1,
                    published_at=row.starts_at - timedelta(days=9),
                    published_by=clerk,
                    public=told[0],
                    plan=told[1],
                )
            )
        Version.objects.bulk_create(made)


def _when(row: Reception) -> dict[str, str]:
    times = {"starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat()}
    return {"code": row.code, "title": row.title, **times}


def _entries(agency: Agency, clerk: Person, count: int) -> None:
    """One chain of the province, hashed as the program hashes it."""
    head = Head.objects.filter(chain=chain_key(agency.pk)).first() or Head(chain=chain_key(agency.pk), hash=GENESIS)
    codes = list(Case.objects.order_by("pk").values_list("pk", "code")[:CHUNK])
    around = itertools.cycle(codes)
    start = datetime(2017, 1, 1, tzinfo=UTC)
    for numbers in chunks(count):
        rows = []
        for number in numbers:
            pk, code = next(around)
            row = Entry(
                agency=agency,
                seq=head.seq + 1,
                at=start + timedelta(minutes=number * 5),
                event="case.edited",
                by=clerk,
                by_label=str(clerk),
                about_kind="cases.case",
                about_id=str(pk),
                about_label=code,
                facts={"code": code, "number": number},
                search=fold(f"case.edited {clerk} {code}"),
                prev=head.hash,
            )
            row.hash = digest(content(row))
            head.seq, head.hash = row.seq, row.hash
            rows.append(row)
        with transaction.atomic():
            Entry.objects.bulk_create(rows)
            head.save()
