"""The people of the whole suite: one province, one of each role, and an outsider of another agency.

Builders are idempotent: `cast.chair()` is the same person however often a test asks.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib.auth.hashers import make_password
from django.test import Client

from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.accounts.models_factor import FactorRule
from tiepdan.accounts.rules import Kind, Role

PASSWORD = "mat-khau-cua-bo-kiem-thu"
SINCE = date(2020, 1, 1)


def province() -> Agency:
    return agency("minh-chau", "UBND tỉnh Minh Châu", Kind.PROVINCE)


def commune() -> Agency:
    return agency("thanh-loc", "UBND xã Thanh Lộc", Kind.COMMUNE, parent=province())


def elsewhere() -> Agency:
    """Another province: nothing of ours is its business."""
    return agency("tinh-khac", "UBND tỉnh Khác", Kind.PROVINCE)


def clerk() -> Person:
    return person("can-bo", "Phạm Thị Hoa", Role.CLERK)


def approver() -> Person:
    return person("lanh-dao", "Trần Văn Bình", Role.APPROVER)


def chair() -> Person:
    return person("chu-tri", "Nguyễn Đức Ân", Role.CHAIR)


def secretary() -> Person:
    return person("thu-ky", "Lê Thị Mai", Role.SECRETARY)


def technician() -> Person:
    return person("ky-thuat", "Đỗ Minh Quân", Role.TECHNICIAN)


def inspector() -> Person:
    return person("thanh-tra", "Vũ Hải Yến", Role.INSPECTOR)


def admin() -> Person:
    return person("quan-tri", "Hoàng Gia Khánh", Role.ADMIN)


def outsider(role: Role = Role.CHAIR) -> Person:
    """Holds the same kind of post, in another province."""
    return person(f"nguoi-ngoai-{role.value}", "Người Tỉnh Khác", role, elsewhere())


def everybody() -> dict[str, Person]:
    people = [clerk(), approver(), chair(), secretary(), technician(), inspector(), admin(), outsider()]
    return {one.username: one for one in people}


def agency(code: str, name: str, kind: Kind = Kind.OTHER, parent: Agency | None = None) -> Agency:
    facts = {"name": name, "short_name": name, "kind": kind.value, "parent": parent, "valid_from": SINCE}
    return Agency.objects.get_or_create(code=code, defaults=facts)[0]


def passwords_alone() -> None:
    """The rule of this office: nobody needs a second factor, so tests sign in as they like."""
    facts = {"reason": "Bộ kiểm thử", "entered_at": datetime(2020, 1, 1, tzinfo=UTC)}
    FactorRule.objects.get_or_create(valid_from=SINCE, defaults=facts)


def person(username: str, full_name: str, role: Role, at: Agency | None = None) -> Person:
    passwords_alone()
    facts = {"full_name": full_name, "password": make_password(PASSWORD)}
    found = Person.objects.get_or_create(username=username, defaults=facts)[0]
    post(found, role, at)
    return found


def post(who: Person, role: Role, at: Agency | None = None, until: date | None = None) -> Post:
    return Post.objects.get_or_create(
        person=who, agency=at or province(), role=role.value, valid_from=SINCE, defaults={"valid_to": until}
    )[0]


def browser(who: Person | None = None) -> Client:
    """A browser in which the person has signed in (nobody: a stranger's)."""
    client = Client()
    if who is not None:
        client.force_login(who)
    return client
