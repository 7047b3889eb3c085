"""A hall is registered, and what is known of it is kept right."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import require_valid
from tiepdan.audit import actions as audit
from tiepdan.kernel.dates import clock_text
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.points.access import require_changer, require_manager
from tiepdan.points.models import Point
from tiepdan.points.rules import TAKEN_NAMES


@dataclass(frozen=True)
class HallFacts:
    """What the register keeps of a hall; a number that nobody has told is None."""

    name: str
    room: str = ""
    address: str = ""
    level: str = ""
    seats: int | None = None
    screens: int | None = None
    cameras: int | None = None
    line: str = ""
    backup_line: str = ""
    has_ups: bool | None = None
    contact_name: str = ""
    phone: str = ""


@transaction.atomic
def add_point(*, agency: Agency, slug: str, facts: HallFacts, by: Person, at: datetime) -> Point:
    """A hall of an agency. Without a level it has that of the agency.

    Raises:
        Forbidden: not an agency whose halls the person looks after.
        Refused: the agency has ended.
        Invalid: the name for signing in is taken.
    """
    require_manager(by, agency, localdate(at))
    require_valid(agency, localdate(at))
    if slug in TAKEN_NAMES:
        raise Invalid(f"Hệ thống dùng riêng chữ «{slug}». Hãy chọn tên đăng nhập khác.", code="slug")
    if Point.objects.filter(slug=slug).exists():
        raise Invalid(f"Tên đăng nhập «{slug}» đã có điểm cầu dùng. Hãy chọn tên khác.", code="slug")
    told = {**asdict(facts), "level": facts.level or agency.kind}
    point = Point.objects.create(agency=agency, slug=slug, edited_at=at, edited_by=by, **told)
    audit.record("point.added", agency=agency, at=at, by=by, about=point, code=slug)
    return point


@transaction.atomic
def change_point(point: Point, facts: HallFacts, *, by: Person, at: datetime, seen: str = "") -> list[str]:
    """What was corrected, in words; nothing when all stands as it stood.

    Raises:
        Forbidden: neither who looks after it nor somebody who works there.
        Refused: somebody was faster (`seen` is `marker(point)` of the page that was filled in).
    """
    require_changer(by, point, localdate(at))
    new = {**asdict(facts), "level": facts.level or point.agency.kind}
    changed = [name for name, value in new.items() if getattr(point, name) != value]
    if not changed:
        return []
    _touch(point, seen, by=by, at=at)
    for name in changed:
        setattr(point, name, new[name])
    point.save(update_fields=changed)
    words = [_word(name) for name in changed]
    audit.record("point.changed", agency=point.agency, at=at, by=by, about=point, changed=words)
    return words


def marker(point: Point) -> str:
    return point.edited_at.isoformat() if point.edited_at else "0"


def _touch(point: Point, seen: str, *, by: Person, at: datetime) -> None:
    """Of two people who correct what they saw at the same time, the second is told who was faster."""
    if seen and seen != marker(point):
        raise _faster(point)
    if not Point.objects.filter(pk=point.pk, edited_at=point.edited_at).update(edited_at=at, edited_by=by):
        point.refresh_from_db(fields=["edited_at", "edited_by"])
        raise _faster(point)
    point.edited_at, point.edited_by = at, by


def _faster(point: Point) -> Refused:
    who = point.edited_by.full_name if point.edited_by else "người khác"
    when = clock_text(point.edited_at) if point.edited_at else ""
    return Refused(
        f"Nội dung này vừa được {who} thay đổi lúc {when}. Hãy tải lại trang để xem bản mới. "
        "Những gì bạn vừa nhập vẫn còn ở dưới để đối chiếu.",
        code="faster",
    )


def _word(name: str) -> str:
    label = str(getattr(Point._meta.get_field(name), "verbose_name"))  # noqa: B009 – a field, no relation
    return label[:1].lower() + label[1:]
