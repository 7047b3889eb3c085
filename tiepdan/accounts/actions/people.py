"""Accounts of people: inviting, correcting, locking, new passwords, the yearly look at their rights."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from tiepdan.accounts.actions.door import door_keys, require_password, staff_key
from tiepdan.accounts.actions.posts import add_post, require_admins_remain
from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.accounts.queries import home_agency
from tiepdan.accounts.rules import PASSWORD_LETTERS, Role, username_from
from tiepdan.accounts.throttle import locked_until, throttle_clear
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.text import fold

FACTS = {"full_name": "họ và tên", "phone": "điện thoại", "email": "thư điện tử"}


def first_password() -> str:
    """Three groups of four letters, to be read from a slip: 59 bits."""
    return "-".join("".join(secrets.choice(PASSWORD_LETTERS) for _ in range(4)) for _ in range(3))


@transaction.atomic
def add_person(
    *,
    username: str,
    full_name: str,
    agency: Agency,
    role: Role,
    title: str = "",
    phone: str = "",
    email: str = "",
    valid_from: date,
    valid_to: date | None = None,
    with_password: bool = True,
    by: Person,
    at: datetime,
) -> tuple[Person, str]:
    """A person with a first post; and the password, which is nowhere else («» without: one is given out later).

    Raises:
        Invalid: the name for signing in is taken.
        Refused: the agency has ended.
    """
    if Person.objects.filter(username=username).exists():
        raise Invalid(f"Tên đăng nhập «{username}» đã có người dùng. Hãy chọn tên khác.", code="username_taken")
    password = first_password() if with_password else ""
    person = Person.objects.create_user(
        username, password or None, full_name=full_name, phone=phone, email=email, must_change_password=True
    )
    audit.record("person.added", agency=agency, at=at, by=by, about=person)
    add_post(person, agency=agency, role=role, title=title, valid_from=valid_from, valid_to=valid_to, by=by, at=at)
    return person, password


@transaction.atomic
def edit_person(person: Person, *, full_name: str, phone: str, email: str, by: Person, at: datetime) -> None:
    new = {"full_name": full_name, "phone": phone, "email": email}
    changed = [name for name, value in new.items() if getattr(person, name) != value]
    if changed:
        for name in changed:
            setattr(person, name, new[name])
        person.save(update_fields=changed)
        _record("person.edited", person, by, at, changed=[FACTS[name] for name in changed])


@transaction.atomic
def lock_person(person: Person, *, reason: str, by: Person, at: datetime) -> None:
    """«Khóa»: no more signing in, open sessions end; posts stay for the papers that name them."""
    if person.pk == by.pk:
        raise Refused("Bạn không thể tự khóa tài khoản của mình. Hãy nhờ quản trị viên khác.", code="oneself")
    if not person.is_active:
        raise Refused("Tài khoản này đã khóa từ trước.", code="stale")
    require_admins_remain(Post.objects.filter(person=person), localdate(at))
    person.is_active = False
    person.save(update_fields=["is_active"])
    _record("person.locked", person, by, at, reason=reason)


@transaction.atomic
def unlock_person(person: Person, *, by: Person, at: datetime) -> None:
    if person.is_active:
        raise Refused("Tài khoản này đang dùng được, không cần mở.", code="stale")
    person.is_active = True
    person.save(update_fields=["is_active"])
    throttle_clear(staff_key(person.username))
    _record("person.unlocked", person, by, at)


@transaction.atomic
def end_lockout(person: Person, *, by: Person, at: datetime) -> None:
    """The fifteen minutes after five wrong passwords or codes end now: the person stands at the desk and has to get
    in."""
    keys = [key for key in door_keys(person.username) if locked_until(key, at) is not None]
    if not keys:
        raise Refused("Tài khoản này không còn bị tạm khóa.", code="stale")
    for key in keys:
        throttle_clear(key)
    _record("person.lockout_ended", person, by, at)


@transaction.atomic
def reset_password(person: Person, *, by: Person, at: datetime) -> str:
    """A new first password; every open session of the person ends with the old one."""
    password = first_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    throttle_clear(staff_key(person.username))
    _record("person.password_reset", person, by, at)
    return password


def change_password(person: Person, *, old: str, new: str, at: datetime) -> None:
    """One's own password. The session's hash is the view's business.

    Raises:
        Refused: the old one is wrong (code "wrong"), or was wrong too often (code "locked").
        Invalid: the new one is too weak, or is the old one.
    """
    require_password(person, old, at)
    if old == new:
        raise Invalid("Mật khẩu mới phải khác mật khẩu hiện nay.", code="same")
    require_strong(new, person)
    with transaction.atomic():
        person.set_password(new)
        person.must_change_password = False
        person.save(update_fields=["password", "must_change_password"])
        throttle_clear(staff_key(person.username))
        _record("person.password_changed", person, person, at)


WEAK = {
    "password_too_short": "Mật khẩu phải có ít nhất 10 ký tự.",
    "password_too_similar": "Mật khẩu quá giống tên hoặc tên đăng nhập của bạn.",
    "password_too_common": "Mật khẩu này quá phổ biến, dễ bị đoán.",
}


def require_strong(password: str, person: Person) -> None:
    try:
        password_validation.validate_password(password, person)
    except ValidationError as weak:
        sentences = [WEAK.get(error.code or "", "Mật khẩu chưa đủ mạnh.") for error in weak.error_list]
        raise Invalid(" ".join(dict.fromkeys(sentences)), code="weak") from weak


@transaction.atomic
def review(people: Iterable[Person], *, by: Person, at: datetime) -> int:
    """«Rà soát quyền năm»: somebody looked at these people's posts today and leaves them as they are. The log keeps
    who confirmed which posts."""
    today = localdate(at)
    done = 0
    for person in people:
        if person.pk == by.pk:
            raise Refused("Bạn không tự rà soát quyền của mình. Hãy nhờ quản trị viên khác.", code="oneself")
        person.reviewed_on = today
        person.save(update_fields=["reviewed_on"])
        posts = person.posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today)).select_related("agency")
        confirmed = [f"{post.role_kind.label}, {post.agency.short_name}" for post in posts]
        _record("person.reviewed", person, by, at, year=today.year, confirmed=confirmed)
        done += 1
    return done


def free_username(full_name: str) -> str:
    """A name for signing in that nobody has: «nguyen-thi-minh», «nguyen-thi-minh-2»."""
    stem = username_from(fold(full_name)) or "nguoi-dung"
    taken = set(Person.objects.filter(username__startswith=stem).values_list("username", flat=True))
    names = (stem, *(f"{stem[:56]}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _record(event: str, person: Person, by: Person, at: datetime, **facts: Any) -> None:
    audit.record(event, agency=home_agency(person, localdate(at)), at=at, by=by, about=person, **facts)
